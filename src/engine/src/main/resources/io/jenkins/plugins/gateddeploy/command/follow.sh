# Prints a run's output from byte FROM on, until it has ended and all is printed. A supervisor that was started here rings
# at its end, so that nobody waits for the next look; a clock rings for what is printed until then.
Z=$S/run/$RUN
[ -e "$Z" ] || fail 'the task was not started' 77
there() {
  [ -e "$Z/out" ] || fail "$Z is gone; nobody knows how its task ended" 76
}
# Ends with the one who listens.
ring() {
  for n in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.1 && echo || return
  done
  while sleep 0.25 && echo; do :; done
}
there
exec 4<"$Z/out"
{
  $STARTING
  # By exec, or the shell itself would keep what it has from the connection, which lasts as long as anybody has that.
  (exec </dev/null 2>/dev/null 3<&- 4<&- && ring) &
} | {
  exec 3<&-
  [ "$FROM" = 0 ] || tail -c "+$((FROM + 1))" <&4
  n=0
  while :; do
    e=
    [ ! -e "$Z/end" ] || read -r e <"$Z/end"
    there
    # The descriptor keeps its place, so each one prints what has come since the one before.
    [ ! -s "$Z/out" ] || cat <&4 || exit 1
    [ -z "$e" ] || exit "$e"
    n=$((n + 1))
    # On a busy machine the supervisor may take its time to say that it is there.
    if [ "$n" -ge 20 ] && [ "$((n % 8))" = 0 ] && { [ -e "$Z/pid" ] || [ "$n" -gt 120 ]; } && ! alive "$Z" && [ ! -e "$Z/end" ]; then
      fail 'the target was restarted, or the supervisor was ended; nobody knows how the task ended' 76
    fi
    read -r rung || sleep 0.25
  done
}
