/** Looks at the servers themselves: whether they can be reached, and are fit to be deployed to. */
package io.jenkins.plugins.gateddeploy.checks.target;
