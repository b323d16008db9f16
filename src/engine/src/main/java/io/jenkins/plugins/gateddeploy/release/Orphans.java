package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Deployments of this host that have no end in its history because the process that worked on them is gone.
 *
 * @param work the deployment that looks after them
 * @param ancestry which commit comes before which, as far as that deployment can tell
 */
record Orphans(Work work, Ancestry ancestry) {

    /** Gives each the end that it had on the targets, except one that none of these targets can tell of. */
    void settle(String except, Map<Target, TargetState> states) {
        Ports ports = work.ports();
        Configuration configuration = work.configuration();
        for (DeploymentRecord orphan : ports.history().unfinished(configuration.app(), configuration.environment())) {
            boolean ours = orphan.owner().host().equals(ports.owner().host());
            if (orphan.id().equals(except) || !ours || isWaiting(orphan) || Processes.isAlive(orphan.owner())) {
                continue;
            }
            if (canBeTold(orphan, states) && ports.history().takeOver(orphan.id(), orphan.owner(), ports.owner())) {
                end(orphan, states);
            }
        }
    }

    /** It has touched nothing, and the host that announced it goes on with it or ends it when it is back. */
    private static boolean isWaiting(DeploymentRecord orphan) {
        return orphan.state() == State.HELD
                || (orphan.state() == State.QUEUED && !orphan.origin().job().isEmpty());
    }

    /** Where only some targets are looked at, others may be the ones that it worked on. */
    private boolean canBeTold(DeploymentRecord orphan, Map<Target, TargetState> states) {
        boolean nothingBegun = orphan.state() == State.QUEUED || orphan.state() == State.CHECKING;
        return nothingBegun
                || states.keySet().containsAll(work.configuration().targets())
                || states.values().stream().anyMatch(s -> s.knows(orphan.id()));
    }

    /** Gives one the end that it had on the targets. */
    void end(DeploymentRecord orphan, Map<Target, TargetState> states) {
        boolean succeeded = states.values().stream()
                .flatMap(s -> s.entries().stream())
                .anyMatch(e -> e.deployment().equals(orphan.id()) && e.outcome().equals(State.SUCCEEDED.name()));
        List<TargetOutcome> outcomes = new ArrayList<>();
        states.forEach((target, state) -> outcomes.add(new TargetOutcome(target.name(), state.currentRelease(), "")));
        State state = succeeded ? State.SUCCEEDED : State.INTERRUPTED;
        String message = succeeded
                ? "The host died after it had succeeded."
                : "The host died; what was current before is current.";
        work.ports()
                .history()
                .update(
                        orphan.id(),
                        r -> r.state().isFinal()
                                ? r
                                : Records.of(r)
                                        .ended(
                                                state,
                                                message,
                                                work.ports().clock().instant(),
                                                outcomes));
        work.log().say("Deployment #" + orphan.number() + " had been interrupted: " + message);
        if (succeeded) {
            keepPins(orphan);
        }
    }

    /** What was current before it is told by the history alone now. */
    private void keepPins(DeploymentRecord orphan) {
        List<PinKeeping.Left> left = work.ports().history().successes(orphan.app(), orphan.environment(), 2).stream()
                .filter(r -> !r.id().equals(orphan.id()))
                .limit(1)
                .map(r -> new PinKeeping.Left(r.release(), r.commit()))
                .toList();
        new PinKeeping(work).after(orphan, left, ancestry);
    }
}
