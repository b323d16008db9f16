package io.jenkins.plugins.gateddeploy.config;

import java.util.Objects;

/**
 * Where the calls are listed that are waiting for the application.
 *
 * @param run prints them as JSON on a target
 */
public record ScheduledCalls(String run) {
    public ScheduledCalls {
        Objects.requireNonNull(run, "run");
    }
}
