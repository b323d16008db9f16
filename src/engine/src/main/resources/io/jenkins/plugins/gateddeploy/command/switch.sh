# Makes release R current by renaming a new link over the old one; FROM is what must be current until then.
guard
now=
[ ! -L "$B/current" ] || now=$(readlink "$B/current")
[ "$now" != "releases/$R" ] || exit 0
[ "$now" = "$FROM" ] || fail "current is ${now:-missing} now, but was ${FROM:-missing} when this deployment began; somebody else changed it" 78
[ -d "$B/releases/$R" ] || fail "$B/releases/$R is not there" 78
note switch "$R" "$FROM"
ln -sfn "releases/$R" "$S/current.$T" && mv -T "$S/current.$T" "$B/current" || fail "cannot switch $B/current" 73
