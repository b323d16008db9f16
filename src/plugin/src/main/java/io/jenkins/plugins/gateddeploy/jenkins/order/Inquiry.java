package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.jenkins.host.Authors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.plan.Person;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a build asks people about.
 *
 * @param build that asks
 * @param plan what they are asked about
 */
record Inquiry(Run<?, ?> build, Plan plan) {
    private static final int MOST_GATES = 100;

    /** {@return the gates of a build for an environment, the newest first} */
    static List<Gate> gates(Run<?, ?> build, String app, String environment) {
        GateFilter filter = GateFilter.ofBuild(build.getParent().getFullName(), build.getNumber(), MOST_GATES);
        return JenkinsHost.get().history().gates().list(filter).stream()
                .filter(g -> g.subject().app().equals(app)
                        && g.subject().environment().equals(environment)
                        && g.subject().deployment().isEmpty())
                .toList();
    }

    /** {@return the gate of this build that was approved for this very plan} */
    Optional<Gate> approved() {
        return gates(build, plan.app(), plan.environment()).stream()
                .filter(g -> g.standing(Instant.now()) == Standing.APPROVED)
                .filter(g -> g.subject().plan().equals(plan.digest()))
                .findFirst();
    }

    /**
     * {@return the gate, not kept yet}
     *
     * @param id of the gate
     * @param more what is asked for beside the plan's own rules
     * @param message what people are asked; may be empty
     * @param deployment id of the deployment that waits; empty when none does
     */
    Gate gate(String id, List<Clause> more, String message, String deployment) {
        Subject subject = new Subject(
                plan.app(),
                plan.environment(),
                plan.digest(),
                plan.revision(),
                message,
                deployment,
                build.getParent().getFullName(),
                build.getNumber());
        List<Clause> clauses = new ArrayList<>(plan.rules());
        clauses.addAll(more);
        return Gate.opening(id, subject, rules(clauses), Instant.now());
    }

    /** Where somebody may have written a part whom nobody knows, one person more has to look. */
    private Rules rules(List<Clause> clauses) {
        Authors authors =
                Authors.of(plan.commits().people().stream().map(Person::email).toList());
        boolean strangers = !authors.unmatched().isEmpty() || !plan.commits().complete();
        return new Rules(clauses, authors.users(), strangers ? 1 : 0);
    }
}
