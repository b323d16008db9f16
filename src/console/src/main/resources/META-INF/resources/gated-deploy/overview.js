// The first page: applications by environments in one grid, and what waits for people.

import { Component, h } from "./lib/preact.js";
import { follow } from "./live.js";
import { poll } from "./polling.js";
import { Forced, Mark, State, Time, Trouble, Waits, versionName } from "./parts.js";
import { byCustom, laneHref, placeHref, placeName } from "./places.js";
import { texts } from "./texts.js";

const SOON = 2000;
const LATER = 10_000;
/** More columns than that nobody reads; what is rarer stands in a column together. */
const MOST_COLUMNS = 5;

export class OverviewPage extends Component {
  state = { environments: null, gates: [], trouble: null, ...ofAddress() };

  componentDidMount() {
    this.live = follow(this.props.context.api, {}, { changed: () => this.polling.hint() });
    this.polling = poll(() => this.load(), (trouble) => this.setState({ trouble }));
    window.addEventListener("hashchange", this.followAddress);
  }

  componentWillUnmount() {
    this.polling.stop();
    this.live.stop();
    window.removeEventListener("hashchange", this.followAddress);
  }

  followAddress = () => this.setState(ofAddress());

  async load() {
    const { api } = this.props.context;
    const [{ environments }, { gates }] = await Promise.all([api.get(["environments"]), api.get(["gates"], { open: "yes" })]);
    this.announceChanges(environments, gates);
    this.setState({ environments, gates, trouble: null });
    return environments.some((e) => e.underWay.length > 0) && !this.live.isLive ? SOON : LATER;
  }

  announceChanges(environments, gates) {
    if (!this.state.environments) {
      return;
    }
    const known = new Set(this.state.gates.map((gate) => gate.id));
    const fresh = gates.filter((gate) => gate.mayDecide && !known.has(gate.id));
    const before = new Map(this.state.environments.flatMap((e) => e.underWay).map((d) => [d.id, d.state]));
    const moved = environments.flatMap((e) => e.underWay).filter((d) => before.get(d.id) !== d.state);
    const said = [...fresh.map(texts.overview.nowWaits), ...moved.map(texts.nowState)];
    if (said.length > 0) {
      this.props.context.announce(said.join(" "));
    }
  }

  pick(change) {
    const { query, only } = { ...this.state, ...change };
    const hash = new URLSearchParams(Object.entries({ q: query, only }).filter(([, value]) => value)).toString();
    // Not a step back for each letter.
    window.history.replaceState(null, "", hash ? `#${hash}` : window.location.pathname + window.location.search);
    this.setState(change);
  }

  render({ context }, { environments, gates, trouble }) {
    if (!environments) {
      return trouble
        ? h(Trouble, { problem: trouble, retry: () => this.polling.now() })
        : h("p", { class: "gd-quiet", "aria-busy": "true" }, texts.loading);
    }
    return h("div", { class: "gd-page" }, [
      context.settings.title !== "none" && h("h1", null, texts.overview.title),
      trouble && h("p", { class: "gd-trouble", role: "alert" }, texts.offline),
      gates.length > 0 && h(Waiting, { gates, context }),
      environments.length === 0 ? h(Nothing) : this.grid(),
    ]);
  }

