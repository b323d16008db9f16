# The deployment is over here: releases in DISCARD and PRUNE go, OUTCOME and RECORD are written, the lock is given back
# unless KEEP says yes.
# What failed goes first, so that a full disk has room again for the rest; the lock is given back whatever happens.
# Asked twice, because an answer was lost, it says the same again; not so when somebody else ended it in another way.
if [ ! -e "$S/lock/$T" ] && grep -q " $D end $OUTCOME " "$S/journal" 2>/dev/null; then
  printf 'current %s\n' "$(basename "$(readlink "$B/current")")"
  exit 0
fi
guard
bad=
now=
[ ! -L "$B/current" ] || now=$(readlink "$B/current")
now=${now##*/}
for r in $DISCARD; do
  [ "$r" != "$now" ] || continue
  rm -rf "$B/releases/$r" || bad="cannot remove $B/releases/$r"
  rm -f "$S/manifests/$r" "$S/about/$r.json" "$S/about/$r.ok"
  [ ! -e "$S/kept/$r" ] || rm -rf "$S/kept/$r"
done
for d in "$S"/incoming/*; do
  [ -e "$d" ] || continue
  rm -rf "$S"/incoming/* || bad="cannot remove $S/incoming"
  break
done
for r in $PRUNE; do
  [ "$r" != "$now" ] && [ -e "$B/releases/$r" ] || continue
  { [ -d "$S/trash" ] || mkdir "$S/trash"; } && mv "$B/releases/$r" "$S/trash/" || bad="cannot remove $B/releases/$r"
  [ ! -e "$S/manifests/$r" ] || rm -f "$S/manifests/$r"
  [ ! -e "$S/kept/$r" ] || rm -rf "$S/kept/$r"
done
set -- "$S"/about/*.json
while [ $# -gt 50 ]; do
  r=${1##*/}
  r=${r%.json}
  [ -e "$B/releases/$r" ] || rm -f "$1" "$S/about/$r.ok"
  shift
done
if [ "$OUTCOME" = SUCCEEDED ] && [ -e "$S/about/$now.json" ]; then
  : >"$S/about/$now.ok" || bad="cannot write $S/about/$now.ok"
fi
if [ -n "$RECORD" ]; then
  printf '%s\n' "$RECORD" >>"$S/releases.jsonl" || bad="cannot write $S/releases.jsonl"
fi
(note end "$OUTCOME" "$now") || bad="cannot write $S/journal"
# A deployment in sixteen looks whether the journal has grown long, since that takes a program.
case $D in
  *0)
    if [ "$(wc -l <"$S/journal")" -gt 2000 ]; then
      tail -n 1000 "$S/journal" >"$S/journal.new" && mv "$S/journal.new" "$S/journal"
    fi
    ;;
esac
# The lock is ours, so nobody else has a use for what earlier holders left behind; what still lives is left alone. The
# ways first, each by a rename; then one program for all, the lock last.
set --
for f in "$S"/way.*; do
  [ -e "$f" ] && { [ "$f" != "$S/way.$T" ] || [ "$KEEP" != yes ]; } || continue
  mv -T "$f" "$S/current.gone.${f##*/way.}" || bad="cannot remove $f"
done
for f in "$S"/current.* "$S"/run/*; do
  alive "$f" || set -- "$@" "$f"
done
[ "$KEEP" = yes ] || set -- "$@" "$S/lock/$T"
rm -rf "$@"
if [ "$KEEP" != yes ]; then
  # What came late, before the lock went; nobody else's runs have this name.
  for d in "$S/run/$T".*; do
    [ ! -e "$d" ] || alive "$d" || rm -rf "$d"
  done
fi
printf 'current %s\n' "$now"
[ ! -e "$S/trash" ] || rm -rf "$S/trash"
[ -z "$bad" ] || fail "$bad" 73
