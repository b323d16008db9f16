# Makes release R current by renaming a new link over the old one; FROM is what must be current until then.
guard
now=
[ ! -L "$B/current" ] || now=$(readlink "$B/current")
if [ "$now" != "releases/$R" ]; then
  [ "$now" = "$FROM" ] || fail "current is ${now:-missing} now, but was ${FROM:-missing} when this deployment began; somebody else changed it" 78
  [ -d "$B/releases/$R" ] || fail "$B/releases/$R is not there" 78
  note switch "$R" "$FROM"
  ln -sfn "releases/$R" "$S/way.$T/current" && mv -T "$S/way.$T/current" "$B/current" || {
    [ -d "$S/way.$T" ] || fail "this deployment was cancelled before $B/current was switched" 75
    fail "cannot switch $B/current" 73
  }
fi
