/**
 * The servers of an environment, seen from the engine: what can be asked of them, and the port {@link
 * io.jenkins.plugins.gateddeploy.target.Targets} that asks. Nothing here knows how they are reached.
 */
package io.jenkins.plugins.gateddeploy.target;
