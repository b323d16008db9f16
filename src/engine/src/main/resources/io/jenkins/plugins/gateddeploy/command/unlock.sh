# Gives the lock back and nothing else. TOKENS: ours, or the one that a person named.
for t in $TOKENS; do
  rm -rf "$S/way.$t" "$S/lock/$t"
done
