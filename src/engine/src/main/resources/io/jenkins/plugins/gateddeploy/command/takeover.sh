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
  printf '%s\n' "$HOLDER" >"$S/lock.$T" && mv -T "$S/lock.$T" "$S/lock/$T"
  echo 'lock ours'
fi
