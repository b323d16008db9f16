// Asks the JSON API. A failure is an ApiProblem whose parts are for people.

import { texts } from "./texts.js";

export class ApiProblem extends Error {
  constructor(status, detail, problems = []) {
    super(detail);
    this.status = status;
    this.problems = problems;
  }
}

export class Api {
  /** root: address of the API, ends with a slash; crumb: {field, value} for changes */
  constructor(root, crumb) {
    this.root = root;
    this.crumb = crumb;
  }

  /** parts of a path are encoded; parameters without a value are left out */
  address(parts, parameters = {}) {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== ""));
    const path = this.root + parts.map(encodeURIComponent).join("/");
    return query.size ? `${path}?${query}` : path;
  }

  get(parts, parameters) {
    return this.#ask(this.address(parts, parameters), { method: "GET" });
  }

  post(parts, body) {
    const headers = { "Content-Type": "application/json" };
    if (this.crumb.field) {
      headers[this.crumb.field] = this.crumb.value;
    }
    return this.#ask(this.address(parts), { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(address, options) {
    let response;
    try {
      response = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
    } catch {
      throw new ApiProblem(0, texts.unreachable);
    }
    const isJson = /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
    const document = isJson ? await response.json() : null;
    if (!response.ok) {
      throw new ApiProblem(response.status, document?.detail ?? texts.unexpected(response.status), document?.problems);
    }
    return document;
  }
}
