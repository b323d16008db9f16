# Ends the process groups of all tasks that still run under TOKENS: asked first, made to after five seconds.
signal() {
  g=
  [ ! -e "$1/group" ] || read -r g <"$1/group" || return 0
  [ -z "$g" ] || kill "-$2" "-$g" 2>/dev/null
}
for t in $TOKENS; do
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
