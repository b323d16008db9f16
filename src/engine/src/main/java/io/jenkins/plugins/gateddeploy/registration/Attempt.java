package io.jenkins.plugins.gateddeploy.registration;

import java.util.Objects;

/**
 * What is about to be done.
 *
 * @param place where
 * @param act what
 * @param job full name of the host's job that does it, folders before it with slashes: {@code shop/deploy}
 * @param starter who is at the root of it
 */
public record Attempt(Place place, Act act, String job, Starter starter) {
    public Attempt {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(act, "act");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(starter, "starter");
    }
}
