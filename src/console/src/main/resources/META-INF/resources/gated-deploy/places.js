// Where applications run: how a place is named, in which order people expect environments, and where its pages are.

/** From where things are tried to where customers are; others go by their names, behind these. */
const CUSTOMARY = ["development", "dev", "testing", "test", "qa", "staging", "stage", "preview", "preprod", "production", "prod"];

export function placeName(place) {
  return `${place.app}/${place.environment}`;
}

export function byCustom(one, other) {
  const rank = (name) => (CUSTOMARY.includes(name) ? CUSTOMARY.indexOf(name) : CUSTOMARY.length);
  return rank(one) - rank(other) || one.localeCompare(other);
}

/** Where a place's lane stands on the page about it. */
export function laneHref(environment, context) {
  const href = placeHref(environment, context);
  return href && `${href}#${new URLSearchParams({ lane: placeName(environment) })}`;
}

/** The host's own page about a place, else the list of all deployments narrowed to it. Only addresses of this host. */
export function placeHref(environment, context) {
  if (environment.page && /^\/(?!\/)/.test(environment.page)) {
    return environment.page;
  }
  const { app, environment: name } = environment;
  return context.deploymentsHref && `${context.deploymentsHref}?${new URLSearchParams({ app, environment: name })}`;
}
