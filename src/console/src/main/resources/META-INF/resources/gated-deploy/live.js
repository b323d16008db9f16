// Is told by the server what has changed (server-sent events), while somebody looks. Without that, as behind a proxy that
// keeps answers back, isLive stays false and pages ask again and again.

/** Longer than the server is ever silent. */
const SILENCE = 40_000;
const AGAIN = 30_000;

/**
 * parameters: what to be told of, as the API has it; changed: called when something is another one now, and when the
 * connection is there (again); grown: called with {deployment, lines} when a log is longer now
 */
export function follow(api, parameters, { changed, grown = () => {} }) {
  let source = null;
  let silence;
  let again;
  let live = false;
  let stopped = false;

  function heard() {
    live = true;
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE);
  }

  function close() {
    live = false;
    clearTimeout(silence);
    clearTimeout(again);
    source?.close();
    source = null;
  }

  function lost() {
    close();
    again = setTimeout(open, AGAIN);
  }

  function open() {
    if (source || stopped || document.hidden) {
      return;
    }
    clearTimeout(again);
    source = new EventSource(api.address(["events"], parameters));
    source.addEventListener("hello", () => { heard(); changed(); });
    source.addEventListener("beat", heard);
    source.addEventListener("change", () => { heard(); changed(); });
    source.addEventListener("log", (event) => { heard(); grown(JSON.parse(event.data)); });
    source.addEventListener("error", () => {
      // The browser comes back by itself, unless the server has said no.
      live = false;
      if (source?.readyState === EventSource.CLOSED) {
        lost();
      }
    });
  }

  function look() {
    document.hidden ? close() : open();
  }

  document.addEventListener("visibilitychange", look);
  open();
  return {
    get isLive() {
      return live;
    },
    stop() {
      stopped = true;
      close();
      document.removeEventListener("visibilitychange", look);
    },
  };
}
