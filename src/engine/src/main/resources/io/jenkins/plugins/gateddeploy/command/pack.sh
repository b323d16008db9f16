# Release R as a tar stream, for a target that no longer has it.
cd "$B" && [ -d "releases/$R" ] || fail "$B/releases/$R is not there" 78
m=
for f in ".gated-deploy/manifests/$R" ".gated-deploy/about/$R.json" ".gated-deploy/about/$R.ok"; do
  [ ! -e "$f" ] || m="$m $f"
done
mkdir -p "$S/incoming/$R" && : >"$S/incoming/$R/complete" || fail "cannot write below $S" 73
tar -cf - "releases/$R" $m ".gated-deploy/incoming/$R/complete"
c=$?
rm -rf "$S/incoming/$R"
exit "$c"
