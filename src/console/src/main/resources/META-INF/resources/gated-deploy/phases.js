// How far a deployment has come: its phases one after the other, with how long each took.

import { h } from "./lib/preact.js";
import { Section } from "./parts.js";
import { duration, exactly } from "./times.js";
import { texts } from "./texts.js";

/** What comes as a rule. Shown ahead while a deployment goes on; what it does not need it passes by. */
const AHEAD = ["checks", "files", "switch", "health", "end"];
const GOING_BACK = "going back";

function ahead(phases, deployment) {
  const names = phases.map((phase) => phase.name);
  if (deployment.ended || names.includes(GOING_BACK)) {
    return [];
  }
  const furthest = Math.max(...AHEAD.map((name, index) => (names.includes(name) ? index : -1)));
  return AHEAD.slice(furthest + 1).map((name) => ({ name, standing: "AHEAD", begun: null, durationMillis: null }));
}

export function Phases({ phases, deployment }) {
  return h(Section, { title: texts.deployment.timeline, id: `gd-timeline-${deployment.id}` },
    h("ol", { class: "gd-phases" }, [...phases, ...ahead(phases, deployment)].map((phase, index) =>
      h("li", { key: `${index} ${phase.name}`, class: `gd-phase gd-phase--${phase.standing.toLowerCase()}`, "aria-current": phase.standing === "CURRENT" ? "step" : null }, [
        h("span", { class: "gd-phase__name" }, texts.phases[phase.name] ?? phase.name),
        h("span", { class: "gd-unseen" }, ` ${texts.standings[phase.standing]} `),
        phase.begun && h("span", { class: "gd-phase__took", title: exactly(phase.begun) },
          duration(phase.durationMillis ?? Date.now() - Date.parse(phase.begun))),
      ]))));
}
