# Prints a run's output from byte FROM on, until it has ended and all is printed; looks often at first, then less.
Z=$S/run/$RUN
[ -e "$Z" ] || fail 'the task was not started' 77
o=$FROM
n=0
while :; do
  e=
  [ ! -e "$Z/end" ] || read -r e <"$Z/end"
  s=$(stat -c %s "$Z/out" 2>/dev/null) || fail "$Z is gone; nobody knows how its task ended" 76
  if [ "$s" -gt "$o" ]; then
    tail -c "+$((o + 1))" "$Z/out" | head -c "$((s - o))" || exit 1
    o=$s
    [ "$n" -lt 8 ] || n=8
  elif [ -n "$e" ]; then
    exit "$e"
  else
    n=$((n + 1))
    case $n in
      [1-5]) sleep 0.01 ;;
      [6-9]) sleep 0.03 ;;
      1?) sleep 0.1 ;;
      *)
        sleep 0.25
        # On a busy machine the supervisor may take its time to say that it is there.
        if [ "$((n % 8))" = 0 ] && { [ -e "$Z/pid" ] || [ "$n" -gt 120 ]; } && ! alive "$Z" && [ ! -e "$Z/end" ]; then
          fail 'the target was restarted, or the supervisor was ended; nobody knows how the task ended' 76
        fi
        ;;
    esac
  fi
done
