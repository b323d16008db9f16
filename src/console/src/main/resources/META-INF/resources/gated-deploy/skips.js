// What had started by itself and was not deployed, with the reason; nothing where there is none.

import { h } from "./lib/preact.js";
import { Build, Section, Table, Time } from "./parts.js";
import { texts } from "./texts.js";

export function Skips({ skips }) {
  const columns = texts.skips.columns;
  return skips.length > 0 && h(Section, { title: texts.skips.title, id: "gd-skips" }, h(Table, {
    label: texts.skips.title,
    kind: "skips",
    columns: [columns.when, columns.environment, columns.why, columns.by, columns.build],
    rows: skips.map((skip) => h("tr", { key: `${skip.at} ${skip.app} ${skip.environment}` }, [
      h("td", null, h(Time, { at: skip.at })),
      h("td", null, skip.environment),
      h("td", { class: "gd-table__text" }, skip.why),
      h("td", null, skip.by),
      h("td", null, h(Build, { build: skip.build })),
    ])),
  }));
}
