# Keeps beside release R what it is and what it was made with, and the list of its files where one came.
I=$S/incoming/$R
if [ -e "$I/manifest.sent" ]; then
  cat "$I"/manifest.* >"$S/manifests/$R" || fail "cannot write $S/manifests/$R" 73
fi
printf '%s\n' "$ABOUT_RELEASE" >"$S/about/$R.json" || fail "cannot write $S/about/$R.json" 73
rm -rf "$I"