  grid() {
    const { environments, query, only } = this.state;
    const { context } = this.props;
    const shown = environments.filter((e) => matches(e, query) && (only !== "attention" || needsAttention(e)));
    const { columns, hasOthers } = columnsOf(environments);
    const apps = [...new Set(shown.map((e) => e.app))].sort((one, other) => one.localeCompare(other));
    return h("section", { class: "gd-section", "aria-labelledby": "gd-overview" }, [
      h("div", { class: "gd-section__head" }, [
        h("h2", { id: "gd-overview" }, texts.overview.applications(apps.length)),
        h(Picks, { query, only, pick: (change) => this.pick(change) }),
      ]),
      apps.length === 0
        ? h("p", { class: "gd-quiet" }, [texts.overview.noMatch, " ", h("button", { class: "jenkins-button", type: "button", onClick: () => this.pick({ query: "", only: "" }) }, texts.overview.showAll)])
        : h("div", { class: "gd-table gd-overview", tabIndex: 0, role: "region", "aria-label": texts.overview.title },
            h("table", { class: "jenkins-table gd-grid", role: "table" }, [
              h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, [
                h("th", { scope: "col", role: "columnheader" }, texts.overview.application),
                columns.map((name) => h("th", { scope: "col", role: "columnheader", key: name }, name)),
                hasOthers && h("th", { scope: "col", role: "columnheader" }, texts.overview.others),
              ])),
              h("tbody", { role: "rowgroup" }, apps.map((app) =>
                h(Row, { key: app, app, places: shown.filter((e) => e.app === app), columns, hasOthers, context }))),
            ])),
    ]);
  }
}

function ofAddress() {
  const parameters = new URLSearchParams(window.location.hash.slice(1));
  return { query: parameters.get("q") ?? "", only: parameters.get("only") ?? "" };
}

function matches(e, query) {
  return [e.app, e.environment].some((name) => name.toLowerCase().includes(query.trim().toLowerCase()));
}

function needsAttention(e) {
  return e.gates.length > 0 || e.failed || e.marked || e.underWay.length > 0 || e.lane;
}

/** The environments that most applications have get a column each. */
function columnsOf(environments) {
  const counts = new Map();
  environments.forEach((e) => counts.set(e.environment, (counts.get(e.environment) ?? 0) + 1));
  const names = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one) || byCustom(one, other));
  return { columns: names.slice(0, MOST_COLUMNS).sort(byCustom), hasOthers: names.length > MOST_COLUMNS };
}

function Picks({ query, only, pick }) {
  return h("div", { class: "gd-picks", role: "search" }, [
    h("label", { class: "gd-pick" }, [
      h("span", { class: "gd-quiet" }, texts.overview.filter),
      h("input", { class: "jenkins-input gd-filter", type: "search", value: query, onInput: (event) => pick({ query: event.target.value }) }),
    ]),
    h("label", { class: "gd-pick" }, [
      h("input", { type: "checkbox", checked: only === "attention", onChange: (event) => pick({ only: event.target.checked ? "attention" : "" }) }),
      h("span", null, texts.overview.attention),
    ]),
  ]);
}

/** What waits for whoever looks stands first. */
function Waiting({ gates, context }) {
  const sorted = [...gates].sort((one, other) => other.mayDecide - one.mayDecide || one.deadline.localeCompare(other.deadline));
  const mine = gates.filter((gate) => gate.mayDecide).length;
  return h("section", { class: "gd-section", "aria-labelledby": "gd-waiting" }, [
    h("div", { class: "gd-section__head" }, h("h2", { id: "gd-waiting" }, texts.overview.waiting(gates.length, mine))),
    h("ul", { class: "gd-waiting" }, sorted.map((gate) =>
      h("li", { key: gate.id, class: gate.mayDecide ? "gd-waiting__mine" : "" }, [
        h(Waits, { gate }), " ",
        h("a", { class: "gd-waiting__what", href: context.gateHref(gate.id) }, texts.gate.title(gate)), " ",
        gate.environment && gate.plan && h("span", { class: "gd-quiet" }, [gate.revision, " "]),
        h("span", { class: "gd-quiet" }, [texts.gate.closes, " ", h(Time, { at: gate.deadline })]),
      ]))),
  ]);
}

function Row({ app, places, columns, hasOthers, context }) {
  const others = places.filter((e) => !columns.includes(e.environment)).sort((one, other) => byCustom(one.environment, other.environment));
  return h("tr", { role: "row" }, [
    h("th", { scope: "row", role: "rowheader", class: "gd-grid__app" }, app),
    columns.map((name) => h(Cell, { key: name, name, found: places.filter((e) => e.environment === name), context })),
    hasOthers && h(Cell, { key: "others", name: texts.overview.others, found: others, context, named: true }),
  ]);
}

