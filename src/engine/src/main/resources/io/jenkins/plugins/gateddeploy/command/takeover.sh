# Takes the lock from the holder with token OLD by renaming the file that is the lock: of two that try, one finds it
# gone. Without DEAD only when the lease is over by this machine's clock and no supervised process of it lives.
if [ -e "$S/lock/$OLD" ]; then
  if [ "$DEAD" != yes ]; then
    age=$(($(date +%s) - $(stat -c %Y "$S/lock/$OLD")))
    [ "$age" -ge "$LEASE" ] || fail "the lease has $((LEASE - age)) s left" 75
    for d in "$S/run/$OLD".*; do
      if alive "$d"; then fail 'a task of it is still running' 75; fi
    done
  fi
  mv -T "$S/lock/$OLD" "$S/lock/$T" 2>/dev/null || fail 'somebody else was faster' 75
  # Until the holder's name is in it the lock looks as old, or as dead, as it was: a third one may have taken it from us
  # by now, and then this file would be a second lock.
  printf '%s\n' "$HOLDER" >"$S/lock.$T" && [ -e "$S/lock/$T" ] && mv -T "$S/lock.$T" "$S/lock/$T"
  for f in "$S"/lock/*; do
    if [ "$f" != "$S/lock/$T" ]; then
      rm -f "$S/lock/$T" "$S/lock.$T"
      fail 'somebody else was faster' 75
    fi
  done
  # Where it fails for want of room, the switch says so.
  mv -T "$S/way.$OLD" "$S/way.$T" 2>/dev/null || mkdir "$S/way.$T" 2>/dev/null || :
  echo 'lock ours'
fi
