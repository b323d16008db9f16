# One attempt of a health check, asked from the target itself. KIND: http, tcp or run.
cd "$B/current/" || fail "$B/current is not there" 78
case $KIND in
  run) at_home timeout -k 1 "$SECONDS_LEFT" sh -c "$WHAT" ;;
  tcp)
    if command -v nc >/dev/null; then exec timeout "$SECONDS_LEFT" nc -z "$HOST" "$PORT" </dev/null; fi
    if command -v bash >/dev/null; then exec timeout "$SECONDS_LEFT" bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "$HOST" "$PORT"; fi
    fail 'neither nc nor bash is installed here; install one, or ask from the host (health.from)' 78
    ;;
  http)
    if command -v curl >/dev/null; then exec curl -sS -m "$SECONDS_LEFT" -w '\n%{http_code}' -- "$WHAT"; fi
    fail 'curl is not installed here; install it, or ask from the host (health.from)' 78
    ;;
esac
