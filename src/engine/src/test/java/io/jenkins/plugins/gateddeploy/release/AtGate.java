package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A host that stops at gates.
 *
 * @param world where it deploys to
 */
record AtGate(World world) {
    static final String APPROVAL = "approval = { approvers = [\"bob\", \"carol\"] }\n";
    static final Origin BUILD = new Origin("shop/main", 7, "shop » main #7");
    static final Actor BOB = new Actor("bob", "Bob", Set.of());

    Waiting waiting() {
        return new Waiting(world.host().ports());
    }

    Gates gates() {
        return world.history().gates();
    }

    Plan plan(Configuration configuration) throws Exception {
        return world.deployer().plan(Host.request(configuration), world.version());
    }

    DeploymentRecord announce(Configuration configuration) {
        return waiting().announce(configuration, Kind.DEPLOY, "main", BUILD);
    }

    /** What a host makes of a plan. */
    Gate gate(Plan plan, String deployment) {
        return gate(plan, deployment, new Rules(plan.rules(), Set.of(), 0));
    }

    Gate gate(Plan plan, String deployment, Rules rules) {
        Subject subject = new Subject(
                plan.app(),
                plan.environment(),
                plan.digest(),
                plan.revision(),
                "",
                deployment,
                BUILD.job(),
                BUILD.build());
        return Gate.opening(UUID.randomUUID().toString(), subject, rules, Instant.now());
    }

    Gate held(Configuration configuration) throws Exception {
        return waiting().hold(gate(plan(configuration), announce(configuration).id()));
    }

    Result goOn(Configuration configuration, Gate gate) throws Exception {
        Mandate mandate = Mandate.none().continuing(gate.subject().deployment()).through(gate.id());
        return world.deployer().deploy(Host.request(configuration).with(mandate), world.version());
    }

    DeploymentRecord record(Gate gate) {
        return world.history().find(gate.subject().deployment()).orElseThrow();
    }

    List<State> states(Gate gate) {
        return world.history().events(gate.subject().deployment()).stream()
                .map(Event::state)
                .distinct()
                .toList();
    }

    void assertUntouched() throws Exception {
        assertThat(world.listing(0)).isEmpty();
    }
}