function Cell({ name, found, context, named }) {
  return h("td", { role: "cell", class: found.length ? "gd-cell" : "gd-cell gd-cell--empty", "data-label": name },
    found.length === 0
      ? h("span", { class: "gd-quiet", "aria-label": texts.overview.notThere }, "–")
      : found.map((e) => h(PlaceBox, { key: placeName(e), environment: e, context, named })));
}

function PlaceBox({ environment: e, context, named }) {
  // One that waits at a gate is told of by the gate.
  // So is one that waits in the lane, by the lane.
  const moving = e.underWay.filter((d) => !e.gates.some((gate) => gate.deployment === d.id) && !(e.lane && d.state === "QUEUED"));
  return h("div", { class: `gd-place ${e.marked ? "gd-place--marked" : ""}` }, [
    named && h("div", { class: "gd-quiet" }, e.environment),
    e.current ? h(Current, { environment: e, context }) : h("div", { class: "gd-quiet" }, texts.deployments.nothingHere),
    e.gates.map((gate) => h("div", { key: gate.id, class: "gd-place__moving" }, [
      h(Waits, { gate }), " ",
      h("a", { href: context.gateHref(gate.id), "aria-label": texts.overview.openGate(gate) }, texts.overview.look),
    ])),
    moving.map((d) => h("div", { key: d.id, class: "gd-place__moving" }, [
      h(State, { state: d.state }), " ", h("a", { href: context.deploymentHref(d.id) }, `#${d.number} ${versionName(d.version)}`),
    ])),
    e.lane && h(LaneLine, { environment: e, context }),
    e.pins.length > 0 && h("div", { class: "gd-place__moving" },
      h(Mark, { mood: "waiting", title: e.pins.map((pin) => texts.rollback.pinned(pin)).join(" ") }, texts.rollback.pinnedShort)),
    e.failed && h("div", { class: "gd-place__moving" }, [
      h(State, { state: e.failed.state }), " ",
      h("a", { href: context.deploymentHref(e.failed.id), title: e.failed.message }, `#${e.failed.number} ${versionName(e.failed.version)}`),
    ]),
    !e.current && h(History, { environment: e, context }),
    e.deploy && h("a", { href: e.deploy, "aria-label": texts.deployments.deployTo(e) }, texts.deployments.deploy),
  ]);
}

function LaneLine({ environment: e, context }) {
  const { waiting, paused } = e.lane;
  const href = laneHref(e, context);
  const words = texts.lanes.short(waiting);
  return h("div", { class: "gd-place__moving" }, [
    h(Mark, { mood: paused ? "waiting" : "still", title: paused ? texts.lanes.pausedBy(paused) : undefined }, paused ? texts.lanes.paused : texts.lanes.lane), " ",
    href ? h("a", { href, "aria-label": texts.lanes.shortLabel(e) }, words) : words,
  ]);
}

function Current({ environment, context }) {
  const { current: d, marked } = environment;
  return [
    h("div", { class: "gd-place__version" }, [
      h("a", { href: context.deploymentHref(d.id), title: d.version.release }, versionName(d.version)),
      d.version.tag && d.version.commit && h("code", { class: "gd-quiet" }, d.version.commit.slice(0, 7)),
      marked && h("a", { href: context.deploymentHref(marked.id), class: "gd-place__mark" }, h(Forced, { forced: marked.forced })),
    ]),
    h("div", { class: "gd-place__subject", title: d.version.subject }, d.version.subject || texts.noSubject),
    h("div", { class: "gd-quiet" }, [d.actor, ", ", h(Time, { at: d.times.ended ?? d.times.started }), " ", h(History, { environment, context })]),
  ];
}

function History({ environment, context }) {
  const href = placeHref(environment, context);
  return href && h("a", { class: "gd-place__all", href, "aria-label": texts.overview.history(environment) }, texts.overview.historyShort);
}

function Nothing() {
  return h("div", { class: "gd-empty" }, [h("p", null, texts.deployments.nothing), h("p", { class: "gd-quiet" }, texts.deployments.nothingHint)]);
}
