package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.gate.Clause;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody who looks after the host has said about an environment.
 *
 * @param place which
 * @param scope for which jobs
 * @param starts who may start a deployment or a rollback
 * @param approval who has to approve at least, whatever deploy.toml says; empty when nobody has to
 */
public record Registration(Place place, Scope scope, Starts starts, Optional<Clause> approval) {
    public Registration {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(starts, "starts");
        Objects.requireNonNull(approval, "approval");
    }

    /** {@return whether it has anything to say about an attempt} */
    boolean concerns(Attempt attempt) {
        return place.equals(attempt.place()) && scope.concerns(attempt.job());
    }
}
