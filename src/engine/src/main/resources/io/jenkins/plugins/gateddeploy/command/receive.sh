# Makes release R of the files that come as a tar stream and of those of the release at OLD that have not changed.
# The stream brings, besides files, the lists of what to reuse, the manifest, and last a mark that it came whole.
N=$B/releases/$R
I=$S/incoming/$R
[ ! -e "$N" ] || fail "$N exists already" 78
mkdir -p "$N" "$I" && cd "$B" || fail "cannot create $N" 73
tar -xof -
c=$?
# Whoever took over meanwhile has removed this release; what the stream has made since then goes too.
[ -e "$S/lock/$T" ] || rm -rf "$N" "$I"
guard
[ "$c" = 0 ] || fail 'the files did not arrive whole' 74
[ -e "$I/complete" ] || fail 'the files did not arrive whole: the connection was cut' 74

# In several workers at once. Whatever is not the same here as it was when it was sent is asked for again.
reuse() {
  if [ -s "$I/same.$1" ]; then
    (cd "$OLD/" && xargs -0r cp $HOW --parents -t "$N" -- <"$I/same.$1") 2>/dev/null
  fi
  (cd "$N" && sha256sum --quiet -c "$I/expect.$1" 2>/dev/null) >"$I/checked.$1"
  [ $? -le 1 ] && sed -n 's/: FAILED.*$//p' "$I/checked.$1" >"$I/again.$1"
}
if [ -e "$I/directories" ]; then
  (cd "$N" && xargs -0r mkdir -p -- <"$I/directories") || fail "cannot create directories in $N" 73
fi
if [ -e "$I/moved" ]; then
  while IFS= read -r from && IFS= read -r to; do
    cp $HOW -- "$OLD/$from" "$N/$to" 2>/dev/null
  done <"$I/moved"
fi
for e in "$I"/expect.*; do
  [ -e "$e" ] && reuse "${e##*.}" &
done
wait
for e in "$I"/expect.*; do
  [ ! -e "$e" ] || [ -e "$I/again.${e##*.}" ] || fail 'the check of reused files did not finish' 73
done
if [ -e "$I/executable" ]; then
  (cd "$N" && xargs -0r chmod +x -- <"$I/executable") 2>/dev/null
fi
again=$(cat "$I"/again.* 2>/dev/null)
if [ -n "$again" ]; then
  printf '%s\n' "$again" | sed 's/^/again /'
  exit 0
fi
