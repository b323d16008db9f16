// Where deployments wait for one another, and what people may do about it.

import { Component, h } from "./lib/preact.js";
import { Mark, Section, Table, Time, Trouble } from "./parts.js";
import { placeName } from "./places.js";
import { Reason } from "./reason.js";
import { texts } from "./texts.js";

/** lanes: as the API has them; changed: called when somebody has done something */
export class Lanes extends Component {
  state = { trouble: null, sending: false };

  /** Whoever comes for a lane need not look for it. */
  componentDidMount() {
    const wanted = new URLSearchParams(window.location.hash.slice(1)).get("lane");
    [...document.querySelectorAll("[data-lane]")].find((lane) => lane.dataset.lane === wanted)?.scrollIntoView();
  }

  async send(lane, what, body, said) {
    const { context, changed } = this.props;
    this.setState({ sending: true, trouble: null });
    try {
      await context.api.post(["lanes", lane.app, lane.environment, what], body);
      context.announce(said);
      this.setState({ sending: false });
    } catch (trouble) {
      this.setState({ sending: false, trouble });
    }
    changed();
  }

  render({ lanes, context }, { trouble, sending }) {
    return lanes.length > 0 && h(Section, { title: texts.lanes.title, id: "gd-lanes" }, [
      trouble && h(Trouble, { problem: trouble }),
      lanes.map((lane) => h(Lane, {
        key: placeName(lane),
        lane,
        context,
        sending,
        send: (what, body, said) => this.send(lane, what, body, said),
      })),
    ]);
  }
}

function Lane({ lane, context, sending, send }) {
  const columns = texts.lanes.columns;
  const rows = [...(lane.holder ? [{ entry: lane.holder, place: 0 }] : []), ...lane.waiting.map((entry, i) => ({ entry, place: i + 1 }))];
  return h("div", { class: "gd-lane", "data-lane": placeName(lane) }, [
    h("h3", null, [texts.lanes.name(lane), " ", lane.paused && h(Mark, { mood: "waiting" }, texts.lanes.paused)]),
    lane.paused && h("p", null, [texts.lanes.pausedBy(lane.paused), " ", h("span", { class: "gd-quiet" }, h(Time, { at: lane.paused.since }))]),
    rows.length === 0 ? h("p", { class: "gd-quiet" }, texts.lanes.empty) : h(Table, {
      label: texts.lanes.name(lane),
      kind: "lane",
      columns: [columns.place, columns.what, columns.who, columns.since, columns.expected, columns.actions],
      rows: rows.map(({ entry, place }) => h("tr", { key: entry.id }, [
        h("td", null, place === 0 ? h(Mark, { mood: "moving" }, texts.lanes.turn) : place),
        h("td", null, h(What, { entry, context })),
        h("td", null, entry.who || "–"),
        h("td", null, h(Time, { at: entry.turn ?? entry.since })),
        h("td", null, place === 0 ? "–" : h(Expected, { entry, lane })),
        h("td", null, h("div", { class: "gd-buttons" }, [
          lane.mayManage && place > 1 && h("button", {
            class: "jenkins-button",
            type: "button",
            disabled: sending,
            "aria-label": texts.lanes.frontLabel(entry),
            onClick: () => send("moves", { entry: entry.id, place: 1 }, texts.lanes.moved(entry)),
          }, texts.lanes.front),
          entry.mayCancel && h(Reason, {
            button: texts.lanes.cancel,
            label: texts.lanes.cancelLabel(entry),
            sending,
            done: (why) => send("cancellations", { entry: entry.id, why }, texts.lanes.cancelled(entry)),
          }),
        ])),
      ])),
    }),
    lane.mayManage && h("div", { class: "gd-buttons gd-lane__acts" }, lane.paused
      ? h("button", {
          class: "jenkins-button",
          type: "button",
          disabled: sending,
          "aria-label": texts.lanes.resumeLabel(lane),
          onClick: () => send("resumptions", {}, texts.lanes.resumed(lane)),
        }, texts.lanes.resume)
      : h(Reason, {
          button: texts.lanes.pause,
          label: texts.lanes.pauseLabel(lane),
          sending,
          required: true,
          done: (why) => send("pauses", { why }, texts.lanes.nowPaused(lane)),
        })),
  ]);
}

function What({ entry, context }) {
  if (!entry.title) {
    return h("span", { class: "gd-quiet" }, texts.lanes.hidden);
  }
  return entry.deployment ? h("a", { href: context.deploymentHref(entry.deployment) }, entry.title) : entry.title;
}

function Expected({ entry, lane }) {
  return [
    entry.expected ? h(Time, { at: entry.expected }) : h("span", { class: "gd-quiet" }, lane.paused ? texts.lanes.afterPause : texts.lanes.unknown),
    entry.until && h("div", { class: "gd-quiet" }, [texts.lanes.until, " ", h(Time, { at: entry.until })]),
  ];
}
