# Starts a supervisor for some tasks, in a session of its own and with files for its output, so that it outlives this
# connection. The variables come on standard input and stay in memory.
guard
Z=$S/run/$T.$SEQ
# What tells the end later has its place on the disk already now, for tasks may fill it.
(umask 077 && mkdir "$Z" && : >"$Z/out" && echo 76 >"$Z/end.new" && printf '%99s\n' '' >"$Z/pid.new") || {
  rm -rf "$Z"
  fail "cannot write below $S/run (no space left, or not writable for $(id -un))" 73
}
# A start that was cut off may come late: the deployment may have ended, and tidied up, since the lock was looked at.
[ -e "$S/lock/$T" ] || {
  rm -rf "$Z"
  fail "the lock of $B was given back before the tasks could start" 75
}
exec 3<&0
at_home setsid sh -c "$SUPERVISOR" gated-deploy-task "$Z" "$DIR" "$S/lock/$T" <&3 3<&- >>"$Z/out" 2>&1 &
exec 3<&- </dev/null
