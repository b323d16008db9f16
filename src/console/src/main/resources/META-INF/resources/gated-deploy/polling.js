// Asks again and again: soon while something moves, later while nothing does or the server is in trouble, not at all
// while nobody looks.

const LONGEST = 60_000;
const AT_ONCE = 50;
/** Between two answers to hints: where much happens at once, people do not read faster. */
const LEAST = 1000;

/**
 * work: asks once and returns in how many milliseconds to ask again, or null for never. What it throws is handed to
 * failed, and it is asked again later and later.
 */
export function poll(work, failed) {
  let timer;
  let failures = 0;
  let stopped = false;
  let running = false;
  let again = false;
  let began = 0;

  async function turn() {
    if (running || stopped) {
      // What is asked now may have been answered before.
      again = running;
      return;
    }
    running = true;
    began = Date.now();
    again = false;
    clearTimeout(timer);
    let pause;
    try {
      pause = await work();
      failures = 0;
    } catch (problem) {
      failures += 1;
      failed(problem);
      pause = Math.min(LONGEST, 1000 * 2 ** failures);
    } finally {
      running = false;
    }
    if (again) {
      pause = AT_ONCE;
    }
    if (pause !== null && !stopped && !document.hidden) {
      timer = setTimeout(turn, pause);
    }
  }

  function look() {
    if (!document.hidden) {
      turn();
    }
  }

  document.addEventListener("visibilitychange", look);
  turn();
  return {
    now: turn,
    /** Something may be another one now. */
    hint() {
      clearTimeout(timer);
      timer = setTimeout(turn, Math.max(0, began + LEAST - Date.now()));
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    },
  };
}
