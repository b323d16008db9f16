package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Deployments of this host that have no end in its history because the process that worked on them is gone.
 *
 * @param ports the host
 * @param log what people read
 */
record Orphans(Ports ports, Log log) {

    /** Gives each the end that it had on the targets. */
    void settle(String app, String environment, String except, Map<Target, TargetState> states) {
        for (DeploymentRecord orphan : ports.history().unfinished(app, environment)) {
            boolean ours = orphan.owner().host().equals(ports.owner().host());
            if (orphan.id().equals(except) || !ours || Processes.isAlive(orphan.owner())) {
                continue;
            }
            if (ports.history().takeOver(orphan.id(), orphan.owner(), ports.owner())) {
                end(orphan, states);
            }
        }
    }

    private void end(DeploymentRecord orphan, Map<Target, TargetState> states) {
        boolean succeeded = states.values().stream()
                .flatMap(s -> s.entries().stream())
                .anyMatch(e -> e.deployment().equals(orphan.id()) && e.outcome().equals(State.SUCCEEDED.name()));
        List<TargetOutcome> outcomes = new ArrayList<>();
        states.forEach((target, state) -> outcomes.add(new TargetOutcome(target.name(), state.currentRelease(), "")));
        State state = succeeded ? State.SUCCEEDED : State.INTERRUPTED;
        String message = succeeded
                ? "The host died after it had succeeded."
                : "The host died; what was current before is current.";
        ports.history()
                .update(
                        orphan.id(),
                        r -> Records.of(r).ended(state, message, ports.clock().instant(), outcomes));
        log.say("Deployment #" + orphan.number() + " had been interrupted: " + message);
    }
}
