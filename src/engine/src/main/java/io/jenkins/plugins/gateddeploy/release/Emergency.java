package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A deployment that goes past what would have stopped it, for a reason that is written down for good.
 *
 * @param ports the host
 * @param closed why none may start at this time; empty when one may
 */
record Emergency(Ports ports, Optional<String> closed) {
    /** What the reason of a deployment begins with that started while none may. */
    private static final String OUTSIDE = "Emergency, outside the times for deployments: ";

    /** Before anything is touched: the targets get the head of the trail that this is in. */
    DeploymentRecord note(DeploymentRecord begun, Mandate mandate) {
        boolean pastGate = mandate.emergency();
        if (!pastGate && closed.isEmpty()) {
            return begun;
        }
        String reason = pastGate ? begun.reason() : OUTSIDE + mandate.timing().emergency();
        DeploymentRecord record =
                ports.history().update(begun.id(), r -> Records.of(r).because(reason));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("app", record.app());
        details.put("environment", record.environment());
        details.put("number", record.number());
        details.put("commit", record.commit());
        details.put("reason", record.reason());
        closed.ifPresent(why -> details.put("closed", why));
        ports.history()
                .audit()
                .add(new AuditEntry.Note(
                        ports.clock().instant(), record.actor(), AuditEntry.What.EMERGENCY, "", record.id(), details));
        return record;
    }
}
