package io.jenkins.plugins.gateddeploy.history;

import java.time.Instant;

/**
 * A step in a deployment's life, written before it is acted on.
 *
 * @param deployment the deployment's id
 * @param time when it was written
 * @param state the state from here on
 * @param message one sentence; may be empty
 */
public record Event(String deployment, Instant time, State state, String message) {}
