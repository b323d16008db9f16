// The log of a deployment, however long: only the lines in sight are there, and only they and their neighbours are asked
// for. Searching is done by the server.

import { Component, createRef, h } from "./lib/preact.js";
import { Lines } from "./lines.js";
import { LogLine, LogPart, LogTools, WholeLine } from "./log-parts.js";
import { Matches } from "./matches.js";
import { poll } from "./polling.js";
import { Section } from "./parts.js";
import { Rows, partsOf } from "./rows.js";
import { ROW, Scroller } from "./scroller.js";
import { texts } from "./texts.js";

const SOON = 1000;
const LATER = 15_000;
const BESIDES = 40;
const WHEN_STILL = 700;
/** Of an ended deployment; more than that need room to scroll in. */
const FEW = 12;
const EMPTY = { rows: 0, lines: 0, complete: false, views: [], phases: [] };

export class LogView extends Component {
  state = { outline: EMPTY, loaded: false, failed: false, view: "", grouping: "phase", folded: new Set(), following: true, chosen: null, drawn: 0 };

  box = createRef();

  search = createRef();

  rows = new Rows([], new Set());

  constructor(props) {
    super(props);
    const { context, deployment } = props;
    this.lines = new Lines(context.api, deployment.id, {
      changed: () => this.draw(),
      failed: () => this.setState({ failed: true }),
    });
    this.matches = new Matches(context.api, deployment.id, { changed: () => this.draw(), found: (hit) => this.show(hit) });
  }

  componentDidMount() {
    this.scroller = new Scroller(this.box.current);
    this.polling = poll(() => this.load(), () => this.setState({ failed: true }));
    this.forget = this.props.onGrowth?.(this.props.deployment.id, () => this.polling.now());
    window.addEventListener("resize", this.draw);
    window.addEventListener("hashchange", this.goToAddress);
  }

  componentWillUnmount() {
    this.polling.stop();
    this.matches.stop();
    this.forget?.();
    clearTimeout(this.telling);
    window.removeEventListener("resize", this.draw);
    window.removeEventListener("hashchange", this.goToAddress);
  }

  shouldComponentUpdate(props, state) {
    return state !== this.state || props.deployment.id !== this.props.deployment.id;
  }

  async load() {
    const { context, deployment, isLive } = this.props;
    const view = this.state.view;
    const outline = await context.api.get(["deployments", deployment.id, "log", "outline"], { target: view });
    if (view !== this.state.view) {
      return 0;
    }
    const isFirst = !this.state.loaded;
    this.setState({ outline, loaded: true, failed: false }, () => {
      if (isFirst) {
        this.goToAddress();
      }
    });
    this.matches.grown(outline.lines);
    return outline.complete ? null : isLive?.() ? LATER : SOON;
  }

  draw = () => this.setState(({ drawn }) => ({ drawn: drawn + 1 }));

  componentDidUpdate() {
    this.scroller.resize(this.rows.count);
    if (this.state.following && !this.scroller.isAtEnd) {
      this.scroller.go(this.scroller.last);
      this.draw();
    } else if (this.scroller.top > this.scroller.last) {
      this.scroller.go(this.scroller.last);
      this.draw();
    }
    const top = Math.floor(this.scroller.top);
    const besides = this.state.following ? 0 : BESIDES;
    this.lines.want(this.rows.spans(Math.max(0, top - besides), Math.min(this.rows.count, top + Math.ceil(this.scroller.inSight) + 1 + besides)));
  }

  /** Who scrolls up wants to read; who scrolls to the end wants to follow again. */
  scrolled = () => {
    if (this.scroller.scrolled()) {
      this.setState({ following: this.scroller.isAtEnd });
      this.tell();
    }
  };

  /** Says what is in sight, once it stays there, to whoever scrolls with the keyboard. */
  tell() {
    clearTimeout(this.telling);
    if (document.activeElement === this.box.current) {
      this.telling = setTimeout(() => {
        const first = Math.floor(this.scroller.top) + 1;
        const last = Math.min(this.rows.count, first + Math.floor(this.scroller.inSight) - 1);
        this.props.context.announce(texts.log.inSight(first, last, this.rows.count));
      }, WHEN_STILL);
    }
  }

  go(top) {
    this.scroller.go(top);
    this.setState({ following: this.scroller.isAtEnd && this.rows.count > this.scroller.inSight });
  }

  follow = () => {
    if (this.state.following) {
      this.setState({ following: false });
    } else {
      this.scroller.go(this.scroller.last);
      this.setState({ following: true });
    }
  };

