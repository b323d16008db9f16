package io.jenkins.plugins.gateddeploy.registration;

import java.util.Objects;

/**
 * An environment of an application. Names are compared exactly.
 *
 * @param application as {@code app} of deploy.toml says it
 * @param environment as deploy.toml calls it
 */
public record Place(String application, String environment) {
    public Place {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(environment, "environment");
    }

    /** {@return as people read it: {@code production of shop}} */
    @Override
    public String toString() {
        return environment + " of " + application;
    }
}
