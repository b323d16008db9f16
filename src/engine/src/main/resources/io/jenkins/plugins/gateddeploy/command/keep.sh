# Keeps, for the release that is current until now, what shared files hold: readable by nobody else. Asked again after
# the switch, it keeps what it has.
W=${PREVIOUS##*/}
keep() {
  [ -n "$W" ] && [ -f "$B/shared/$1" ] && [ "$(readlink "$B/current")" = "$PREVIOUS" ] || return 0
  k=$S/kept/$W/$1
  (umask 077 && mkdir -p "${k%/*}" && cat "$B/shared/$1" >"$k.new" && mv "$k.new" "$k") || fail "cannot write $k" 73
}
