# Starts a supervisor for some tasks, in a session of its own and with files for its output, so that it outlives this
# connection. The variables come on standard input and stay in memory.
guard
Z=$S/run/$T.$SEQ
# What tells the end later has its place on the disk already now, for tasks may fill it.
(umask 077 && mkdir "$Z" && : >"$Z/out" && echo 76 >"$Z/end.new" && printf '%99s\n' '' >"$Z/pid.new") || {
  rm -rf "$Z"
  fail "cannot write below $S/run (no space left, or not writable for $(id -un))" 73
}
# A start that was cut off may come late: the deployment may have been cancelled or have ended since the lock was looked at.
WHILE=$S/way.$T
[ "$BACK" = no ] || WHILE=$S/lock/$T
[ -e "$WHILE" ] || {
  rm -rf "$Z"
  fail "this deployment was cancelled, or its lock given back, before its tasks could start" 75
}
exec 3<&0
at_home setsid sh -c "$SUPERVISOR" gated-deploy-task "$Z" "$DIR" "$WHILE" <&3 3<&- >>"$Z/out" 2>&1 &
exec 3<&- </dev/null
