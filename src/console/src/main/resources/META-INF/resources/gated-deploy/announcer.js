// Tells screen readers what has changed. One element for the page's whole life: a region that is made together with its
// text is not read.

export class Announcer {
  constructor(document) {
    this.element = document.createElement("div");
    this.element.className = "gd-unseen";
    this.element.setAttribute("role", "status");
    this.element.setAttribute("aria-live", "polite");
  }

  say(text) {
    this.element.textContent = text;
  }
}
