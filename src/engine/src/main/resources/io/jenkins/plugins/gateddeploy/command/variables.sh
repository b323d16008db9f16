# Says of each of NAMES whether it is set, empty or missing, a line each; a value is never printed and never becomes an
# argument of a program. Before that, what could not be read: nofile, unreadable, unclosed, nosystemd, nounit, failed.
# FROM: file, service or command; WHAT: its path, unit or command line.
# The last word about a variable counts. What nobody asks for is kept too: looking among many names takes longer.
assign() {
  case $1 in '' | [0-9]* | *[!A-Za-z0-9_]*) ;; *) eval "v_$1=\$2" ;; esac
}

state() {
  if [ -n "$2" ]; then assign "$1" set; else assign "$1" empty; fi
}

report() {
  for n in $NAMES; do
    eval "s=\${v_$n-missing}"
    printf '%s %s\n' "$s" "$n"
  done
}

# Without the blanks in front.
strip() {
  t=${1#"${1%%[![:space:]]*}"}
}

# Looks for the quote Q that ends a value in $1; PART: whether there is anything before it. Fails when there is none.
closing() {
  rest=$1
  while :; do
    case $Q in
      '"') piece=${rest%%[\"\\]*} ;;
      "'") piece=${rest%%\'*} ;;
      *) piece=${rest%%\`*} ;;
    esac
    [ -z "$piece" ] || PART=yes
    rest=${rest#"$piece"}
    case $rest in
      '') return 1 ;;
      \\?*) PART=yes rest=${rest#??} ;;
      \\) PART=yes && return 1 ;;
      *) return 0 ;;
    esac
  done
}

# A file of dotenv or, with SYSTEMD=yes, of systemd.exec(5), on standard input.
dotenv() {
  at=0 Q= more=
  bom=$(printf '\357\273\277')
  while IFS= read -r line || [ -n "$line" ]; do
    at=$((at + 1))
    [ "$at" != 1 ] || line=${line#"$bom"}
    if [ -n "$Q" ]; then
      PART=yes
      closing "$line" || continue
      Q=
      assign "$name" set
      continue
    fi
    if [ -n "$more" ]; then
      case $line in *\\) ;; *) more= ;; esac
      continue
    fi
    strip "$line"
    case $t in '' | '#'*) continue ;; ';'*) [ -z "$SYSTEMD" ] || continue ;; esac
    case $t in export[[:space:]]*) strip "${t#export}" ;; esac
    name=${t%%[!A-Za-z0-9_.-]*}
    strip "${t#"$name"}"
    case $t in
      =*) strip "${t#=}" ;;
      :[[:space:]]*) strip "${t#:}" ;;
      *) continue ;;
    esac
    case $t in
      \"* | \'* | \`*)
        Q=${t%"${t#?}"}
        if [ "$Q$SYSTEMD" != '`yes' ]; then
          PART= opened=$at
          closing "${t#?}" || continue
          Q=
          state "$name" "$PART"
          continue
        fi
        Q=
        ;;
      '#'*) [ -n "$SYSTEMD" ] || t= ;;
    esac
    state "$name" "$t"
    case $SYSTEMD$t in yes*\\) more=yes ;; esac
  done
  [ -z "$Q" ] || printf 'unclosed %s\n' "$opened"
}

file() {
  if [ ! -e "$1" ]; then
    echo nofile
  elif [ ! -f "$1" ] || [ ! -r "$1" ]; then
    printf 'unreadable %s\n' "$1"
  else
    dotenv <"$1"
  fi
}

# What systemctl prints for Environment=: assignments apart by blanks, quoted where they need to be.
assignments() {
  strip "$1"
  while [ -n "$t" ]; do
    item= Q=
    case $t in
      \"*) Q='"' t=${t#?} ;;
      \$\'*) Q="'" t=${t#??} ;;
    esac
    if [ -n "$Q" ]; then
      while :; do
        case $Q in '"') piece=${t%%[\"\\]*} ;; *) piece=${t%%[\'\\]*} ;; esac
        item=$item$piece
        t=${t#"$piece"}
        case $t in
          \\?*) item=${item}x t=${t#??} ;;
          *) break ;;
        esac
      done
      t=${t#?}
    else
      item=${t%%[[:space:]]*}
      t=${t#"$item"}
    fi
    case $item in *=*) state "${item%%=*}" "${item#*=}" ;; esac
    strip "$t"
  done
}

show() {
  systemctl $SCOPE show -p "$1" -- "$WHAT" 2>/dev/null
}

service() {
  command -v systemctl >/dev/null || { echo nosystemd && return; }
  SCOPE=
  case $(show LoadState) in
    LoadState=loaded) ;;
    *)
      SCOPE=--user
      case $(show LoadState) in LoadState=loaded) ;; *) echo nounit && return ;; esac
      ;;
  esac
  { show Environment; show EnvironmentFiles; } | {
    SYSTEMD=yes
    while IFS= read -r shown; do
      case $shown in
        Environment=*) assignments "${shown#*=}" ;;
        EnvironmentFile*=/*)
          files=${shown#*=}
          lenient=
          case $files in *'(ignore_errors=yes)') lenient=yes ;; esac
          files=${files%' (ignore_errors='*}
          # The path may hold gaps, which systemd fills, and blanks.
          IFS=
          for f in $files; do
            unset IFS
            [ -n "$lenient" ] && [ ! -e "$f" ] || service_file "$f"
          done
          unset IFS
          ;;
      esac
    done
    report
  }
}

service_file() {
  if [ -f "$1" ] && [ -r "$1" ]; then dotenv <"$1"; else printf 'unreadable %s\n' "$1"; fi
}

from_command() {
  {
    (cd "$B/current" 2>/dev/null || cd /
    at_home timeout -k 1 20 sh -c "$WHAT" </dev/null)
    printf '\n %s\n' "$?"
  } 2>/dev/null | {
    code=
    while IFS= read -r line; do
      case $line in
        ' '*) code=${line# } ;;
        *=*) state "${line%%=*}" "${line#*=}" ;;
      esac
    done
    [ "$code" = 0 ] || { echo failed && exit 0; }
    report
  }
}

SYSTEMD=
case $FROM in
  file) file "$WHAT" && report ;;
  service) service ;;
  command) from_command ;;
esac
exit 0
