# Prints the state of the target: a fact a line, its kind first; then the ends of files, below a line with the name of
# each. ABOUT: current, or all for every release.
clock
printf 'clock %s\n' "$CLOCK"
cur=
if [ -L "$B/current" ]; then
  cur=$(readlink "$B/current")
  printf 'current %s\n' "$cur"
elif [ -e "$B/current" ]; then
  echo 'blocked current is a real directory'
fi
for f in "$S"/lock/*; do
  [ -e "$f" ] || continue
  since=$CLOCK
  # It may be given back at this very moment.
  [ "${f##*/}" = "$T" ] || since=$(stat -c %Y "$f" 2>/dev/null) || continue
  printf 'token %s %s\n' "${f##*/}" "$((CLOCK - since))"
done
for r in "$B"/releases/*/; do
  r=${r%/}
  r=${r##*/}
  case $r in *[!A-Za-z0-9._-]*) continue ;; esac
  if [ -e "$S/about/$r.ok" ]; then
    printf 'release %s succeeded\n' "$r"
  elif [ -e "$S/about/$r.json" ]; then
    printf 'release %s unproven\n' "$r"
  else
    printf 'release %s foreign\n' "$r"
  fi
done
if [ -n "$cur" ] && [ -e "$S/manifests/${cur##*/}" ]; then
  m=$(sha256sum <"$S/manifests/${cur##*/}")
  printf 'manifest %s\n' "${m%% *}"
fi
for d in "$S"/run/*; do
  [ -e "$d/out" ] || continue
  if [ -e "$d/end" ]; then
    read -r e <"$d/end"
    printf 'run %s ended %s\n' "${d##*/}" "$e"
  elif alive "$d"; then
    printf 'run %s living\n' "${d##*/}"
  else
    printf 'run %s unknown\n' "${d##*/}"
  fi
done
# One program for all files, because starting programs is what takes the time here.
cd "$S" 2>/dev/null || exit 0
if [ "$ABOUT" = all ]; then
  set -- about/*.json
else
  set -- "about/${cur##*/}.json"
fi
set -- "$@" journal releases.jsonl lock/*
for f in "$@"; do
  shift
  [ ! -f "$f" ] || set -- "$@" "$f"
done
[ "$#" = 0 ] || tail -v -n 100 -- "$@" 2>/dev/null || :
