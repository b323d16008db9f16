# Gives the lock back and nothing else. TOKENS: ours, or the one that a person named.
for t in $TOKENS; do
  bar "$t" || fail "cannot remove $S/way.$t" 73
  rm -rf "$S/lock/$t"
done
