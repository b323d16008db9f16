/**
 * SSH servers inside this process, for trying things out where nobody has set up a server: the demo and tests. Never
 * part of a deployment.
 */
package io.jenkins.plugins.gateddeploy.embedded;
