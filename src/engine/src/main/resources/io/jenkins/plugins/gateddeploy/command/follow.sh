# Prints a run's output from byte FROM on, until it has ended and all is printed; looks often at first, then less.
Z=$S/run/$RUN
[ -e "$Z" ] || fail 'the task was not started' 77
there() {
  [ -e "$Z/out" ] || fail "$Z is gone; nobody knows how its task ended" 76
}
there
exec 3<"$Z/out"
[ "$FROM" = 0 ] || tail -c "+$((FROM + 1))" <&3
n=0
while :; do
  e=
  [ ! -e "$Z/end" ] || read -r e <"$Z/end"
  there
  # The descriptor keeps its place, so each one prints what has come since the one before.
  [ ! -s "$Z/out" ] || cat <&3 || exit 1
  [ -z "$e" ] || exit "$e"
  n=$((n + 1))
  case $n in
    1) sleep 0.01 ;;
    2) sleep 0.02 ;;
    [34]) sleep 0.05 ;;
    [5-9] | 1?) sleep 0.1 ;;
    *)
      sleep 0.25
      # On a busy machine the supervisor may take its time to say that it is there.
      if [ "$((n % 8))" = 0 ] && { [ -e "$Z/pid" ] || [ "$n" -gt 120 ]; } && ! alive "$Z" && [ ! -e "$Z/end" ]; then
        fail 'the target was restarted, or the supervisor was ended; nobody knows how the task ended' 76
      fi
      ;;
  esac
done
