package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody who looks after the host has said about an environment.
 *
 * @param place which
 * @param scope for which jobs
 * @param starts who may start a deployment or a rollback
 * @param approval who has to approve at least, whatever deploy.toml says; empty when nobody has to
 * @param forcing which problems nobody may force, and whether whoever forces has to say why
 * @param times when deployments may start
 */
public record Registration(
        Place place, Scope scope, Starts starts, Optional<Clause> approval, ForcingRules forcing, Times times) {
    public Registration {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(starts, "starts");
        Objects.requireNonNull(approval, "approval");
        Objects.requireNonNull(forcing, "forcing");
        Objects.requireNonNull(times, "times");
    }

    /** One that lets deployments start at any time. */
    public Registration(Place place, Scope scope, Starts starts, Optional<Clause> approval, ForcingRules forcing) {
        this(place, scope, starts, approval, forcing, Times.always());
    }

    /** One that does not mind which problems are forced. */
    public Registration(Place place, Scope scope, Starts starts, Optional<Clause> approval) {
        this(place, scope, starts, approval, ForcingRules.none(), Times.always());
    }

    /**
     * {@return when deployments may start, by each registration that concerns a job at a place}
     *
     * @param all registrations of the host
     * @param job its full name
     */
    public static List<Opening> openings(List<Registration> all, Place place, String job) {
        return all.stream()
                .filter(r -> r.concerns(place, job))
                .map(r -> r.times().opening())
                .toList();
    }

    /** {@return whether it has anything to say about an attempt} */
    boolean concerns(Attempt attempt) {
        return concerns(attempt.place(), attempt.job());
    }

    private boolean concerns(Place where, String job) {
        return place.equals(where) && scope.concerns(job);
    }
}
