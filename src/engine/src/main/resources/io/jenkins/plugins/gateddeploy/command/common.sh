# In front of every script. B: the application's directory, T: the token of our lock, D: the deployment's id.
# way.TOKEN is a directory that is there as long as a deployment may go on: whoever cancels it or takes its lock over
# takes that away by one rename. The link that becomes current is made in it, so that a switch whose command comes late
# finds nothing to rename.
set -u
# What is read from programs here is read in one language; tasks get the target's own again.
LOCALE=${LC_ALL-}
LC_ALL=C
export LC_ALL
S=$B/.gated-deploy

# Says why on standard error and ends with a code: 70 a task failed, 73 cannot write, 75 the lock is not ours,
# 76 nobody knows how a task ended, 77 it was never started, 78 the target is not as it should be.
fail() {
  printf '%s\n' "$1" >&2
  exit "${2:-1}"
}

# The lock is a file named after its holder's token, so looking for the name is asking whether it is still ours.
guard() {
  touch -c "$S/lock/$T" 2>/dev/null
  [ -e "$S/lock/$T" ] || fail "the lock of $B has been taken over by another deployment" 75
}

# Takes the way of a token away. A removal could meet the link that a late switch makes in it at that very moment, and
# leave both; what is renamed is found by nobody, and whoever ends a deployment sweeps what could not be removed of it.
bar() {
  [ -e "$S/way.$1" ] || return 0
  mv -T "$S/way.$1" "$S/current.gone.$1" || return 1
  rm -rf "$S/current.gone.$1" || :
}

# Runs a program in the target's own locale.
at_home() {
  if [ -n "$LOCALE" ]; then LC_ALL=$LOCALE; else unset LC_ALL; fi
  exec "$@"
}

# The time, in seconds since the epoch; asked for once a script.
CLOCK=
clock() {
  [ -n "$CLOCK" ] || CLOCK=$(date +%s)
}

# A line of the journal: the time, the deployment, what is about to happen or has happened.
note() {
  clock
  printf '%s %s %s\n' "$CLOCK" "$D" "$*" >>"$S/journal" || fail "cannot write $S/journal" 73
}

# When a process was started, in clock ticks since boot (proc(5), field 22); the name before it may hold anything.
started() {
  { read -r st <"/proc/$1/stat"; } 2>/dev/null || return 0
  set -- ${st##*) }
  printf '%s' "${20}"
}

# Whether the supervisor of a run is still at work: same boot, same process.
alive() {
  [ -e "$1/pid" ] && [ ! -e "$1/end" ] || return 1
  read -r pid ticks boot <"$1/pid" || return 1
  read -r since </proc/sys/kernel/random/boot_id
  [ "$boot" = "$since" ] && [ "$(started "$pid")" = "$ticks" ]
}
