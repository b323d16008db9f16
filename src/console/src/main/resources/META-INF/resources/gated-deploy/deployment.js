// The page of one deployment; or of all that one build of the host asked for.

import { Component, h } from "./lib/preact.js";
import { follow } from "./live.js";
import { poll } from "./polling.js";
import { Build, Forced, Mark, Problems, Section, State, Table, Time, Took, Trouble, personName } from "./parts.js";
import { GateBox } from "./gate.js";
import { LogView } from "./log.js";
import { Phases } from "./phases.js";
import { duration } from "./times.js";
import { texts } from "./texts.js";

const SOON = 1500;
const LATER = 15_000;
const SECOND = 1000;

export class DeploymentPage extends Component {
  state = { all: null, gates: [], trouble: null };

  componentDidMount() {
    const { api, settings } = this.props.context;
    this.polling = poll(() => this.load(), (trouble) => this.setState({ trouble }));
    this.live = follow(api, settings.deployment ? { deployment: settings.deployment } : { job: settings.job, build: settings.build }, {
      changed: () => this.polling.now(),
      grown: ({ deployment }) => this.growths.get(deployment)?.(),
    });
    // For what has been going on for how long.
    this.ticking = setInterval(() => !document.hidden && this.isMoving && this.setState({}), SECOND);
  }

  componentWillUnmount() {
    this.polling.stop();
    this.live.stop();
    clearInterval(this.ticking);
  }

  growths = new Map();

  /** Calls a log's function whenever it has grown; returns what ends that. */
  onGrowth = (id, grown) => {
    this.growths.set(id, grown);
    return () => this.growths.delete(id);
  };

  get isMoving() {
    return this.state.all?.some((d) => !d.deployment.ended) ?? false;
  }

  async load() {
    const { api, announce, settings } = this.props.context;
    const ofBuild = { job: settings.job, build: settings.build };
    const ids = settings.deployment
      ? [settings.deployment]
      : (await api.get(["deployments"], ofBuild)).deployments.map((d) => d.id).reverse();
    const all = await Promise.all(ids.map((id) => api.get(["deployments", id])));
    const gates = settings.deployment ? [] : (await api.get(["gates"], ofBuild)).gates.filter((gate) => !gate.deployment);
    for (const { deployment } of all) {
      const before = this.state.all?.find((d) => d.deployment.id === deployment.id);
      if (before && before.deployment.state !== deployment.state) {
        announce(texts.nowState(deployment));
      }
    }
    this.setState({ all, gates, trouble: null });
    const isOver = all.every((d) => d.deployment.ended) && gates.every((gate) => gate.standing !== "OPEN");
    // A build may ask for another one; one deployment that has ended is what it is.
    if (isOver && settings.deployment) {
      this.live.stop();
      return null;
    }
    return isOver || this.live.isLive ? LATER : SOON;
  }

  render({ context }, { all, gates, trouble }) {
    if (!all) {
      return trouble
        ? h(Trouble, { problem: trouble, retry: trouble.status === 404 ? null : () => this.polling.now() })
        : h("p", { class: "gd-quiet", "aria-busy": "true" }, texts.loading);
    }
    const changed = () => this.polling.now();
    return h("div", { class: "gd-page" }, [
      context.deploymentsHref && h("p", null, h("a", { href: context.deploymentsHref }, `← ${texts.deployment.back}`)),
      trouble && h("p", { class: "gd-trouble", role: "alert" }, texts.offline),
      gates.map((gate) => h(GateBox, { key: gate.id, gate, context, changed })),
      all.map((details) => h(Deployment, {
        key: details.deployment.id, details, context, changed,
        log: { onGrowth: this.onGrowth, isLive: () => this.live.isLive, hasAddress: Boolean(context.settings.deployment) },
      })),
    ]);
  }
}

function Deployment({ details, context, changed, log }) {
  const { deployment: d, gate } = details;
  return h("article", { class: "gd-deployment" }, [
    h("h1", { class: "gd-title" }, [texts.deployment.title(d), " ", h("span", { class: "gd-quiet" }, texts.deployment.where(d)), " ", h(State, { state: d.state }), " ", h(Forced, { forced: d.forced })]),
    d.forced && h("p", { class: "gd-trouble" }, texts.forced.by(d)),
    d.message && h("p", { class: "gd-lead" }, d.message),
    gate && h(GateBox, { gate, context, changed }),
    h(Problemlist, { problems: details.problems }),
    h(Phases, { phases: details.phases, deployment: d }),
    h(Targets, { targets: details.targets, deployment: d }),
    h(LogView, { context, deployment: d, href: context.api.address(["deployments", d.id, "log.txt"]), ...log }),
    h("div", { class: "gd-columns" }, [h(What, { details }), h(Recorded, { events: details.events, deployment: d })]),
    details.commits && h(Commits, { commits: details.commits }),
  ]);
}

