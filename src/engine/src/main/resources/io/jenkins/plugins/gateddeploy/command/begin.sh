# From here on the journal says that this deployment is at work on release R, and what was current before it.
guard
note begin "$R" "${PREVIOUS:--}" "$KIND"
