package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.Authors;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.release.Consent;
import io.jenkins.plugins.gateddeploy.release.Submission;
import java.time.Instant;

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
        return submission().gate(id, deployment, Circumstances.of(build, plan), Instant.now());
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
        return submission().gate(id, own, message, automation, Instant.now());
    }

    /**
     * Lets the open gates of the build wait for this plan, if they wait for another, and says so. People who have been
     * asked once are asked again: such a gate does not open by itself any more.
     */
    void replace(Site site, Configurations.Source file) {
        Submission submission = submission();
        for (Gate gate : new Consent(site.ports(file)).replanned(plan, submission.origin(), submission::rules)) {
            site.listener()
                    .getLogger()
                    .println("The plan has changed: people are asked anew about "
                            + gate.subject().revision() + " for " + plan.environment()
                            + (gate.former().isEmpty() ? "." : ", and what they had said counts no more."));
        }
    }

    private Submission submission() {
        Origin origin = new Origin(build.getParent().getFullName(), build.getNumber(), "");
        return new Submission(
                plan, Authors.writers(plan), origin, Actors.of(build).id());
    }
}
