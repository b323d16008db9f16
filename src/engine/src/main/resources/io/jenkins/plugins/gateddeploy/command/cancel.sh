# Ends the process groups of all tasks that still run under TOKENS: asked first, made to after five seconds.
for t in $TOKENS; do
  for d in "$S/run/$t".*; do
    [ -e "$d" ] || continue
    : >"$d/cancel"
    alive "$d" || continue
    g=$(cat "$d/group" 2>/dev/null) && kill -TERM "-$g" 2>/dev/null
    n=0
    while alive "$d"; do
      n=$((n + 1))
      if [ "$n" = 100 ]; then
        g=$(cat "$d/group" 2>/dev/null) && kill -KILL "-$g" 2>/dev/null
      fi
      [ "$n" -lt 200 ] || fail "a task in $d does not end" 76
      sleep 0.05
    done
  done
done
