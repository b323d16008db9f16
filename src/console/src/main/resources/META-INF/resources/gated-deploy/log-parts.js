// What a log is made of: its tools, the titles of its parts, its lines.

import { Component, h } from "./lib/preact.js";
import { parse, pieces } from "./ansi.js";
import { Select } from "./parts.js";
import { severity } from "./severity.js";
import { clock, exactly } from "./times.js";
import { texts } from "./texts.js";

export function LogTools({ input, matches, views, view, grouping, isParted, following, hasFolded, isMoving, pick, group, fold, follow, sought }) {
  const t = texts.log;
  return h("div", { class: "gd-log-tools", role: "group", "aria-label": t.tools }, [
    h("div", { class: "gd-log-search", role: "search" }, [
      h("input", {
        ref: input, class: "jenkins-input", type: "search", placeholder: t.search, "aria-label": t.searchLabel, maxLength: 200,
        onInput: (event) => matches.look(event.target.value, sought()),
        onKeyDown: (event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            matches.step(event.shiftKey ? -1 : 1);
          }
        },
      }),
      h("span", { class: "gd-quiet gd-log-search__count", role: "status" }, matches.text ? t.found(matches.place, matches.count, matches.busy) : ""),
      h("button", { class: "jenkins-button gd-log-button", type: "button", disabled: matches.count === 0, "aria-label": t.previous, title: t.previous, onClick: () => matches.step(-1) }, "↑"),
      h("button", { class: "jenkins-button gd-log-button", type: "button", disabled: matches.count === 0, "aria-label": t.next, title: t.next, onClick: () => matches.step(1) }, "↓"),
    ]),
    h("div", { class: "gd-log-tools__rest" }, [
      views.length > 1 && h(Select, { label: t.target, value: view, options: [["", t.allTargets], ...views.map((v) => [v.target, `${t.view(v.target)} (${t.number(v.rows)})`])], onPick: pick }),
      views.length > 1 && !view && h(Select, { label: t.grouping, value: grouping, options: [["phase", t.byPhase], ["target", t.byTarget]], onPick: group }),
      isParted && h("button", { class: "jenkins-button gd-log-button", type: "button", onClick: fold }, hasFolded ? t.unfold : t.fold),
      isMoving && h("button", { class: "jenkins-button gd-log-button", type: "button", "aria-pressed": String(following), onClick: follow }, t.follow),
    ]),
  ]);
}

export function LogPart({ part, isFolded, toggle }) {
  return h("div", { class: "gd-log__part" },
    h("button", { type: "button", "aria-expanded": String(!isFolded), onClick: toggle }, [
      h("span", { class: "gd-log__fold", "aria-hidden": "true" }, isFolded ? "▸" : "▾"),
      part.title, " ",
      h("span", { class: "gd-quiet" }, texts.log.count(part.to - part.from)),
    ]));
}

export function LogLine({ line, sought, isFound, isChosen, hasTarget, address, choose }) {
  if (!line) {
    return h("div", { class: "gd-log__line" }, h("span", { class: "gd-log__text gd-quiet" }, "…"));
  }
  const kinds = [severity(parse(line.text).plain), isFound && "found", isChosen && "chosen"].filter(Boolean);
  return h("div", { class: ["gd-log__line", ...kinds.map((kind) => `gd-log__line--${kind}`)].join(" ") }, [
    h("a", {
      class: "gd-log__number", href: address(line.number), tabIndex: -1, "aria-label": texts.log.line(line.number),
      onClick: (event) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
          event.preventDefault();
          choose(line);
        }
      },
    }, line.number),
    h("time", { dateTime: line.time, title: line.time && exactly(line.time) }, line.time ? clock(line.time) : ""),
    hasTarget && line.target && h("span", { class: "gd-log__target" }, line.target),
    h("span", { class: "gd-log__text" }, [
      h(Text, { text: line.text, sought }),
      line.cut > 0 && h("button", { class: "gd-log__more", type: "button", onClick: () => choose(line) }, texts.log.cut(line.cut)),
    ]),
  ]);
}

function Text({ text, sought }) {
  return pieces(text, sought).map((piece) =>
    piece.hit ? h("mark", { class: piece.classes }, piece.text) : piece.classes ? h("span", { class: piece.classes }, piece.text) : piece.text);
}

/** One line with everything in it, however long, and its address. */
export class WholeLine extends Component {
  state = { line: null, copied: false };

  async componentDidMount() {
    const { context, deployment, number } = this.props;
    try {
      const { lines } = await context.api.get(["deployments", deployment.id, "log", "lines"], { from: number - 1, count: 1, whole: "yes" });
      this.setState({ line: lines[0] });
    } catch {
      this.props.close();
    }
  }

  async copy() {
    await navigator.clipboard.writeText(new URL(this.props.href, window.location.href).href);
    this.setState({ copied: true });
    this.props.context.announce(texts.log.copied);
  }

  render({ number, href, close }, { line, copied }) {
    const t = texts.log;
    return h("div", { class: "gd-log-line", role: "region", "aria-label": t.line(number) }, [
      h("div", { class: "gd-log-line__head" }, [
        h("strong", null, t.line(number)),
        line?.time && h("span", { class: "gd-quiet" }, exactly(line.time)),
        line?.target && h("span", { class: "gd-log__target" }, line.target),
        h("span", { class: "gd-log-line__buttons" }, [
          // Browsers let pages copy where nobody on the way can have changed them.
          navigator.clipboard
            ? h("button", { class: "jenkins-button gd-log-button", type: "button", onClick: () => this.copy() }, copied ? t.copied : t.copy)
            : h("a", { href }, t.link),
          h("button", { class: "jenkins-button gd-log-button", type: "button", onClick: close }, t.close),
        ]),
      ]),
      line && h("pre", { class: "gd-log-line__text", tabIndex: 0 }, h(Text, { text: line.text, sought: "" })),
    ]);
  }
}
