// A button that asks for a reason first.

import { Component, h } from "./lib/preact.js";
import { texts } from "./texts.js";

/** button, label: what it does; sending: whether it is being done; required: whether there has to be a reason; done: called with it */
export class Reason extends Component {
  state = { asked: false, why: "" };

  render({ button, label, sending, required, done }, { asked, why }) {
    if (!asked) {
      return h("button", { class: "jenkins-button", type: "button", disabled: sending, "aria-label": label, onClick: () => this.setState({ asked: true }) }, button);
    }
    const isMissing = required && why.trim() === "";
    const submit = (event) => {
      event.preventDefault();
      this.setState({ asked: false, why: "" });
      done(why);
    };
    return h("form", { class: "gd-why", onSubmit: submit }, [
      h("label", { class: "gd-pick" }, [
        h("span", { class: "gd-quiet" }, required ? texts.reason.why : texts.reason.whyOptional),
        h("input", {
          class: "jenkins-input",
          type: "text",
          maxLength: 1000,
          value: why,
          ref: (input) => { if (input && !input.dataset.focused) { input.dataset.focused = "yes"; input.focus(); } },
          onInput: (event) => this.setState({ why: event.target.value }),
        }),
      ]),
      h("button", { class: "jenkins-button jenkins-button--primary", type: "submit", disabled: sending || isMissing, "aria-label": label }, button),
      h("button", { class: "jenkins-button", type: "button", onClick: () => this.setState({ asked: false, why: "" }) }, texts.reason.leave),
    ]);
  }
}
