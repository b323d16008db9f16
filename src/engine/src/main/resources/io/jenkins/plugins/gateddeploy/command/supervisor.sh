# Runs tasks one after the other, each in a process group of its own; how each ended is a marked line of the output.
# Arguments: the run's directory, the directory to work in, what is there as long as tasks may be started.
set -u
Z=$1
while=$3
read -r boot </proc/sys/kernel/random/boot_id
sign() {
  read -r st <"/proc/$$/stat"
  set -- ${st##*) }
  echo "$$ ${20} $boot" 1<>"$Z/pid.new"
}
sign
mv "$Z/pid.new" "$Z/pid"
finish() {
  printf '\036end %s\n' "$1"
  printf '%-2s\n' "$1" 1<>"$Z/end.new"
  mv "$Z/end.new" "$Z/end"
  exit 0
}
# Variables that did not come whole, because the connection was cut, must not be taken for all there are: then nothing
# was started.
variables=$(cat)
case $variables in
  *'# whole') ;;
  *)
    rm -rf "$Z"
    exit 0
    ;;
esac
eval "$variables"
unset variables
exec </dev/null
cd "$2" || finish 73
task() {
  [ ! -e "$Z/cancel" ] || finish 71
  [ -e "$while" ] || finish 75
  printf '\036begin %s\n' "$1"
  setsid timeout -k 5 "$2" sh -c "$3" &
  p=$!
  echo "$p" >"$Z/group"
  wait "$p"
  c=$?
  # A child that does not heed the signal that ended the task's own process goes with it.
  if [ "$c" = 124 ] || [ -e "$Z/cancel" ]; then kill -KILL "-$p" 2>/dev/null; fi
  : >"$Z/group"
  printf '\036exit %s %s\n' "$1" "$c"
  [ "$c" = 0 ] || finish 70
}
