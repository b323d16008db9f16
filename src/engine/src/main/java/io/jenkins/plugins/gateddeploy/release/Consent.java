package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Whether people have to agree to a deployment, and whether they have, as far as that can be told before its targets are
 * locked. The last word is the {@link Gatekeeper}'s.
 *
 * @param ports the host; the targets are not used
 */
public record Consent(Ports ports) {
    private static final int MOST_GATES = 100;

    /**
     * {@return whether it is worth looking at the targets first} What the current release asks for is only known there;
     * where this guesses wrong, the deployment is refused before it changes anything.
     */
    public boolean mayBeNeeded(Deployer.Request request) {
        Configuration configuration = request.configuration();
        return configuration.approval().isPresent()
                || !request.mandate().rules().isEmpty()
                || !asked(request.mandate().origin(), configuration.app(), configuration.environment())
                        .isEmpty()
                || ports.history().successes(configuration.app(), configuration.environment(), 1).stream()
                        .anyMatch(r -> !r.passed().gate().isEmpty());
    }

    /** {@return the gate of this very plan that was approved when the same build asked before} */
    public Optional<Gate> given(Plan plan, Origin origin) {
        return asked(origin, plan.app(), plan.environment()).stream()
                .filter(g -> g.standing(ports.clock().instant()) == Standing.APPROVED)
                .filter(g -> g.subject().plan().equals(plan.digest()))
                .findFirst();
    }

    /** {@return the gates at which a build has asked people for an environment, the newest first} */
    private List<Gate> asked(Origin origin, String app, String environment) {
        if (origin.build() == 0) {
            return List.of();
        }
        GateFilter filter = GateFilter.ofBuild(origin.job(), origin.build(), MOST_GATES);
        return ports.history().gates().list(filter).stream()
                .filter(g -> g.subject().app().equals(app)
                        && g.subject().environment().equals(environment)
                        && g.subject().deployment().isEmpty()
                        && !g.rules().needNobody())
                .toList();
    }
}
