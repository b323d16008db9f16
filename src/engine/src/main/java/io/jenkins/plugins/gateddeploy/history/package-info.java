/**
 * The host's record of every deployment: who, what, when, how it ended. Events are written before they are acted on.
 * The truth about what is deployed is on the targets.
 */
package io.jenkins.plugins.gateddeploy.history;
