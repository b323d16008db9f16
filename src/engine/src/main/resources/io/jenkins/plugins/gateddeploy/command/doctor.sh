# Facts about the target that a deployment depends on, a line each; judged by the engine. What the shell can do itself it
# does, because this runs on every target before every deployment.
clock
printf 'clock %s\n' "$CLOCK"
user=${LOGNAME-}
[ -n "$user" ] || user=$(id -un)
printf 'user %s\n' "$user"
for c in $NEEDED; do
  command -v "$c" >/dev/null && printf 'has %s\n' "$c"
done
# What the environment itself asks for has to be where its tasks look.
if [ -n "$ASKED$EXTENSIONS" ]; then
  (
    [ -z "$TASK_PATH" ] || PATH=$TASK_PATH
    for c in $ASKED; do
      command -v "$c" >/dev/null && printf 'asked %s\n' "$c"
    done
    if [ -n "$EXTENSIONS" ] && command -v php >/dev/null; then
      if m=$(timeout 10 php -m 2>/dev/null); then
        echo 'php yes'
        printf '%s\n' "$m" | while read -r e; do printf 'php-has %s\n' "$e"; done
      else
        printf 'php no %s\n' "$?"
      fi
    fi
  )
fi
# Where a journal is, a lock has been taken, which took it. Otherwise: without anything to move it says either that files
# are missing, or that it does not know the option.
if [ -e "$S/journal" ]; then
  echo 'has mv-T'
else
  case $(mv -T 2>&1) in
    *'option -- '* | *recognized* | *'nknown option'*) ;;
    *) echo 'has mv-T' ;;
  esac
fi
p=$B
while [ ! -e "$p" ]; do
  p=${p%/*}
  [ -n "$p" ] || p=/
done
printf 'nearest %s\n' "$p"
[ -w "$p" ] && [ -d "$p" ] && echo 'writable yes'
for d in "$B/releases" "$B/shared" "$S" "$S/lock"; do
  [ ! -e "$d" ] || [ -w "$d" ] || printf 'unwritable %s\n' "$d"
done
if [ -e "$B/current" ] && [ ! -L "$B/current" ]; then echo 'blocked yes'; fi
# Size of a block, blocks, those free for who asks, inodes, free ones; one program where it knows how to tell.
if m=$(stat -f -c '%S %b %a %c %d' "$p" 2>/dev/null); then
  room() {
    printf 'disk-total-kb %s\ndisk-free-kb %s\n' "$(($2 * $1 / 1024))" "$(($3 * $1 / 1024))"
    [ "$4" = 0 ] || printf 'inodes-total %s\ninodes-free %s\n' "$4" "$5"
  }
  room $m
else
  # Total and free: the second and the fourth field of the line below the header (POSIX, df -P).
  room() {
    set -f
    set -- "$1" "$2" ${3#*Mounted on}
    set +f
    [ $# -lt 6 ] || printf '%s-total%s %s\n%s-free%s %s\n' "$1" "$2" "$4" "$1" "$2" "$6"
  }
  room disk -kb "$(df -Pk "$p")"
  room inodes '' "$(df -Pi "$p" 2>/dev/null)"
fi
if [ -r /proc/meminfo ]; then
  while read -r k v _; do
    case $k in
      MemTotal:) printf 'memory-total-kb %s\n' "$v" ;;
      MemAvailable:)
        printf 'memory-available-kb %s\n' "$v"
        break
        ;;
    esac
  done </proc/meminfo
fi
# Where systemd has started the system (sd_booted(3)).
if [ -d /run/systemd/system ]; then
  for f in /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf; do
    [ -r "$f" ] || continue
    while IFS=' 	=' read -r k v || [ -n "$k" ]; do
      [ "$k" != KillUserProcesses ] || printf 'kill-user-processes %s\n' "$v"
    done <"$f"
  done
fi
[ -e "/var/lib/systemd/linger/$user" ] && echo 'linger yes'
if [ -n "$URL" ] && command -v git >/dev/null; then
  if m=$(GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=http:https:ssh:git:file GIT_SSH_COMMAND='ssh -o BatchMode=yes' git ls-remote -q -- "$URL" HEAD 2>&1 >/dev/null); then
    echo 'git yes'
  else
    printf 'git no %s\n' "$(printf '%s' "$m" | tr '\n' ' ')"
  fi
fi
exit 0
