# Extracts commit C from the target's own mirror of the repository at URL into release R.
N=$B/releases/$R
M=$B/repo
[ ! -e "$N" ] || fail "$N exists already" 78
GIT_TERMINAL_PROMPT=0
GIT_ALLOW_PROTOCOL=http:https:ssh:git:file
GIT_SSH_COMMAND=${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}
export GIT_TERMINAL_PROMPT GIT_ALLOW_PROTOCOL GIT_SSH_COMMAND
command -v git >/dev/null || fail 'git is not installed here; install it, or set source.mode to push' 78
[ -e "$M/HEAD" ] || git init -q --bare "$M" || fail "cannot create $M" 73
has() { git --git-dir="$M" cat-file -e "$C^{commit}" 2>/dev/null; }
if ! has; then
  git --git-dir="$M" fetch -q --prune --force -- "$URL" '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*' || fail "cannot fetch from $URL; this target needs read access of its own in pull mode" 78
  has || git --git-dir="$M" fetch -q -- "$URL" "$C" || fail "$URL has no commit $C" 78
fi
mkdir -p "$N" "$S/incoming/$R" || fail "cannot create $N" 73
{ git --git-dir="$M" archive --format=tar "$C" || : >"$S/incoming/$R/failed"; } | tar -xof - -C "$N" || fail "cannot extract the commit into $N" 73
[ ! -e "$S/incoming/$R/failed" ] || fail "git cannot read commit $C in $M" 78
