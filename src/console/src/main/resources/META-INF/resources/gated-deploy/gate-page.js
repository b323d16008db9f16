// The page of one gate: what will change, what was found, what to look at, and the decision.

import { Component, h } from "./lib/preact.js";
import { follow } from "./live.js";
import { poll } from "./polling.js";
import { Build, Problems, Section, Standing, Table, Time, Trouble, personName } from "./parts.js";
import { GateBox } from "./gate.js";
import { Files } from "./files.js";
import { texts } from "./texts.js";

const SOON = 2000;
const LATER = 30_000;

export class GatePage extends Component {
  state = { gate: null, trouble: null };

  componentDidMount() {
    const { api, settings } = this.props.context;
    this.live = follow(api, { gate: settings.gate }, { changed: () => this.polling.now() });
    this.polling = poll(() => this.load(), (trouble) => this.setState({ trouble }));
  }

  componentWillUnmount() {
    this.polling.stop();
    this.live.stop();
  }

  async load() {
    const { api, announce, settings } = this.props.context;
    const gate = await api.get(["gates", settings.gate]);
    const before = this.state.gate;
    if (before && (before.standing !== gate.standing || before.decisions.length !== gate.decisions.length)) {
      announce(texts.gate.now(gate));
    }
    this.setState({ gate, trouble: null });
    return gate.standing === "OPEN" && !this.live.isLive ? SOON : LATER;
  }

  render({ context }, { gate, trouble }) {
    if (!gate) {
      return trouble
        ? h(Trouble, { problem: trouble, retry: trouble.status === 404 ? null : () => this.polling.now() })
        : h("p", { class: "gd-quiet", "aria-busy": "true" }, texts.loading);
    }
    const { overviewHref, deploymentsHref } = context;
    const back = overviewHref ?? deploymentsHref;
    return h("div", { class: "gd-page" }, [
      back && h("p", null, h("a", { href: back }, `← ${overviewHref ? texts.overview.title : texts.deployment.back}`)),
      trouble && h("p", { class: "gd-trouble", role: "alert" }, texts.offline),
      h("h1", { class: "gd-title" }, [texts.gate.title(gate), " ", h(Standing, { standing: gate.standing })]),
      h("div", { class: "gd-decide" }, [
        h("div", { class: "gd-decide__aside" }, h(GateBox, { gate, context, changed: () => this.polling.now(), isPage: true })),
        h("div", { class: "gd-decide__main" }, [
          h(Source, { gate, context }),
          h(Evidence, { evidence: gate.detail.evidence }),
          gate.detail.change ? h(Change, { change: gate.detail.change }) : gate.environment && gate.plan && h("p", { class: "gd-quiet" }, texts.gate.noPlan),
        ]),
      ]),
    ]);
  }
}

function Source({ gate, context }) {
  const { build } = gate.detail;
  return (build || gate.deployment) && h("p", { class: "gd-quiet" }, [
    build && [texts.gate.askedBy, " ", h(Build, { build }), gate.deployment ? " · " : ""],
    gate.deployment && h("a", { href: context.deploymentHref(gate.deployment) }, texts.gate.deployment),
  ]);
}

/** Only addresses of the web are links, whatever the host says. */
function Evidence({ evidence }) {
  return evidence.length > 0 && h(Section, { title: texts.gate.evidence, id: "gd-evidence" },
    h("ul", { class: "gd-plain" }, evidence.map((e) => h("li", { key: e.href }, [
      /^(https?:\/\/|\/(?!\/))/.test(e.href)
        ? h("a", e.download ? { href: e.href, download: "" } : { href: e.href, target: "_blank", rel: "noopener noreferrer" }, e.name)
        : e.name,
      e.note && h("span", { class: "gd-quiet" }, ` ${e.note}`),
    ]))));
}

function Change({ change }) {
  const isSchema = (problem) => problem.id.startsWith("schema.");
  const schema = change.problems.filter(isSchema);
  const problems = change.problems.filter((problem) => !isSchema(problem));
  const unknown = change.current.filter((c) => c.failure);
  return [
    change.forced && h("p", { class: "gd-trouble" }, texts.gate.forced(change.forced)),
    problems.length > 0 && h(Section, { title: texts.gate.problems(problems.length), id: "gd-problems" }, h(Problems, { problems })),
    schema.length > 0 && h(Section, { title: texts.gate.schema, id: "gd-schema" }, h(Problems, { problems: schema })),
    change.problems.length === 0 && h("p", { class: "gd-quiet" }, texts.gate.noProblems),
    h(Commits, { commits: change.commits }),
    h(Files, { files: change.files, id: "gd-files", none: change.current.some((c) => c.release) ? texts.files.unknown : texts.files.first }),
    h(Tasks, { tasks: change.tasks }),
    unknown.length > 0 && h(Section, { title: texts.gate.unreached, id: "gd-unreached" },
      h("ul", { class: "gd-plain" }, unknown.map((c) => h("li", { key: c.target }, `${c.target}: ${c.failure}`)))),
  ];
}

function Commits({ commits: { count, complete, listed } }) {
  return h(Section, { title: texts.gate.commits(count), id: "gd-commits" }, [
    !complete && h("p", { class: "gd-quiet" }, texts.deployment.commitsIncomplete),
    listed.length < count && h("p", { class: "gd-quiet" }, texts.deployment.commitsListed(listed.length)),
    h("ul", { class: "gd-commits" }, listed.map((commit) => h("li", { key: commit.id }, [
      h("code", null, commit.id.slice(0, 7)), " ", commit.subject, " ",
      h("span", { class: "gd-quiet" }, [commit.author && `${personName(commit.author)}, `, h(Time, { at: commit.time })]),
    ]))),
  ]);
}

function Tasks({ tasks }) {
  const t = texts.tasks;
  return h(Section, { title: t.title, id: "gd-tasks" }, tasks.length === 0
    ? h("p", { class: "gd-quiet" }, t.none)
    : h(Table, {
        label: t.title,
        kind: "tasks",
        columns: [t.name, t.when, t.where, t.run],
        rows: tasks.map((task) => h("tr", { key: task.name }, [
          h("td", null, task.name),
          h("td", null, task.skipped ? h("strong", null, t.skipped) : t.at[task.at] ?? task.at),
          h("td", null, t.on(task)),
          h("td", { class: "gd-command" }, h("code", null, task.run)),
        ])),
      }));
}
