# Starts a supervisor for some tasks, in a session of its own and with files for its output, so that it outlives this
# connection. The variables come on standard input and stay in memory.
guard
Z=$S/run/$T.$SEQ
# Making the directory decides: a command that comes a second time, because the first was thought lost, only follows.
if (umask 077 && mkdir "$Z" 2>/dev/null); then
  # What tells the end later has its place on the disk already now, for tasks may fill it.
  (umask 077 && : >"$Z/out" && echo 76 >"$Z/end.new" && printf '%99s\n' '' >"$Z/pid.new") || {
    rm -rf "$Z"
    fail "cannot write below $S/run (no space left, or not writable for $(id -un))" 73
  }
  STARTING=supervise
elif [ ! -d "$Z" ]; then
  fail "cannot write below $S/run (no space left, or not writable for $(id -un))" 73
fi
exec 3<&0 </dev/null
# Its descriptor 5 is the bell, where the one who follows it listens.
supervise() {
  at_home setsid sh -c "$SUPERVISOR" gated-deploy-task "$Z" "$DIR" "$S/lock/$T" 5>&1 <&3 3<&- 4<&- >>"$Z/out" 2>&1 &
}
