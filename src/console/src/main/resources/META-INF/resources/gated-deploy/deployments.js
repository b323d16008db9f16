// The page of all deployments: what is current, where one may go back to, what happened lately.

import { Component, h } from "./lib/preact.js";
import { Lanes } from "./lanes.js";
import { follow } from "./live.js";
import { poll } from "./polling.js";
import { Build, Forced, Section, Select, State, Table, Time, Took, Trouble, Version, Waits, personName, versionName } from "./parts.js";
import { placeName } from "./places.js";
import { Rollbacks } from "./rollbacks.js";
import { Skips } from "./skips.js";
import { texts } from "./texts.js";

const SOON = 2000;
const LATER = 10_000;
/** Of more the overview is the place to look. */
const MOST_CARDS = 24;

export class DeploymentsPage extends Component {
  state = { environments: null, lanes: [], skips: [], recent: null, older: [], next: null, trouble: null, filter: filterOfAddress(), place: placeOfAddress() };

  componentDidMount() {
    this.live = follow(this.props.context.api, this.scope, { changed: () => this.polling.hint() });
    this.polling = poll(() => this.load(), (trouble) => this.setState({ trouble }));
    window.addEventListener("hashchange", this.followAddress);
  }

  componentWillUnmount() {
    this.polling.stop();
    this.live.stop();
    window.removeEventListener("hashchange", this.followAddress);
  }

  followAddress = () => this.setState({ place: placeOfAddress() });

  /** What the host limits the page to: an application, or a job. */
  get scope() {
    const { app, job, below } = this.props.context.settings;
    return { app: app ?? appOfAddress(), job, below };
  }

  async load() {
    const { api } = this.props.context;
    const filter = this.state.filter;
    const [{ environments }, { lanes }, { skips }, page] = await Promise.all([
      api.get(["environments"], this.scope),
      api.get(["lanes"], { app: this.scope.app }),
      api.get(["skips"], { ...this.scope, environment: filter.environment }),
      api.get(["deployments"], { ...this.scope, ...filter }),
    ]);
    if (filter !== this.state.filter) {
      return 0;
    }
    this.announceChanges(environments);
    this.setState(({ older, next }) => ({ environments, lanes, skips, recent: page.deployments, next: older.length ? next : page.next, trouble: null }));
    return environments.some((e) => e.underWay.length > 0) && !this.live.isLive ? SOON : LATER;
  }

  announceChanges(environments) {
    const before = new Map((this.state.environments ?? []).flatMap((e) => e.underWay).map((d) => [d.id, d]));
    for (const e of environments) {
      for (const d of e.underWay) {
        if (before.get(d.id)?.state !== d.state && this.state.environments) {
          this.props.context.announce(texts.nowState(d));
        }
        before.delete(d.id);
      }
      if (e.current && before.has(e.current.id)) {
        this.props.context.announce(texts.nowState(e.current));
      }
    }
  }

  pick(filter) {
    this.setState(({ filter: before }) => ({ filter: { ...before, ...filter }, older: [] }), () => this.polling.now());
  }

  async showOlder() {
    const { recent, older, next, filter } = this.state;
    try {
      const page = await this.props.context.api.get(["deployments"], { ...this.scope, ...filter, before: next });
      const known = new Set([...recent, ...older].map((d) => d.id));
      this.setState({ older: [...older, ...page.deployments.filter((d) => !known.has(d.id))], next: page.next });
    } catch (trouble) {
      this.setState({ trouble });
    }
  }

  render({ context }, { environments, trouble }) {
    if (!environments) {
      return trouble
        ? h(Trouble, { problem: trouble, retry: () => this.polling.now() })
        : h("p", { class: "gd-quiet", "aria-busy": "true" }, texts.loading);
    }
    return h("div", { class: "gd-page" }, [
      context.settings.title !== "none" && h("h1", null, texts.deployments.title),
      trouble && h("p", { class: "gd-trouble", role: "alert" }, texts.offline),
      appOfAddress() && h("p", null, [h("strong", null, appOfAddress()), " ", h("a", { href: window.location.pathname }, texts.deployments.showAll)]),
      environments.length === 0 ? h(Nothing) : this.sections(),
    ]);
  }

  sections() {
    const { context } = this.props;
    const { environments, place } = this.state;
    const withCurrent = environments.filter((e) => e.current);
    const { environment } = this.state.filter;
    const chosen = withCurrent.find((e) => placeName(e) === place) ?? withCurrent.find((e) => e.environment === environment) ?? withCurrent[0];
    return [
      environments.length <= MOST_CARDS && h(Section, { title: texts.deployments.current, id: "gd-current" },
        h("ul", { class: "gd-cards" }, environments.map((e) => h(EnvironmentCard, { key: placeName(e), environment: e, context })))),
      h(Lanes, { lanes: this.state.lanes, context, changed: () => this.polling.now() }),
      chosen && h(Rollbacks, {
        key: placeName(chosen),
        context,
        places: withCurrent,
        chosen,
        pick: (name) => { window.location.hash = `rollback=${encodeURIComponent(name)}`; },
        started: () => this.polling.now(),
      }),
      this.recent(),
      h(Skips, { skips: this.state.skips }),
    ];
  }

