package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Ends a deployment whose process is gone and that cannot be settled, because its targets do not come back, say: it would
 * hold its lane for ever. What was left on targets stays there, with its lock; should they come back, the next deployment
 * to them settles that first.
 */
public final class GivingUp {
    private static final Set<State> WAITING = Set.of(State.QUEUED, State.HELD);

    private final Ports ports;

    /** @param ports what the host brings */
    public GivingUp(Ports ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    /**
     * How it went.
     *
     * @param over whether the deployment has an end now: it could be settled after all, or is given up
     * @param message for people
     */
    public record Outcome(boolean over, String message) {}

    /**
     * Tries once more to settle a deployment, and only when that fails ends it as {@link State#INTERRUPTED}, which says of
     * each target what is known of it, and is written into the audit trail.
     *
     * @param configuration as the deployment had it
     * @param deployment its id; the host knows that nothing in this process works on it
     * @param steward who gives it up
     * @param why not blank
     * @return how it went; it is not over when somebody else has it or may have it, and then nothing was changed
     * @throws LaneException {@code lane.permission}, {@code lane.reason}; {@code lane.gone} when it is not under way
     * @throws InterruptedException when interrupted; it is not given up then
     */
    public Outcome end(Configuration configuration, String deployment, Steward steward, String why)
            throws LaneException, InterruptedException {
        DeploymentRecord record = underWay(deployment);
        steward.requireManager("give up " + record.title() + " in", new Lane(record.app(), record.environment()));
        if (why.isBlank()) {
            throw refused("lane.reason", "Giving up " + record.title() + " needs a reason.", "Say why it cannot wait.");
        }
        Unlocked settled = isInOtherHands(record.owner())
                ? new Unlocked(false, "The process that works on it is alive.", true)
                : settled(configuration, deployment);
        if (settled.done() || settled.held()) {
            return new Outcome(settled.done(), settled.message());
        }
        String message = "Given up by " + steward.actor().name() + " ("
                + steward.actor().id() + "): " + why.strip() + ". It could not be settled: " + settled.message();
        List<TargetOutcome> known = known(configuration);
        DeploymentRecord ended = ports.history()
                .update(
                        deployment,
                        r -> r.state().isFinal()
                                ? r
                                : Records.of(r)
                                        .ended(
                                                State.INTERRUPTED,
                                                message,
                                                ports.clock().instant(),
                                                known));
        if (ended.message().equals(message)) {
            note(ended, steward, why.strip(), settled.message());
        }
        return new Outcome(true, ended.message());
    }

    private boolean isInOtherHands(Owner owner) {
        return owner.host().equals(ports.owner().host()) && !owner.equals(ports.owner()) && Processes.isAlive(owner);
    }

    private DeploymentRecord underWay(String deployment) throws LaneException {
        return ports.history()
                .find(deployment)
                .filter(r -> !r.state().isFinal() && !WAITING.contains(r.state()))
                .orElseThrow(() -> refused(
                        "lane.gone",
                        "The deployment " + deployment + " is not under way.",
                        "It waits, or has ended. Look at it as it is now."));
    }

    private Unlocked settled(Configuration configuration, String deployment) throws InterruptedException {
        try {
            return new Deployer(ports).settle(configuration, deployment);
        } catch (ProblemException e) {
            // The credential is gone, say: there is no way to the targets without it either.
            return new Unlocked(false, e.getMessage(), false);
        }
    }

    private List<TargetOutcome> known(Configuration configuration) throws InterruptedException {
        List<TargetOutcome> known = new ArrayList<>();
        try {
            Targets.Access access = Admission.access(configuration, configuration.targets(), ports.credentials());
            try (Targets targets = ports.connector().open(access)) {
                Looked looked = Looked.at(configuration, access.targets(), false, targets::run);
                looked.states()
                        .forEach((target, state) -> known.add(new TargetOutcome(
                                target.name(),
                                state.currentRelease(),
                                "Not settled; the next deployment does that before it begins.")));
                looked.failures().forEach((target, failure) -> known.add(unknown(target.name(), failure)));
            }
        } catch (ProblemException e) {
            configuration.targets().forEach(target -> known.add(unknown(target.name(), e.getMessage())));
        }
        return known;
    }

    private static TargetOutcome unknown(String target, String why) {
        return new TargetOutcome(target, "", "What is current there is not known: " + why);
    }

    private void note(DeploymentRecord ended, Steward steward, String why, String failure) {
        ports.history()
                .audit()
                .add(new AuditEntry.Note(
                        ports.clock().instant(),
                        steward.actor().id(),
                        AuditEntry.What.GIVEN_UP,
                        ended.passed().gate(),
                        ended.id(),
                        Map.of(
                                "app", ended.app(),
                                "environment", ended.environment(),
                                "entry", ended.title(),
                                "why", why,
                                "failure", failure,
                                "name", steward.actor().name())));
    }

    private static LaneException refused(String id, String message, String hint) {
        return new LaneException(Problem.error(id, message, hint));
    }
}
