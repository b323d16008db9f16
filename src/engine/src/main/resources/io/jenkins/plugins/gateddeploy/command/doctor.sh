# Facts about the target that a deployment depends on, a line each; judged by the engine. The shell tells itself what it
# can: with many targets, starting programs is what takes the time.
TAB=$(printf '\t')
printf 'clock %s\n' "$(date +%s.%N)"
u=$(id -un)
printf 'user %s\n' "$u"
for c in $NEEDED; do
  command -v "$c" >/dev/null && printf 'has %s\n' "$c"
done
# What the environment itself asks for has to be where its tasks look.
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
# Only where its help does not tell is it tried.
case $(mv --help 2>&1) in
  *-T*) echo 'has mv-T' ;;
  *)
    t=$(mktemp -d 2>/dev/null) && mkdir "$t/a" "$t/b" && mv -T "$t/a" "$t/b" 2>/dev/null && echo 'has mv-T'
    [ -z "$t" ] || rm -rf "$t"
    ;;
esac
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
# Free and all blocks, their size, free and all inodes.
room=$(stat -f -c '%a %b %S %d %c' "$p" 2>/dev/null)
case $room in
  '' | *[!0-9\ ]*)
    df -Pk "$p" | awk 'NR==2{print "disk-free-kb " $4; print "disk-total-kb " $2}'
    df -Pi "$p" 2>/dev/null | awk 'NR==2{print "inodes-free " $4; print "inodes-total " $2}'
    ;;
  *)
    set -- $room
    printf 'disk-free-kb %s\ndisk-total-kb %s\n' "$(($1 * $3 / 1024))" "$(($2 * $3 / 1024))"
    printf 'inodes-free %s\ninodes-total %s\n' "$4" "$5"
    ;;
esac
if [ -r /proc/meminfo ]; then
  while read -r k v e; do
    if [ "$k" = MemAvailable: ]; then
      printf 'memory-available-kb %s\n' "$v"
      break
    fi
  done </proc/meminfo
fi
if [ "$u" != root ]; then
  for f in /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf; do
    [ -r "$f" ] || continue
    while IFS=" =$TAB" read -r k v || [ -n "$k" ]; do
      [ "$k" != KillUserProcesses ] || printf 'kill-user-processes %s\n' "$v"
    done <"$f"
  done
  [ -e "/var/lib/systemd/linger/$u" ] && echo 'linger yes'
fi
if [ -n "$URL" ] && command -v git >/dev/null; then
  if m=$(GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=http:https:ssh:git:file GIT_SSH_COMMAND='ssh -o BatchMode=yes' git ls-remote -q -- "$URL" HEAD 2>&1 >/dev/null); then
    echo 'git yes'
  else
    printf 'git no %s\n' "$(printf '%s' "$m" | tr '\n' ' ')"
  fi
fi
exit 0
