// Where one may go back to, and the question that is asked before.

import { Component, createRef, h } from "./lib/preact.js";
import { poll } from "./polling.js";
import { Build, Mark, Section, Select, Table, Time, Took, Trouble, Version, personName, versionName } from "./parts.js";
import { Reason } from "./reason.js";
import { texts } from "./texts.js";

const LOOKING = 1000;
const LATER = 30_000;
const MOST_SUBJECTS = 8;
const MOODS = { ALL: "good", SOME: "waiting", NONE: "bad", UNKNOWN: "still" };

export class Rollbacks extends Component {
  state = { list: null, trouble: null, asked: null, lifting: false };

  componentDidMount() {
    this.polling = poll(() => this.load(), (trouble) => this.setState({ trouble }));
  }

  componentDidUpdate(before) {
    if (before.chosen.current.id !== this.props.chosen.current.id) {
      this.polling.now();
    }
  }

  componentWillUnmount() {
    this.polling.stop();
  }

  async load() {
    const { app, environment } = this.props.chosen;
    const list = await this.props.context.api.get(["environments", app, environment, "rollbacks"]);
    this.setState({ list, trouble: null });
    const isLooking = list.look.state === "LOOKING" || list.candidates.some((c) => c.difference?.state === "LOOKING");
    // The question shows what becomes known while it is open.
    this.setState(({ asked }) => ({ asked: asked && (list.candidates.find((c) => c.deployment.version.release === asked.deployment.version.release) ?? asked) }));
    return isLooking ? LOOKING : LATER;
  }

  render({ context, places, chosen, pick }, { list, trouble, asked }) {
    const name = (e) => `${e.app}/${e.environment}`;
    const isOneApp = places.every((e) => e.app === places[0].app);
    return h(Section, {
      title: texts.rollback.title,
      id: "gd-rollback",
      aside: h(Select, {
        label: texts.rollback.choose,
        value: name(chosen),
        options: places.map((e) => [name(e), isOneApp ? e.environment : name(e)]),
        onPick: pick,
      }),
    }, [
      trouble && h(Trouble, { problem: trouble, retry: () => this.polling.now() }),
      !list && !trouble && h("p", { class: "gd-quiet", "aria-busy": "true" }, texts.loading),
      list && h(Look, { look: list.look }),
      list && this.pins(list),
      list && this.table(list),
      asked && h(Question, {
        context,
        place: chosen,
        candidate: asked,
        current: list.candidates.find((c) => c.current),
        targets: list.look.targets,
        close: () => this.setState({ asked: null }),
      }),
    ]);
  }

  pins(list) {
    return list.pins.length > 0 && h("div", { class: "gd-pins", role: "status" }, [
      list.pins.map((pin) => h("p", { class: "gd-trouble", key: pin.commit }, [texts.rollback.pinned(pin), " ", h(Time, { at: pin.since })])),
      list.mayRollBack && h(Reason, { button: texts.rollback.unpin, label: texts.rollback.unpin, sending: this.state.lifting, done: (why) => this.unpin(list, why) }),
    ]);
  }

  async unpin({ pins }, reason) {
    const { app, environment } = this.props.chosen;
    this.setState({ lifting: true });
    try {
      const list = await this.props.context.api.post(["environments", app, environment, "unpin"], { reason, pins: pins.map((pin) => pin.id) });
      this.setState({ list, trouble: null, lifting: false });
      this.props.context.announce(texts.rollback.unpinned);
    } catch (trouble) {
      this.setState({ trouble, lifting: false });
    }
  }

  table(list) {
    if (list.candidates.length === 0) {
      return h("p", { class: "gd-quiet" }, texts.rollback.empty);
    }
    const columns = texts.rollback.columns;
    const hasBuilds = list.candidates.some((c) => c.deployment.build);
    return h(Table, {
      label: texts.rollback.title,
      kind: hasBuilds ? "releases" : "",
      columns: [columns.version, columns.who, columns.when, columns.took, columns.difference, columns.files, hasBuilds && columns.build, columns.action].filter(Boolean),
      rows: list.candidates.map((candidate) => this.row(list, candidate, hasBuilds)),
    });
  }

