/**
 * What connects an environment to the world: its configuration file, its credentials, its variables. {@link
 * io.jenkins.plugins.gateddeploy.checks.connection.ConnectionChecks} has the checks; no message of theirs shows a secret.
 */
package io.jenkins.plugins.gateddeploy.checks.connection;
