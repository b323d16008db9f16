# Makes what was current before this deployment current again, if it is R that is current now.
guard
now=
[ ! -L "$B/current" ] || now=$(readlink "$B/current")
if [ "$now" = "releases/$R" ]; then
  note return "$R" "$TO"
  if [ -n "$TO" ]; then
    ln -sfn "$TO" "$S/current.$T" && mv -T "$S/current.$T" "$B/current" || fail "cannot switch $B/current back" 73
  else
    rm "$B/current" || fail "cannot remove $B/current" 73
  fi
  # The shared files that the caller has named are as they were before; nothing is named otherwise.
  for f; do restore "$f"; done
  echo returned
fi
