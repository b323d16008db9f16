// Small parts that pages share. Texts go in as texts: nothing here makes markup of data.

import { h } from "./lib/preact.js";
import { ago, duration, exactly } from "./times.js";
import { texts } from "./texts.js";

const MOODS = {
  SUCCEEDED: "good",
  APPROVED: "good",
  FAILED: "bad",
  ROLLED_BACK: "bad",
  INTERRUPTED: "bad",
  REJECTED: "bad",
  TIMED_OUT: "bad",
  CANCELLED: "still",
  QUEUED: "still",
  HELD: "waiting",
  OPEN: "waiting",
};

export function State({ state }) {
  return h("span", { class: `gd-state gd-state--${MOODS[state] ?? "moving"}` }, texts.states[state] ?? state);
}

export function Standing({ standing }) {
  return h("span", { class: `gd-state gd-state--${MOODS[standing]}` }, texts.gate.standings[standing] ?? standing);
}

/** Whether a gate waits for whoever looks, or for somebody else. */
export function Waits({ gate }) {
  return h("span", { class: `gd-state gd-state--waiting ${gate.mayDecide ? "gd-state--mine" : ""}` }, gate.mayDecide ? texts.gate.waitsForYou : texts.gate.standings.OPEN);
}

export function Mark({ mood, title, children }) {
  return h("span", { class: `gd-state gd-state--${mood}`, title }, children);
}

/** Says in red that problems were forced; nothing where none were. */
export function Forced({ forced }) {
  return forced && h(Mark, { mood: "bad", title: texts.forced.title(forced) }, texts.forced.word);
}

export function Time({ at }) {
  return at ? h("time", { class: "gd-time", dateTime: at, title: exactly(at), "data-exactly": exactly(at) }, ago(at)) : "–";
}

export function Took({ deployment }) {
  const { durationMillis, started } = deployment.times;
  return durationMillis === null
    ? `${duration(Date.now() - Date.parse(started))} ${texts.soFar}`
    : duration(durationMillis);
}

/** How people call a version: its tag, else the first digits of its commit, else what was asked for. */
export function versionName(version) {
  return version.tag || version.commit.slice(0, 7) || version.ref;
}

export function Version({ deployment, context }) {
  const { version, id } = deployment;
  return h("span", { class: "gd-version" }, [
    h("a", { class: "gd-version__name", href: context.deploymentHref(id) }, versionName(version)),
    h("span", { class: "gd-version__subject" }, version.subject),
    version.author && h("span", { class: "gd-quiet gd-version__author" }, `${texts.by} ${personName(version.author)}`),
  ]);
}

/** "Ada Example" of "Ada Example <ada@example.org>" */
export function personName(identity) {
  return identity.replace(/\s*<[^>]*>\s*$/, "") || identity;
}

/** Only addresses of the web are links, whatever the host says. */
export function Build({ build }) {
  if (!build) {
    return "–";
  }
  return build.href && /^(https?:\/\/|\/(?!\/))/.test(build.href) ? h("a", { href: build.href }, build.name) : build.name;
}

export function Trouble({ problem, retry }) {
  return h("div", { class: "gd-trouble", role: "alert" }, [
    h("p", null, problem.message),
    h(Problems, { problems: problem.problems ?? [] }),
    retry && h("button", { class: "jenkins-button", type: "button", onClick: retry }, texts.tryAgain),
  ]);
}

export function Problems({ problems }) {
  return (
    problems.length > 0 &&
    h("ul", { class: "gd-problems" }, problems.map((p) =>
      h("li", { class: `gd-problem gd-problem--${p.severity.toLowerCase()}` }, [
        h("strong", null, `${p.forced ? texts.forced.word : texts.severities[p.severity] ?? p.severity}: `),
        p.place && h("code", null, `${p.place} `),
        p.message,
        p.mend && h("div", null, `→ ${p.mend}`),
        h("div", { class: "gd-quiet" }, p.id),
      ]),
    ))
  );
}

export function Section({ title, id, children, aside }) {
  return h("section", { class: "gd-section", "aria-labelledby": id }, [
    h("div", { class: "gd-section__head" }, [h("h2", { id }, title), aside]),
    children,
  ]);
}

/** Where a page is too narrow for columns, the style sheet puts the cells of a row below each other, each with its column's name. */
function named(columns, rows) {
  rows.flat().filter(Boolean).forEach((row) => {
    [row.props.children].flat().filter(Boolean).forEach((cell, i) => { cell.props["data-label"] = columns[i]; });
  });
  return rows;
}

/** A table that may be wider than its page scrolls by itself, with the keyboard too. */
/** kind: ends the name of a class by which the style sheet knows which columns go first when there is little room */
export function Table({ label, columns, rows, kind }) {
  return h("div", { class: "gd-table", tabIndex: 0, role: "region", "aria-label": label },
    h("table", { class: `jenkins-table gd-table__table ${kind ? `gd-table__table--${kind}` : ""}` }, [
      h("thead", null, h("tr", null, columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", null, named(columns, rows)),
    ]),
  );
}

export function Select({ label, value, options, onPick }) {
  return h("label", { class: "gd-pick" }, [
    h("span", { class: "gd-quiet" }, label),
    h("div", { class: "jenkins-select" },
      h("select", { class: "jenkins-select__input", value, onChange: (event) => onPick(event.target.value) },
        options.map(([name, text]) => h("option", { value: name, selected: name === value }, text)))),
  ]);
}
