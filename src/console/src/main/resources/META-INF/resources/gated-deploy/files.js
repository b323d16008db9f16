// The files in which two versions differ.

import { h } from "./lib/preact.js";
import { Section } from "./parts.js";
import { texts } from "./texts.js";

const FEW = 20;

export function Files({ files, id, none }) {
  if (!files) {
    return h(Section, { title: texts.files.title, id }, h("p", { class: "gd-quiet" }, none));
  }
  const rest = files.count - files.listed.length;
  return h(Section, { title: texts.files.changed(files.count), id }, [
    !files.complete && h("p", { class: "gd-quiet" }, texts.files.incomplete),
    files.listed.length <= FEW
      ? h(List, { listed: files.listed })
      : h("details", { class: "gd-more" }, [
          h("summary", null, texts.files.show(files.listed.length)),
          h(List, { listed: files.listed }),
        ]),
    rest > 0 && h("p", { class: "gd-quiet" }, texts.files.rest(rest)),
  ]);
}

function List({ listed }) {
  return listed.length > 0 && h("ul", { class: "gd-files" }, listed.map((file) => h("li", { key: file.path }, [
    h("span", { class: `gd-files__kind gd-files__kind--${file.kind.toLowerCase()}` }, texts.files.kinds[file.kind] ?? file.kind), " ",
    h("code", null, file.path),
  ])));
}
