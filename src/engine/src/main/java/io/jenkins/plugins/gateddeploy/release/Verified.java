package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import java.util.Objects;
import java.util.Optional;

/**
 * What all checks say.
 *
 * @param plan what deploying would do; empty when there is no such version, or the request makes no sense
 * @param judgement what was found, and what of it is let pass
 */
public record Verified(Optional<Plan> plan, Judgement judgement) {
    public Verified {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(judgement, "judgement");
    }
}
