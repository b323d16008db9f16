/**
 * Deployments and rollbacks that people start by hand, on their way past a gate, windows and freezes, and to their turn. They wait
 * without a thread, and go on after a restart of Jenkins.
 */
package io.jenkins.plugins.gateddeploy.jenkins.hand;
