/** Looks at what the version's author says about it. */
package io.jenkins.plugins.gateddeploy.checks.revision;
