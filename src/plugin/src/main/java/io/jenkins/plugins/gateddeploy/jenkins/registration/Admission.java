package io.jenkins.plugins.gateddeploy.jenkins.registration;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import java.util.List;

/**
 * Something may go on.
 *
 * @param actor at the root of it
 * @param clauses what a gate has to ask for, by registration; empty when no registration asks for one
 * @param forcing what the registrations let people force
 * @param warnings what the person should be told although it goes on
 */
public record Admission(Actor actor, List<Clause> clauses, ForcingRules forcing, List<Problem> warnings) {
    public Admission {
        clauses = List.copyOf(clauses);
        warnings = List.copyOf(warnings);
    }

    /** {@return the request, bound to the approvals that the registrations ask for, and to what they let people force} */
    public Deployer.Request bind(Deployer.Request request) {
        return request.with(request.mandate().under(clauses))
                .with(request.checking().under(forcing));
    }
}
