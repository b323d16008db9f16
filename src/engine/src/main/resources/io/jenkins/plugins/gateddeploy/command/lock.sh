# Takes the lock if it is free. A directory with our token in it replaces the lock's directory by rename, which the
# system allows only while that is empty: whoever comes second fails, and nobody ever sees a lock without its holder.
[ -L "$B/current" ] || [ ! -e "$B/current" ] || fail "$B/current is a real directory, but must be a link to a release. Convert it on the target with: mv $B/current $B/releases/before-gated-deploy && ln -s releases/before-gated-deploy $B/current (after mkdir -p $B/releases)" 78
[ -d "$B/releases" ] && [ -d "$B/shared" ] || mkdir -p "$B/releases" "$B/shared" || fail "cannot create $B/releases; it must be writable for $(id -un)" 73
[ -d "$S/lock" ] && [ -d "$S/manifests" ] && [ -d "$S/about" ] && [ -d "$S/run" ] && [ -d "$S/incoming" ] ||
  (umask 077 && mkdir -p "$S/lock" "$S/manifests" "$S/about" "$S/run" "$S/incoming") ||
  fail "cannot create $S; it must be writable for $(id -un)" 73
[ ! -e "$S/trash" ] || rm -rf "$S/trash"
L=$S/lock.$T
mkdir "$L" && printf '%s\n' "$HOLDER" >"$L/$T" || { rm -rf "$L"; fail "cannot write below $S (no space left, or not writable for $(id -un))" 73; }
if mv -T "$L" "$S/lock" 2>/dev/null; then
  mkdir "$S/way.$T" || {
    rm -f "$S/lock/$T"
    fail "cannot write below $S (no space left, or not writable for $(id -un))" 73
  }
  echo 'lock ours'
else
  rm -rf "$L"
fi
