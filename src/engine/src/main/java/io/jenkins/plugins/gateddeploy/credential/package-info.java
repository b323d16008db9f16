/**
 * Secrets and who may use them, behind one port that each host implements: Jenkins with its credentials store, the CLI
 * with a file of its own. The engine asks by id, at the moment of use, and keeps nothing.
 */
package io.jenkins.plugins.gateddeploy.credential;
