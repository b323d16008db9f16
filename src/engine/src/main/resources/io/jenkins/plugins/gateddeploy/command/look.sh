# Prints the state of the target, a fact a line, its kind first. ABOUT: current, or all for every release.
printf 'clock %s\n' "$(date +%s)"
cur=
if [ -L "$B/current" ]; then
  cur=$(readlink "$B/current")
  printf 'current %s\n' "$cur"
elif [ -e "$B/current" ]; then
  echo 'blocked current is a real directory'
fi
for f in "$S"/lock/*; do
  [ -e "$f" ] || continue
  printf 'token %s %s\n' "${f##*/}" "$(($(date +%s) - $(stat -c %Y "$f")))"
  sed 's/^/holder /' "$f"
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
if [ "$ABOUT" = all ]; then
  cat "$S"/about/*.json 2>/dev/null | sed 's/^/about /'
else
  cat "$S/about/${cur##*/}.json" 2>/dev/null | sed 's/^/about /'
fi
[ ! -e "$S/journal" ] || tail -n 200 "$S/journal" | sed 's/^/journal /'
[ ! -e "$S/releases.jsonl" ] || tail -n 100 "$S/releases.jsonl" | sed 's/^/record /'
if [ -n "$cur" ] && [ -e "$S/manifests/${cur##*/}" ]; then
  m=$(sha256sum <"$S/manifests/${cur##*/}")
  printf 'manifest %s\n' "${m%% *}"
fi
for d in "$S"/run/*; do
  [ -e "$d/out" ] || continue
  if [ -e "$d/end" ]; then
    printf 'run %s ended %s\n' "${d##*/}" "$(cat "$d/end")"
  elif alive "$d"; then
    printf 'run %s living\n' "${d##*/}"
  else
    printf 'run %s unknown\n' "${d##*/}"
  fi
done
