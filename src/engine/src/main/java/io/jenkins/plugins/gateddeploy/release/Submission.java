package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A plan that is put before people: the one place where the gate of a plan is made, whichever host asks.
 *
 * @param plan what they are asked about
 * @param writers who wrote what it brings, as far as the host knows them
 * @param origin what asks at the host
 * @param requester user id of whoever asked for it; empty when that is no person of the host
 */
public record Submission(Plan plan, Writers writers, Origin origin, String requester) {

    /**
     * Who wrote what a plan brings.
     *
     * @param users ids of those whom the host knows
     * @param strangers whether it does not know them all
     */
    public record Writers(Set<String> users, boolean strangers) {
        public Writers {
            users = Set.copyOf(users);
        }

        /** {@return those of a plan for a host that knows nobody by their commits} */
        public static Writers unknown(Plan plan) {
            return new Writers(Set.of(), !plan.commits().people().isEmpty());
        }
    }

    public Submission {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(writers, "writers");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(requester, "requester");
    }

    /**
     * {@return the gate that the plan's own rules ask for, not kept yet}
     *
     * @param id of the gate
     * @param deployment id of the deployment that waits; empty when none does
     * @param facts by which it may open without people, where all that ask for them allow that
     */
    public Gate gate(String id, String deployment, Facts facts, Instant now) {
        Rules rules = rules(List.of()).with(Automation.of(List.of(), facts));
        return Gate.opening(id, subject("", deployment), rules, now);
    }

    /**
     * {@return the gate at which somebody asks who asks for more, not kept yet}
     *
     * @param id of the gate
     * @param own what is asked for beside the plan's own rules
     * @param message what people are asked; may be empty
     * @param automation whether it opens without people
     */
    public Gate gate(String id, Clause own, String message, Automation automation, Instant now) {
        return Gate.opening(id, subject(message, ""), rules(List.of(own)).with(automation), now);
    }

    /**
     * {@return under which conditions a gate opens that people decide in any case}
     *
     * @param more what is asked for beside the plan's own rules
     */
    public Rules rules(List<Clause> more) {
        return plan.gate(more, writers.users(), writers.strangers()).requestedBy(requester);
    }

    private Subject subject(String message, String deployment) {
        return new Subject(
                plan.app(),
                plan.environment(),
                plan.digest(),
                plan.revision(),
                message,
                deployment,
                origin.job(),
                origin.build());
    }
}