  row(list, candidate, hasBuilds) {
    const { context } = this.props;
    const { deployment: d, files } = candidate;
    return h("tr", { key: d.version.release }, [
      h("td", null, [h(Version, { deployment: d, context }), h("code", { class: "gd-quiet gd-release" }, d.version.release)]),
      h("td", null, d.actor),
      h("td", null, h(Time, { at: d.times.ended ?? d.times.started })),
      h("td", null, h(Took, { deployment: d })),
      h("td", null, h(Difference, { candidate })),
      h("td", null, h(Mark, {
        mood: MOODS[files],
        title: files === "SOME" ? texts.rollback.filesDetail(candidate.on, candidate.missing) : undefined,
      }, list.look.state === "LOOKING" ? texts.rollback.looking : texts.rollback.files[files])),
      hasBuilds && h("td", null, h(Build, { build: d.build })),
      h("td", null, candidate.current
        ? h(Mark, { mood: "good" }, texts.rollback.currentMark)
        : list.mayRollBack && h("button", {
            class: "jenkins-button",
            type: "button",
            disabled: files === "NONE",
            "aria-label": texts.rollback.buttonLabel(versionName(d.version), d.environment),
            onClick: () => this.setState({ asked: candidate }),
          }, texts.rollback.button)),
    ]);
  }
}

function Difference({ candidate: { current, difference, losses } }) {
  if (current) {
    return null;
  }
  return h("span", { class: "gd-difference" }, [
    difference && (difference.state === "KNOWN"
      ? [h("span", null, texts.rollback.difference(difference)), h("span", { class: "gd-quiet" }, texts.files.count(difference.files.count))]
      : h("span", { class: "gd-quiet", title: difference.message || undefined }, texts.rollback.differences[difference.state])),
    losses.length > 0 && h(Mark, { mood: "bad", title: losses.join(" ") }, texts.rollback.losses),
  ]);
}

function Look({ look }) {
  if (look.state === "FAILED") {
    return h("p", { class: "gd-trouble" }, texts.rollback.lookFailed(look.message));
  }
  return look.unseen.length > 0 && h("p", { class: "gd-trouble" }, texts.rollback.unseen(look.unseen.join("; ")));
}

/** Asks once, and goes to the page of the deployment that has begun. */
class Question extends Component {
  // left: the targets that stay as they are. One that comes up while the question is open is gone back on too.
  state = { sending: false, trouble: null, reason: "", undo: false, left: [] };

  dialog = createRef();

  componentDidMount() {
    this.dialog.current.showModal();
  }

  async send() {
    const { context, place, candidate } = this.props;
    const { reason, undo, left } = this.state;
    const only = left.length > 0 ? { targets: this.chosen() } : {};
    this.setState({ sending: true, trouble: null });
    try {
      const begun = await context.api.post(["environments", place.app, place.environment, "rollbacks"], { release: candidate.deployment.version.release, reason, undo, ...only });
      window.location.assign(context.deploymentHref(begun.deployment.id));
    } catch (trouble) {
      this.setState({ sending: false, trouble });
    }
  }

  chosen() {
    return this.props.targets.filter((target) => !this.state.left.includes(target));
  }

  pick(target, isChosen) {
    this.setState(({ left }) => ({ left: isChosen ? left.filter((name) => name !== target) : [...left, target] }));
  }

