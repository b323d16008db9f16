package io.jenkins.plugins.gateddeploy.lane;

import java.util.Objects;

/**
 * Where one deployment happens at a time.
 *
 * @param app application
 * @param environment environment
 */
public record Lane(String app, String environment) {
    public Lane {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
    }

    /** {@return as people read it: {@code the lane of shop to production}} */
    public String words() {
        return "the lane of " + app + " to " + environment;
    }
}
