# Release R from another target, aside first, so that it is there whole or not at all.
N=$B/releases/$R
I=$S/incoming/$R
[ ! -e "$N" ] || fail "$N exists already" 78
rm -rf "$I"
mkdir -p "$I" && cd "$I" || fail "cannot create $I" 73
tar -xof - && [ -e "$I/.gated-deploy/incoming/$R/complete" ] || { rm -rf "$I"; fail 'the release did not arrive whole' 74; }
for f in "manifests/$R" "about/$R.json" "about/$R.ok"; do
  [ ! -e "$I/.gated-deploy/$f" ] || mv "$I/.gated-deploy/$f" "$S/$f"
done
mv "$I/releases/$R" "$N" || fail "cannot create $N" 73
rm -rf "$I"
