// Mounts the page that the host asks for. All settings are attributes of the element; see docs/console-api.md.

import { h, render } from "./lib/preact.js";
import { Api } from "./api.js";
import { DeploymentPage } from "./deployment.js";
import { DeploymentsPage } from "./deployments.js";
import { GatePage } from "./gate-page.js";
import { OverviewPage } from "./overview.js";
import { Announcer } from "./announcer.js";

const PAGES = { overview: OverviewPage, deployments: DeploymentsPage, deployment: DeploymentPage, gate: GatePage };

function start(element) {
  const { page, api, crumbField, crumb, deploymentHref, deploymentsHref, gateHref, overviewHref, ...settings } = element.dataset;
  const announcer = new Announcer(document);
  const context = {
    api: new Api(api, { field: crumbField, value: crumb }),
    announce: (text) => announcer.say(text),
    deploymentHref: (id) => (deploymentHref ?? "#{id}").replace("{id}", encodeURIComponent(id)),
    gateHref: (id) => (gateHref ?? "#{id}").replace("{id}", encodeURIComponent(id)),
    deploymentsHref,
    overviewHref,
    settings,
  };
  element.classList.add("gd");
  render(h(PAGES[page], { context }), element);
  element.after(announcer.element);
}

const element = document.getElementById("gated-deploy");
if (element && PAGES[element.dataset.page]) {
  start(element);
}
