// Where a text stands in a log, found by the server; some thousand places at a time.

const WHEN_TYPED = 250;
const WHEN_GROWN = 3000;

export class Matches {
  text = "";

  count = 0;

  busy = false;

  #view = "";

  #lines = 0;

  /** numbers of the lines at which the pieces begin that were gone through */
  #pieces = [1];

  /** how many places there are before the piece, and were before those */
  #before = 0;

  #befores = [];

  #hits = [];

  #at = -1;

  /** changed: called when it has to be drawn anew; found: with the place to show */
  constructor(api, deployment, { changed, found }) {
    Object.assign(this, { api, deployment, changed, found });
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** which of them is shown, from 1; 0 for none */
  get place() {
    return this.#at < 0 ? 0 : this.#before + this.#at + 1;
  }

  isAt(number) {
    return number !== undefined && this.#hits[this.#at]?.line === number;
  }

  look(text, from) {
    this.text = text;
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(1, (hit) => hit.line >= from), WHEN_TYPED);
    this.changed();
  }

  within(view) {
    this.#view = view;
    if (this.text) {
      this.look(this.text, 1);
    }
  }

  /** The log has more lines now: they are counted too, after a while. */
  grown(lines) {
    if (this.text && !this.busy && lines > this.#lines) {
      this.#lines = lines;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#recount(), WHEN_GROWN);
    }
  }

  async #recount() {
    const text = this.text;
    // Whether the server can be reached is said for the log itself.
    const { count, hits } = await this.#matches(this.#pieces.at(-1)).catch(() => ({}));
    if (text === this.text && hits) {
      this.count = count;
      this.#hits = hits;
      this.changed();
    }
  }

  step(by) {
    const next = this.#at + by;
    if (this.count === 0) {
      return;
    }
    if (this.#hits[next]) {
      this.#show(next);
    } else if (by > 0 && this.#before + this.#hits.length < this.count) {
      this.#pieces.push(this.#hits.at(-1).line + 1);
      this.#befores.push(this.#before);
      this.#before += this.#hits.length;
      this.#ask(this.#pieces.at(-1), () => true);
    } else if (by < 0 && this.#pieces.length > 1) {
      this.#pieces.pop();
      this.#before = this.#befores.pop();
      this.#ask(this.#pieces.at(-1), null);
    } else {
      // Around the end, as everywhere.
      this.#pieces = [1];
      this.#befores = [];
      this.#before = 0;
      this.#ask(1, by > 0 ? () => true : null);
    }
  }

  #show(index) {
    this.#at = index;
    this.changed();
    this.found(this.#hits[index]);
  }

  async #matches(from) {
    return this.api.get(["deployments", this.deployment, "log", "matches"], { q: this.text, from, target: this.#view });
  }

  /** is: tells the place to begin at; null for the last */
  async #ask(from, is) {
    const text = this.text;
    if (!text.trim()) {
      Object.assign(this, { count: 0, busy: false });
      this.#hits = [];
      this.#at = -1;
      this.changed();
      return;
    }
    if (from === 1) {
      this.#pieces = [1];
      this.#befores = [];
      this.#before = 0;
    }
    try {
      const { count, hits, lines } = await this.#matches(from);
      if (text !== this.text) {
        return;
      }
      Object.assign(this, { count, busy: false });
      this.#lines = lines;
      this.#hits = hits;
      this.#at = -1;
      if (hits.length) {
        this.#show(is === null ? hits.length - 1 : Math.max(0, hits.findIndex(is)));
      }
    } catch {
      Object.assign(this, { count: 0, busy: false });
    }
    this.changed();
  }
}