  /** #L123 */
  goToAddress = () => {
    const number = this.props.hasAddress ? Number(/^#L(\d{1,9})$/.exec(window.location.hash)?.[1] ?? 0) : 0;
    if (number > 0 && number <= this.state.outline.lines) {
      const whole = { view: "", grouping: this.state.grouping === "target" ? "phase" : this.state.grouping };
      const isOther = this.state.view !== "" || this.state.grouping !== whole.grouping;
      this.setState({ ...whole, chosen: number, following: false }, async () => {
        if (isOther) {
          await this.load();
        }
        this.reveal("", number - 1);
      });
    }
  };

  show(hit) {
    const { view, grouping } = this.state;
    if (view === "" && grouping !== "target") {
      this.reveal("", hit.line - 1);
    } else {
      this.reveal(hit.view, hit.row);
    }
  }

  reveal(view, row) {
    const part = this.rows.partOf(view, row);
    const folded = new Set(this.state.folded);
    folded.delete(part?.key);
    this.setState({ folded, following: false }, () => {
      const index = this.rows.indexOf(view, row);
      if (index >= 0) {
        this.scroller.resize(this.rows.count);
        this.scroller.go(index - this.scroller.inSight / 2);
        this.draw();
      }
    });
  }

  choose(line) {
    this.setState({ chosen: line?.number ?? null });
    if (this.props.hasAddress) {
      const { pathname, search } = window.location;
      window.history.replaceState(null, "", line ? `#L${line.number}` : pathname + search);
    }
  }

  pick(view) {
    this.matches.within(view);
    this.setState({ view, folded: new Set(), chosen: null }, () => this.polling.now());
  }

  fold(key) {
    this.setState(({ folded }) => {
      const next = new Set(folded);
      next.has(key) ? next.delete(key) : next.add(key);
      return { folded: next, following: false };
    });
  }

  foldAll() {
    this.setState(({ folded }) => ({
      folded: folded.size ? new Set() : new Set(this.rows.parts.filter((part) => part.title).map((part) => part.key)),
      following: false,
    }));
  }

  key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const actions = {
      Home: () => this.go(0),
      End: () => this.go(this.rows.count),
      f: this.follow,
      n: () => this.matches.step(1),
      N: () => this.matches.step(-1),
      "/": () => this.search.current?.focus(),
      Escape: () => this.choose(null),
    };
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  };

  render({ context, deployment, href }, { outline, loaded, failed, view, grouping, folded, following, chosen }) {
    const titles = { phase: (name) => texts.phases[name] ?? name, view: texts.log.view };
    this.rows = new Rows(partsOf({ outline, view, grouping, titles }), folded);
    const isParted = this.rows.parts.some((part) => part.title);
    return h(Section, {
      title: texts.log.title,
      id: `gd-log-${deployment.id}`,
      aside: h("span", null, [loaded && h("span", { class: "gd-quiet" }, `${texts.log.count(outline.lines)} `), h("a", { href }, texts.log.whole)]),
    }, [
      failed && h("p", { class: "gd-trouble" }, texts.offline),
      h("div", { class: "gd-log-frame" }, [
        h(LogTools, {
          input: this.search, matches: this.matches, drawn: this.state.drawn, views: outline.views, view, grouping, isParted, following, hasFolded: folded.size > 0,
          isMoving: !outline.complete,
          pick: (name) => this.pick(name), group: (name) => this.setState({ grouping: name, folded: new Set() }),
          fold: () => this.foldAll(), follow: this.follow, sought: () => this.firstInSight(),
        }),
        h("div", { class: `gd-log ${outline.complete && this.rows.count <= FEW ? "gd-log--short" : ""}`, ref: this.box, onScroll: this.scrolled, onKeyDown: this.key, tabIndex: 0, role: "log", "aria-live": "off", "aria-label": texts.log.label(outline.lines) },
          h("div", { class: "gd-log__all", style: { height: `${Scroller.height(this.rows.count)}px` } },
            h("div", { class: "gd-log__window" }, loaded && this.rows.count === 0
              ? h("p", { class: "gd-quiet gd-log__empty" }, texts.log.empty)
              : this.inSight(context, deployment)))),
        chosen !== null && h(WholeLine, { key: chosen, context, deployment, number: chosen, href: this.address(chosen), close: () => this.choose(null) }),
      ]),
    ]);
  }

  /** number of the first line in sight, from which on a search begins */
  firstInSight() {
    for (let index = Math.floor(this.scroller.top); index < this.rows.count; index += 1) {
      const { part, row } = this.rows.at(index);
      if (row !== null) {
        return this.lines.at(part.view, row)?.number ?? 1;
      }
    }
    return 1;
  }

  address(number) {
    const page = this.props.hasAddress ? window.location.pathname + window.location.search : this.props.context.deploymentHref(this.props.deployment.id);
    return `${page}#L${number}`;
  }

  inSight() {
    const { chosen, folded } = this.state;
    const top = Math.min(this.scroller?.top ?? 0, Math.max(0, this.rows.count - 1));
    const first = Math.floor(top);
    const height = this.box.current?.clientHeight ?? 0;
    const last = Math.min(this.rows.count, first + Math.ceil(height / ROW) + 1);
    const found = [];
    for (let index = first; index < last; index += 1) {
      const { part, row } = this.rows.at(index);
      found.push(row === null
        ? h(LogPart, { key: part.key, part, isFolded: folded.has(part.key), toggle: () => this.fold(part.key) })
        : h(LogLine, {
            key: `${part.view} ${row}`,
            line: this.lines.at(part.view, row),
            sought: this.matches.text,
            isFound: this.matches.isAt(this.lines.at(part.view, row)?.number),
            isChosen: chosen !== null && this.lines.at(part.view, row)?.number === chosen,
            hasTarget: part.view === "",
            address: (number) => this.address(number),
            choose: (line) => this.choose(line),
          }));
    }
    return h("div", { class: "gd-log__rows", style: { transform: `translateY(${-Math.round((top - first) * ROW)}px)` } }, found);
  }
}
