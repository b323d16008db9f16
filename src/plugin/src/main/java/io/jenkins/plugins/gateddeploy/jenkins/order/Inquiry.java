package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.Authors;
import io.jenkins.plugins.gateddeploy.plan.Person;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.release.Consent;
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
        Automation automation = Automation.of(List.of(), Circumstances.of(build, plan));
        return Gate.opening(id, subject("", deployment), rules(List.of()).with(automation), Instant.now());
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

    /**
     * Lets the open gates of the build wait for this plan, if they wait for another, and says so. People who have been
     * asked once are asked again: such a gate does not open by itself any more.
     */
    void replace(Site site, Configurations.Source file) {
        Origin origin = new Origin(build.getParent().getFullName(), build.getNumber(), "");
        for (Gate gate : new Consent(site.ports(file)).replanned(plan, origin, this::rules)) {
            site.listener()
                    .getLogger()
                    .println("The plan has changed: people are asked anew about "
                            + gate.subject().revision() + " for " + plan.environment()
                            + (gate.former().isEmpty() ? "." : ", and what they had said counts no more."));
        }
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
        return plan.gate(more, authors.users(), !authors.unmatched().isEmpty())
                .requestedBy(Actors.of(build).id());
    }
}
