package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * Lets the open gates of a build wait for a plan that it has made anew: what people said to the earlier one counts no
     * more. A deployment that waits by itself keeps its own plan.
     *
     * @param plan as it is now
     * @param rules under which conditions the gate opens now, for what its step asks by itself
     * @return the gates as they are now; none when the plan is the same
     */
    public List<Gate> replanned(Plan plan, Origin origin, Function<List<Clause>, Rules> rules) {
        Instant now = ports.clock().instant();
        List<Gate> revised = new ArrayList<>();
        for (Gate gate : asked(origin, plan.app(), plan.environment())) {
            if (gate.standing(now) == Standing.OPEN && !gate.subject().plan().equals(plan.digest())) {
                List<Clause> own = gate.rules().clauses().stream()
                        .filter(c -> c.from() == Clause.Source.STEP)
                        .toList();
                revise(gate, plan, rules.apply(own), now).ifPresent(revised::add);
            }
        }
        return revised;
    }

    private Optional<Gate> revise(Gate gate, Plan plan, Rules rules, Instant now) {
        Subject old = gate.subject();
        Subject subject = new Subject(
                old.app(),
                old.environment(),
                plan.digest(),
                plan.revision(),
                old.message(),
                old.deployment(),
                old.job(),
                old.build());
        try {
            return Optional.of(ports.history().gates().revise(gate.id(), subject, rules, now));
        } catch (GateException e) {
            // A history from which gates are taken has no gate to tell of.
            return Optional.empty();
        }
    }

    /**
     * {@return the gate of this very plan that was approved, opened by a host that asks for no job} It opens the way once:
     * what has been current through it is done, also when it went back since; a deployment that failed before that may
     * be tried again.
     */
    public Optional<Gate> unused(Plan plan) {
        return ofNoJob(plan, Standing.APPROVED).filter(gate -> !ports.history().isUsed(gate));
    }

    /** {@return the gate of this very plan that waits for people, opened by a host that asks for no job} */
    public Optional<Gate> waiting(Plan plan) {
        return ofNoJob(plan, Standing.OPEN);
    }

    private Optional<Gate> ofNoJob(Plan plan, Standing standing) {
        Instant now = ports.clock().instant();
        return ports.history().gates().list(GateFilter.of(plan.app(), plan.environment(), MOST_GATES)).stream()
                .filter(g -> g.standing(now) == standing
                        && g.subject().build() == 0
                        && g.subject().deployment().isEmpty()
                        && g.subject().plan().equals(plan.digest()))
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
                        && g.subject().isDeployment()
                        && g.subject().deployment().isEmpty()
                        && !g.rules().needNobody())
                .toList();
    }
}