  render({ place, candidate, current, targets, close }, { sending, trouble, reason, undo, left }) {
    const chosen = this.chosen();
    const { version } = candidate.deployment;
    const { possible, impossible, refusals } = candidate.undos;
    return h("dialog", { class: "jenkins-dialog gd-dialog", ref: this.dialog, "aria-labelledby": "gd-ask", onClose: close }, [
      h("h2", { class: "jenkins-dialog__title", id: "gd-ask" }, texts.rollback.ask(place.environment)),
      h("div", { class: "jenkins-dialog__contents" }, [
        h("p", null, texts.rollback.askText(versionName(version), place, left.length > 0 ? chosen : null)),
        h(Summary, { version }),
        current && [h("p", null, texts.rollback.replaces), h(Summary, { version: current.deployment.version })],
        h(Changes, { difference: candidate.difference }),
        candidate.losses.map((loss) => h("p", { class: "gd-trouble", key: loss }, loss)),
        impossible.map((words) => h("p", { class: "gd-trouble", key: words }, texts.rollback.undoImpossible(words))),
        refusals.map((words) => h("p", { class: "gd-trouble", key: words }, words)),
        possible.length > 0 && refusals.length === 0 && h("div", { class: "gd-undo" }, [
          h("label", { class: "gd-pick" }, [
            h("input", { type: "checkbox", id: "gd-undo", checked: undo, onChange: (event) => this.setState({ undo: event.target.checked }) }),
            h("span", null, texts.rollback.undo),
          ]),
          h("ol", { class: "gd-undo__tasks" }, possible.map((words) => h("li", { key: words }, h("code", null, words)))),
          h("p", { class: "gd-quiet" }, texts.rollback.undoNote),
        ]),
        candidate.files === "SOME" && h("p", { class: "gd-quiet" }, texts.rollback.filesGone),
        h("label", { class: "gd-reason", for: "gd-reason" }, texts.rollback.reason),
        h("input", { id: "gd-reason", class: "jenkins-input gd-reason__input", type: "text", maxLength: 1000, value: reason, autoComplete: "off", onInput: (event) => this.setState({ reason: event.target.value }) }),
        targets.length > 1 && h(Rare, { targets, chosen, pick: (target, isChosen) => this.pick(target, isChosen) }),
        trouble && h(Trouble, { problem: trouble }),
      ]),
      h("div", { class: "jenkins-dialog__buttons" }, [
        h("button", { class: "jenkins-button jenkins-button--primary", type: "button", disabled: sending || (targets.length > 0 && chosen.length === 0), onClick: () => this.send() }, sending ? texts.rollback.starts : texts.rollback.button),
        h("button", { class: "jenkins-button", type: "button", disabled: sending, onClick: () => this.dialog.current.close() }, texts.rollback.cancel),
      ]),
    ]);
  }
}

/** What few ask for, out of the way of the others. */
function Rare({ targets, chosen, pick }) {
  return h("details", { class: "gd-more gd-rare" }, [
    h("summary", null, texts.rollback.more),
    h("fieldset", { class: "gd-targets" }, [
      h("legend", null, texts.rollback.onlyTargets),
      targets.map((target) => h("label", { class: "gd-pick", key: target }, [
        h("input", { type: "checkbox", name: "target", value: target, checked: chosen.includes(target), onChange: (event) => pick(target, event.target.checked) }),
        h("code", null, target),
      ])),
      chosen.length === 0 && h("p", { class: "gd-trouble", role: "alert" }, texts.rollback.noTarget),
      chosen.length < targets.length && chosen.length > 0 && h("p", { class: "gd-quiet" }, texts.rollback.othersStay),
    ]),
  ]);
}

/** Which commits go, and which come: going back may also be going forward, or to another branch. */
function Changes({ difference }) {
  if (!difference) {
    return null;
  }
  if (difference.state !== "KNOWN") {
    return h("p", { class: "gd-quiet" }, [texts.rollback.differences[difference.state], difference.message && ` ${difference.message}`]);
  }
  const { takesBack, brings, files } = difference;
  return h("div", { class: "gd-changes" }, [
    takesBack.count > 0 && [h("p", null, texts.rollback.takesBack(takesBack.count, takesBack.complete)), h(Subjects, { commits: takesBack })],
    brings.count > 0 && [h("p", null, texts.rollback.brings(brings.count, brings.complete)), h(Subjects, { commits: brings })],
    takesBack.count + brings.count === 0 && h("p", null, texts.rollback.noCommits),
    h("p", { class: "gd-quiet" }, texts.files.differ(files.count)),
  ]);
}

function Subjects({ commits: { count, listed } }) {
  const shown = listed.slice(0, MOST_SUBJECTS);
  return h("ul", { class: "gd-commits gd-changes__commits" }, [
    shown.map((commit) => h("li", { key: commit.id }, [h("code", null, commit.id.slice(0, 7)), " ", commit.subject, " ", h("span", { class: "gd-quiet" }, commit.author && personName(commit.author))])),
    count > shown.length && h("li", { class: "gd-quiet" }, texts.rollback.moreCommits(count - shown.length)),
  ]);
}

function Summary({ version }) {
  return h("blockquote", { class: "gd-summary" }, [
    h("strong", null, versionName(version)), " ", version.subject,
    version.author && h("span", { class: "gd-quiet" }, ` ${texts.by} ${personName(version.author)}`),
    h("div", { class: "gd-quiet" }, h("code", null, version.release)),
  ]);
}
