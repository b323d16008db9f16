package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.jenkins.host.Authors;
import io.jenkins.plugins.gateddeploy.plan.Person;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.time.Instant;
import java.util.List;

/**
 * What a build asks people about.
 *
 * @param build that asks
 * @param plan what they are asked about
 */
record Inquiry(Run<?, ?> build, Plan plan) {

    /**
     * {@return the gate at which a deployment waits, not kept yet}
     *
     * @param id of the gate
     * @param deployment id of the deployment
     */
    Gate gate(String id, String deployment) {
        return Gate.opening(id, subject("", deployment), rules(List.of()), Instant.now());
    }

    /**
     * {@return the gate at which a step asks, not kept yet}
     *
     * @param id of the gate
     * @param own what the step asks for beside the plan's own rules
     * @param message what people are asked; may be empty
     * @param automation whether it opens without people
     */
    Gate gate(String id, Clause own, String message, Automation automation) {
        return Gate.opening(id, subject(message, ""), rules(List.of(own)).with(automation), Instant.now());
    }

    private Subject subject(String message, String deployment) {
        return new Subject(
                plan.app(),
                plan.environment(),
                plan.digest(),
                plan.revision(),
                message,
                deployment,
                build.getParent().getFullName(),
                build.getNumber());
    }

    private Rules rules(List<Clause> more) {
        Authors authors =
                Authors.of(plan.commits().people().stream().map(Person::email).toList());
        return plan.gate(more, authors.users(), !authors.unmatched().isEmpty());
    }
}
