// The log of a deployment, from its last lines on, and each line as it comes.

import { Component, createRef, h } from "./lib/preact.js";
import { poll } from "./polling.js";
import { Section } from "./parts.js";
import { clock, exactly } from "./times.js";
import { texts } from "./texts.js";

const TAIL = -200_000;
const SOON = 1000;
const MORE = 50;
/** More lines than that are in the whole log, which is a link away. */
const MOST_LINES = 5000;

export class LogView extends Component {
  state = { lines: [], first: null, failed: false, following: true };

  box = createRef();

  componentDidMount() {
    let from = TAIL;
    this.polling = poll(async () => {
      const { context, deployment } = this.props;
      const piece = await context.api.get(["deployments", deployment.id, "log"], { from });
      from = piece.next;
      this.setState(({ lines, first }) => ({
        lines: piece.lines.length ? [...lines, ...piece.lines].slice(-MOST_LINES) : lines,
        first: first ?? piece.from,
        failed: false,
      }));
      return piece.complete ? null : piece.next < piece.size && piece.lines.length > 0 ? MORE : SOON;
    }, () => this.setState({ failed: true }));
  }

  componentWillUnmount() {
    this.polling.stop();
  }

  componentDidUpdate(_, before) {
    if (this.state.following && before.lines !== this.state.lines) {
      this.box.current.scrollTop = this.box.current.scrollHeight;
    }
  }

  shouldComponentUpdate(props, state) {
    return state !== this.state || props.deployment.id !== this.props.deployment.id;
  }

  /** Who scrolls up wants to read; who scrolls to the end wants to follow again. */
  scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = this.box.current;
    const following = scrollHeight - scrollTop - clientHeight < 4;
    if (following !== this.state.following) {
      this.setState({ following });
    }
  };

  render({ deployment, href }, { lines, first, failed }) {
    const isCut = first > 0 || lines.length === MOST_LINES;
    return h(Section, {
      title: texts.log.title,
      id: `gd-log-${deployment.id}`,
      aside: h("span", null, [isCut && h("span", { class: "gd-quiet" }, `${texts.log.earlier} `), h("a", { href }, texts.log.whole)]),
    }, [
      failed && h("p", { class: "gd-trouble" }, texts.offline),
      h("div", { class: "gd-log", ref: this.box, onScroll: this.scrolled, tabIndex: 0, role: "log", "aria-live": "off", "aria-label": texts.log.label },
        lines.length === 0
          ? h("p", { class: "gd-quiet" }, texts.log.empty)
          : lines.map((line) => h("div", { class: "gd-log__line" }, [
              h("time", { dateTime: line.time, title: line.time && exactly(line.time) }, line.time ? clock(line.time) : ""),
              line.target && h("span", { class: "gd-log__target" }, line.target),
              h("span", { class: "gd-log__text" }, line.text),
            ]))),
    ]);
  }
}
