// A plan that waits for people: what waits, who is still needed, and the decision.

import { Component, h } from "./lib/preact.js";
import { Section, Standing, Time, Trouble, Waits } from "./parts.js";
import { exactly } from "./times.js";
import { texts } from "./texts.js";

export class GateBox extends Component {
  state = { comment: "", sending: false, trouble: null };

  async decide(verdict) {
    const { gate, context, changed } = this.props;
    this.setState({ sending: true, trouble: null });
    try {
      await context.api.post(["gates", gate.id, "decisions"], { verdict, comment: this.state.comment, plan: gate.plan });
      context.announce(texts.gate.thanks[verdict]);
      this.setState({ sending: false, comment: "" });
      changed();
    } catch (trouble) {
      this.setState({ sending: false, trouble });
      changed();
    }
  }

  async withdraw() {
    const { gate, context, changed } = this.props;
    this.setState({ sending: true, trouble: null });
    try {
      await context.api.post(["gates", gate.id, "withdrawals"], {});
      context.announce(texts.gate.withdrawn);
      this.setState({ sending: false });
    } catch (trouble) {
      this.setState({ sending: false, trouble });
    }
    changed();
  }

  render({ gate, context, isPage }, { trouble }) {
    const isOpen = gate.standing === "OPEN";
    return h("div", { class: `gd-gate ${isOpen ? "gd-gate--open" : ""}` },
      h(Section, { title: isPage ? texts.gate.decision : h("a", { href: context.gateHref(gate.id) }, texts.gate.approval), id: `gd-gate-${gate.id}`, aside: !isPage && h(Standing, { standing: gate.standing }) }, [
        gate.message && h("p", { class: "gd-lead" }, gate.message),
        gate.why && h("p", null, gate.why),
        h("dl", { class: "gd-facts" }, [
          h("dt", null, texts.gate.revision), h("dd", null, gate.revision),
          isOpen && [h("dt", null, texts.gate.until), h("dd", null, [h(Time, { at: gate.deadline }), h("span", { class: "gd-quiet" }, ` (${exactly(gate.deadline)})`)])],
          gate.automation && [h("dt", null, texts.gate.automatic), h("dd", null, h(Automatic, { automation: gate.automation }))],
          gate.needed.length > 0 && [h("dt", null, texts.gate.needed), h("dd", null, h("ul", { class: "gd-plain" }, gate.needed.map((need) => h("li", null, need))))],
          gate.decisions.length > 0 && [h("dt", null, texts.gate.decided), h("dd", null, h("ul", { class: "gd-plain" }, gate.decisions.map((said) => h(Said, { said }))))],
        ]),
        gate.terms && h(Terms, { terms: gate.terms }),
        isOpen && gate.mayDecide && h("p", { class: "gd-gate__mine" }, h(Waits, { gate })),
        isOpen && gate.refusal && h("p", { class: "gd-quiet" }, `${gate.refusal.message} ${gate.refusal.mend}`),
        trouble && h(Trouble, { problem: trouble }),
        isOpen && gate.mayDecide && this.form(),
        gate.mayWithdraw && h("div", { class: "gd-buttons" },
          h("button", { class: "jenkins-button", type: "button", disabled: this.state.sending, onClick: () => this.withdraw() }, texts.gate.withdraw)),
      ]));
  }

  form() {
    const { comment, sending } = this.state;
    const id = `gd-comment-${this.props.gate.id}`;
    return h("div", { class: "gd-gate__form" }, [
      h("label", { for: id }, texts.gate.comment),
      h("textarea", { id, class: "jenkins-input", rows: 2, maxLength: 4000, value: comment, onInput: (event) => this.setState({ comment: event.target.value }) }),
      h("div", { class: "gd-buttons" }, [
        h("button", { class: "jenkins-button jenkins-button--primary", type: "button", disabled: sending || this.props.gate.terms?.approvable === false, onClick: () => this.decide("APPROVE") }, sending ? texts.gate.sending : texts.gate.approve),
        h("button", { class: "jenkins-button gd-button--no", type: "button", disabled: sending, onClick: () => this.decide("REJECT") }, texts.gate.reject),
      ]),
    ]);
  }
}

/** What changes while it waits: hours, others who are asked later. */
function Terms({ terms: { approvable, hours, escalations } }) {
  const coming = escalations.filter((e) => Date.parse(e.time) > Date.now());
  return (!approvable || coming.length > 0) && h("ul", { class: "gd-plain gd-quiet" }, [
    !approvable && h("li", null, hours ? [texts.gate.hours, " ", h(Time, { at: hours }), ` (${exactly(hours)}). `, texts.gate.rejectAlways] : [texts.gate.noHours, " ", texts.gate.rejectAlways]),
    coming.map((e) => h("li", { key: e.time }, [texts.gate.escalates(e.to), " ", h(Time, { at: e.time })])),
  ]);
}

function Said({ said }) {
  return h("li", null, [
    h("strong", null, said.name), ` ${texts.gate.verdicts[said.verdict]} `, h(Time, { at: said.time }),
    said.comment && h("blockquote", { class: "gd-comment" }, said.comment),
  ]);
}

function Automatic({ automation }) {
  return h("ul", { class: "gd-plain" }, [
    automation.conditions.filter((c) => c.held).map((c) => h("li", null, texts.gate.condition(c))),
    automation.reasons.map((reason) => h("li", null, texts.gate.held(reason))),
  ]);
}
