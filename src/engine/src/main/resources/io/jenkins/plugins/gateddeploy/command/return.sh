# Makes what was current before this deployment current again, if it is R that is current now.
guard
now=
[ ! -L "$B/current" ] || now=$(readlink "$B/current")
if [ "$now" = "releases/$R" ]; then
  note return "$R" "$TO"
  # The shared files that the caller has named are as they were before; nothing is named otherwise. They go first, since
  # this does nothing any more once the link is back: a command that was cut off in between does all of it when it is
  # sent again. What cannot be set back keeps no release from going back.
  for f; do (restore "$f") || printf 'unrestored %s\n' "$f"; done
  if [ -n "$TO" ]; then
    ln -sfn "$TO" "$S/current.$T" && mv -T "$S/current.$T" "$B/current" || fail "cannot switch $B/current back" 73
  else
    rm "$B/current" || fail "cannot remove $B/current" 73
  fi
  echo returned
fi
