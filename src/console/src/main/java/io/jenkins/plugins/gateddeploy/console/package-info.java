/**
 * Pages about deployments, as far as they are the same for every host: {@link
 * io.jenkins.plugins.gateddeploy.console.Console} answers what the front end asks, and the front end itself lies in the
 * resources, below {@code META-INF/resources/gated-deploy}. A host turns its web server's requests into {@link
 * io.jenkins.plugins.gateddeploy.console.Request}, guards them (who is it, was a change asked for by one of our own
 * pages), and frames the pages. Nothing here knows a web server.
 */
package io.jenkins.plugins.gateddeploy.console;