function Problemlist({ problems }) {
  return problems.length > 0 && h(Section, { title: texts.deployment.problems, id: "gd-problems" }, h(Problems, { problems }));
}

function What({ details }) {
  const { deployment: d } = details;
  const t = texts.deployment;
  const rows = [
    [t.release, d.version.release && h("code", null, d.version.release)],
    [t.commit, d.version.commit && h("code", null, d.version.commit)],
    [t.tag, d.version.tag],
    [t.subject, d.version.subject],
    [t.author, d.version.author],
    [t.ref, d.version.ref],
    [t.who, d.actor],
    [t.reason, d.reason],
    [t.approvedBy, details.approvers],
    [t.build, d.build && h(Build, { build: d.build })],
    [t.started, h(Time, { at: d.times.started })],
    [t.took, h(Took, { deployment: d })],
  ];
  return h(Section, { title: t.what, id: `gd-what-${d.id}` },
    h("dl", { class: "gd-facts" }, rows.filter(([, value]) => value).map(([name, value]) => [h("dt", null, name), h("dd", null, value)])));
}

/** What the history has of it, with what was said then. */
function Recorded({ events, deployment }) {
  const last = events.length - 1;
  return h(Section, { title: texts.deployment.recorded, id: `gd-recorded-${deployment.id}` },
    h("ol", { class: "gd-timeline" }, events.map((event, index) =>
      h("li", { class: index === last && !deployment.ended ? "gd-timeline__now" : "" }, [
        h(State, { state: event.state }), " ",
        h(Time, { at: event.time }),
        event.message && h("div", null, event.message),
      ]))));
}

function Targets({ targets, deployment }) {
  const t = texts.deployment;
  return h(Section, { title: t.targets, id: `gd-targets-${deployment.id}` }, targets.length === 0
    ? h("p", { class: "gd-quiet" }, t.noTargets)
    : h(Table, {
        label: t.targets,
        kind: "targets",
        columns: [t.target, t.targetState, t.targetCurrent, deployment.ended ? t.targetMessage : t.targetDoing],
        rows: targets.map((target) => h("tr", { key: target.target }, [
          h("td", null, target.target),
          h("td", null, h(TargetState, { target, deployment })),
          h("td", null, target.current ? h("code", null, target.current) : "–"),
          h("td", { class: "gd-table__text" }, [
            deployment.ended ? target.message : texts.phases[target.message] ?? target.message,
            target.since && h("span", { class: "gd-quiet" }, ` ${duration(Date.now() - Date.parse(target.since))}`),
          ]),
        ])),
      }));
}

function TargetState({ target, deployment }) {
  const t = texts.deployment;
  if (target.standing === "FAILED") {
    return h(Mark, { mood: "bad" }, target.current ? (target.wanted ? t.targetFailed : t.targetFailedOther) : t.targetFailed);
  }
  if (target.standing === "WORKING") {
    return h(Mark, { mood: "moving" }, t.targetWorking);
  }
  if (target.wanted) {
    return h(Mark, { mood: "good" }, t.targetOk);
  }
  const isAsWished = deployment.state !== "SUCCEEDED";
  return h(Mark, { mood: target.current && !isAsWished ? "waiting" : "still" }, target.current ? t.targetOther : t.targetUnknown);
}

function Commits({ commits }) {
  const { count, complete, listed } = commits;
  return h(Section, { title: texts.deployment.commits(count), id: "gd-commits" }, [
    !complete && h("p", { class: "gd-quiet" }, texts.deployment.commitsIncomplete),
    listed.length < count && h("p", { class: "gd-quiet" }, texts.deployment.commitsListed(listed.length)),
    h("ul", { class: "gd-commits" }, listed.map((commit) => h("li", { key: commit.id }, [
      h("code", null, commit.id.slice(0, 7)), " ", commit.subject, " ",
      h("span", { class: "gd-quiet" }, [personName(commit.author), " ", h(Time, { at: commit.time })]),
    ]))),
  ]);
}
