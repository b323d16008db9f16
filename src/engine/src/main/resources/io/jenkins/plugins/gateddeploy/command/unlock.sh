# Gives the lock back and nothing else. TOKENS: ours, or the one that a person named.
for t in $TOKENS; do
  rm -f "$S/lock/$t"
done
