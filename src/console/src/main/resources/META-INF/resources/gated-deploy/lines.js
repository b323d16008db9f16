// Lines of a log, as far as they are needed: asked for in blocks, forgotten when others are needed more.

const BLOCK = 256;
const MOST_BLOCKS = 60;

export class Lines {
  #blocks = new Map();
  #wanted = [];
  #busy = false;

  /** changed: called when lines have come; failed: with the problem when they have not */
  constructor(api, deployment, { changed, failed }) {
    Object.assign(this, { api, deployment, changed, failed });
  }

  /** a line by its row in a view; undefined when it is not here yet */
  at(view, row) {
    return this.#blocks.get(this.#key(view, Math.floor(row / BLOCK)))?.[row % BLOCK];
  }

  /** Asks for what is missing of some spans: [{view, from, to}]; what was wanted before and is not any more is left out. */
  want(spans) {
    this.#wanted = spans.flatMap(({ view, from, to }) => {
      const parts = [];
      for (let block = Math.floor(from / BLOCK); block * BLOCK < to; block += 1) {
        parts.push({ view, block, to: Math.min(to, (block + 1) * BLOCK) });
      }
      return parts;
    });
    this.#next();
  }

  async #next() {
    if (this.#busy) {
      return;
    }
    const part = this.#wanted.find(({ view, block, to }) => this.#have(view, block) < to - block * BLOCK);
    if (!part) {
      return;
    }
    this.#busy = true;
    try {
      await this.#load(part);
      this.changed();
    } catch (problem) {
      this.#wanted = [];
      this.failed(problem);
    } finally {
      this.#busy = false;
    }
    this.#next();
  }

  async #load({ view, block }) {
    const key = this.#key(view, block);
    const known = this.#blocks.get(key) ?? [];
    const from = block * BLOCK + known.length;
    const { lines } = await this.api.get(["deployments", this.deployment, "log", "lines"], { from, count: BLOCK - known.length, target: view });
    this.#blocks.delete(key);
    this.#blocks.set(key, [...known, ...lines]);
    if (lines.length === 0) {
      // Fewer than was said: they are asked for again when the log is looked at anew.
      this.#wanted = [];
    }
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS) {
        break;
      }
      this.#blocks.delete(oldest);
    }
  }

  #have(view, block) {
    return this.#blocks.get(this.#key(view, block))?.length ?? 0;
  }

  #key(view, block) {
    return `${block} ${view}`;
  }
}
