package io.jenkins.plugins.gateddeploy.jenkins.registration;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Doors;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Entrance;
import io.jenkins.plugins.gateddeploy.release.Timing;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Something may go on.
 *
 * @param actor at the root of it
 * @param clauses what a gate has to ask for, by registration; empty when no registration asks for one
 * @param forcing what the registrations let people force
 * @param warnings what the person should be told although it goes on
 * @param doors at which times it may
 */
public record Admission(Actor actor, List<Clause> clauses, ForcingRules forcing, List<Problem> warnings, Doors doors) {
    public Admission {
        clauses = List.copyOf(clauses);
        warnings = List.copyOf(warnings);
    }

    /**
     * {@return the request, bound to the approvals that the registrations ask for, to what they let people force, and to
     * the times at which they let deployments start}
     */
    public Deployer.Request bind(Deployer.Request request) {
        return request.with(request.mandate().under(clauses).at(timing("")))
                .with(request.checking().under(forcing));
    }

    /**
     * {@return the request, bound, past those times where they do not let it start now}
     *
     * @param emergency why; empty when it keeps to them
     * @throws ProblemException {@code registration.emergency} when it would have to go past them, and may not
     */
    public Deployer.Request bind(Deployer.Request request, String emergency) throws ProblemException {
        Deployer.Request bound = bind(request);
        if (emergency.isBlank() || new Entrance(Clock.systemUTC()).closed(bound).isEmpty()) {
            return bound;
        }
        if (!doors.againstEmergency().isEmpty()) {
            throw new ProblemException(doors.againstEmergency());
        }
        return bound.with(bound.mandate().at(timing(emergency)));
    }

    private Timing timing(String emergency) {
        return new Timing(doors.openings(), Optional.empty(), emergency);
    }
}
