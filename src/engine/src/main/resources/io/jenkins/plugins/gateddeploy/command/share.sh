# Links what survives releases into release R: an entry is made on first use, with what the release brings for it.
N=$B/releases/$R
share() {
  s=$B/shared/$1
  n=$N/$1
  if [ ! -e "$s" ] && [ ! -L "$s" ]; then
    if [ -e "$n" ] && [ ! -L "$n" ]; then
      # Said before it is copied: what has the wrong kind must not become the first content of shared/.
      case $2 in
        directory) [ -d "$n" ] || fail "$1 is a file in this release, but deploy.toml shares a directory of that name" 78 ;;
        *) [ ! -d "$n" ] || fail "$1 is a directory in this release, but deploy.toml shares a file of that name (a directory ends with a slash)" 78 ;;
      esac
    fi
    mkdir -p "${s%/*}" || fail "cannot create $s" 73
    if [ -e "$n" ] && [ ! -L "$n" ]; then
      cp -a "$n" "$s" || fail "cannot create $s" 73
    elif [ "$2" = directory ]; then
      mkdir "$s" || fail "cannot create $s" 73
    else
      : >"$s" || fail "cannot create $s" 73
    fi
  fi
  if [ "$2" = directory ]; then
    [ -d "$s" ] || fail "$s is a file, but deploy.toml shares a directory of that name" 78
  else
    [ ! -d "$s" ] || fail "$s is a directory, but deploy.toml shares a file of that name (a directory ends with a slash)" 78
  fi
  if [ -e "$n" ] || [ -L "$n" ]; then rm -rf "$n"; fi
  [ -d "${n%/*}" ] || mkdir -p "${n%/*}"
  ln -s "$3" "$n" || fail "cannot link $n" 73
}
