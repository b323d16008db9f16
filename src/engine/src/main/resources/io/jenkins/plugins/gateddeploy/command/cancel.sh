# Nothing goes on under TOKENS; the process groups of all tasks that still run are ended: asked first, made to after five
# seconds. Who comes to start one meanwhile finds the way gone, or a word to end it here.
signal() {
  g=
  [ ! -e "$1/group" ] || read -r g <"$1/group" || return 0
  [ -z "$g" ] || kill "-$2" "-$g" 2>/dev/null
}
for t in $TOKENS; do
  bar "$t" || fail "cannot remove $S/way.$t" 73
  for d in "$S/run/$t".*; do
    [ -e "$d" ] || continue
    : >"$d/cancel"
    alive "$d" || continue
    signal "$d" TERM
    n=0
    while alive "$d"; do
      n=$((n + 1))
      if [ "$n" = 100 ]; then
        signal "$d" KILL
      fi
      [ "$n" -lt 200 ] || fail "a task in $d does not end" 76
      sleep 0.05
    done
  done
done
