# Facts about the target that a deployment depends on, a line each; judged by the engine.
printf 'clock %s\n' "$(date +%s.%N)"
printf 'user %s\n' "$(id -un)"
for c in $NEEDED; do
  command -v "$c" >/dev/null && printf 'has %s\n' "$c"
done
t=$(mktemp -d 2>/dev/null) && mkdir "$t/a" "$t/b" && mv -T "$t/a" "$t/b" 2>/dev/null && echo 'has mv-T'
[ -z "$t" ] || rm -rf "$t"
p=$B
while [ ! -e "$p" ]; do p=$(dirname "$p"); done
printf 'nearest %s\n' "$p"
[ -w "$p" ] && [ -d "$p" ] && echo 'writable yes'
for d in "$B/releases" "$B/shared" "$S" "$S/lock"; do
  [ ! -e "$d" ] || [ -w "$d" ] || printf 'unwritable %s\n' "$d"
done
if [ -e "$B/current" ] && [ ! -L "$B/current" ]; then echo 'blocked yes'; fi
df -Pk "$p" | awk 'NR==2{print "disk-free-kb " $4; print "disk-total-kb " $2}'
df -Pi "$p" 2>/dev/null | awk 'NR==2{print "inodes-free " $4; print "inodes-total " $2}'
awk '/^MemAvailable/{print "memory-available-kb " $2} /^MemTotal/{print "memory-total-kb " $2}' /proc/meminfo 2>/dev/null
for f in /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf; do
  [ -e "$f" ] && sed -n 's/^[[:space:]]*KillUserProcesses[[:space:]]*=[[:space:]]*/kill-user-processes /p' "$f"
done
[ -e "/var/lib/systemd/linger/$(id -un)" ] && echo 'linger yes'
if [ -n "$URL" ] && command -v git >/dev/null; then
  if m=$(GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=http:https:ssh:git:file GIT_SSH_COMMAND='ssh -o BatchMode=yes' git ls-remote -q -- "$URL" HEAD 2>&1 >/dev/null); then
    echo 'git yes'
  else
    printf 'git no %s\n' "$(printf '%s' "$m" | tr '\n' ' ')"
  fi
fi
exit 0
