# Sets a shared file back to what it held when release W was current. Its owner and mode stay.
restore() {
  k=$S/kept/$W/$1
  if [ ! -f "$k" ]; then
    printf 'unkept %s\n' "$1"
    return 0
  fi
  f=$B/shared/$1
  [ ! -L "$f" ] || f=$(readlink -f "$f")
  if [ -e "$f" ]; then
    cp -p "$f" "$f.restored"
  else
    (umask 077 && mkdir -p "${f%/*}" && : >"$f.restored")
  fi && cat "$k" >"$f.restored" && mv "$f.restored" "$f" || fail "cannot set $f back" 73
  printf 'restored %s\n' "$1"
}