  recent() {
    const { context } = this.props;
    const { environments, recent, older, next, filter } = this.state;
    const names = [...new Set(environments.map((e) => e.environment))];
    const rows = [...recent, ...older.filter((d) => !recent.some((r) => r.id === d.id))];
    const columns = texts.deployments.columns;
    const hasBuilds = rows.some((d) => d.build);
    return h(Section, {
      title: texts.deployments.recent,
      id: "gd-recent",
      aside: h("div", { class: "gd-picks" }, [
        h(Select, {
          label: texts.deployments.environment,
          value: filter.environment ?? "",
          options: [["", texts.deployments.allEnvironments], ...names.map((name) => [name, name])],
          onPick: (environment) => this.pick({ environment }),
        }),
        h(Select, {
          label: texts.deployments.state,
          value: filter.state ?? "",
          options: [["", texts.deployments.allStates], ...Object.entries(texts.states)],
          onPick: (state) => this.pick({ state }),
        }),
      ]),
    }, rows.length === 0 ? h("p", { class: "gd-quiet" }, texts.deployments.none) : [
      h(Table, {
        label: texts.deployments.recent,
        kind: "recent",
        columns: [columns.state, columns.number, columns.version, columns.environment, columns.who, columns.when, columns.took, hasBuilds && columns.build].filter(Boolean),
        rows: rows.map((d) => h("tr", { key: d.id }, [
          h("td", null, [h(State, { state: d.state }), " ", h(Forced, { forced: d.forced })]),
          h("td", null, h("a", { href: context.deploymentHref(d.id), "aria-label": texts.deployment.title(d) }, `#${d.number}`)),
          h("td", null, [h(Version, { deployment: d, context }), d.kind === "ROLLBACK" && h("span", { class: "gd-quiet" }, ` ${texts.kinds.ROLLBACK}`)]),
          h("td", null, d.environment),
          h("td", null, d.actor),
          h("td", null, h(Time, { at: d.times.started })),
          h("td", null, h(Took, { deployment: d })),
          hasBuilds && h("td", null, h(Build, { build: d.build })),
        ])),
      }),
      next && h("button", { class: "jenkins-button", type: "button", onClick: () => this.showOlder() }, texts.deployments.older),
    ]);
  }
}

function placeOfAddress() {
  return new URLSearchParams(window.location.hash.slice(1)).get("rollback");
}

/** A link may be about one application, or one of its environments. */
function appOfAddress() {
  return new URLSearchParams(window.location.search).get("app") ?? undefined;
}

function filterOfAddress() {
  const environment = new URLSearchParams(window.location.search).get("environment");
  return environment ? { environment } : {};
}

function Nothing() {
  return h("div", { class: "gd-empty" }, [h("p", null, texts.deployments.nothing), h("p", { class: "gd-quiet" }, texts.deployments.nothingHint)]);
}

function EnvironmentCard({ environment: e, context }) {
  return h("li", { class: "jenkins-card gd-card" }, [
    h("h3", { class: "jenkins-card__title" }, [h("span", null, e.environment), h("span", { class: "gd-quiet" }, e.app)]),
    h("div", { class: "jenkins-card__content" }, [
      e.marked && h("p", { class: "gd-trouble gd-marked" }, [texts.forced.mark, " ", h("a", { href: context.deploymentHref(e.marked.id) }, texts.forced.link(e.marked))]),
      e.current ? h(Current, { deployment: e.current, context }) : h("p", { class: "gd-quiet" }, texts.deployments.nothingHere),
      e.gates.map((gate) => h("p", { class: "gd-card__moving", key: gate.id }, [
        h(Waits, { gate }), " ", h("a", { href: context.gateHref(gate.id) }, gate.revision)])),
      e.underWay.filter((d) => !e.gates.some((gate) => gate.deployment === d.id)).map((d) => h("p", { class: "gd-card__moving", key: d.id }, [
        h(State, { state: d.state }), " ",
        h("a", { href: context.deploymentHref(d.id) }, `#${d.number} ${versionName(d.version)}`),
      ])),
      e.deploy && h("p", null, h("a", { href: e.deploy, "aria-label": texts.deployments.deployTo(e) }, texts.deployments.deploy)),
    ]),
  ]);
}

function Current({ deployment: d, context }) {
  return [
    h("p", { class: "gd-card__version" }, h("a", { href: context.deploymentHref(d.id) }, versionName(d.version))),
    h("p", null, d.version.subject || h("span", { class: "gd-quiet" }, texts.noSubject)),
    h("p", { class: "gd-quiet" }, [d.version.author && `${personName(d.version.author)}, `, h(Time, { at: d.times.ended ?? d.times.started }), ` ${texts.by} ${d.actor}`]),
    h("p", { class: "gd-quiet" }, h("code", null, d.version.release)),
  ];
}
