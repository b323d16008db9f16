package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Former;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.Note;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.What;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what happens at gates, in the transaction in which it does.
 *
 * @param handle of that transaction
 */
record GateTrail(Handle handle) {

    void opened(Gate gate) {
        note(gate, gate.opened(), gate.rules().requester(), What.OPENED, plan(gate));
        closed(gate, "");
    }

    void revised(Gate gate, Instant time) {
        note(gate, time, "", What.REVISED, plan(gate));
    }

    private static Map<String, ?> plan(Gate gate) {
        return Map.of(
                "app", gate.subject().app(),
                "environment", gate.subject().environment(),
                "plan", gate.subject().plan(),
                "revision", gate.subject().revision(),
                "rules", CanonicalJson.write(gate.rules()),
                "deadline", gate.deadline().toString());
    }

    void decided(Gate gate, Decision decision) {
        note(
                gate,
                decision.time(),
                decision.person(),
                decision.verdict() == Decision.Verdict.APPROVE ? What.APPROVED : What.REJECTED,
                Map.of(
                        "name", decision.name(),
                        "as", List.copyOf(new java.util.TreeSet<>(decision.as())),
                        "comment", decision.comment(),
                        "plan", gate.subject().plan()));
    }

    void ended(Gate gate, Former former) {
        boolean withdrawn = former.end() == Former.End.WITHDRAWN;
        note(
                gate,
                former.time(),
                withdrawn ? former.decision().person() : "",
                withdrawn ? What.WITHDRAWN : What.VOIDED,
                Map.of("person", former.decision().person(), "why", former.why()));
    }

    /** @param who by whose decision; empty for nobody's */
    void closed(Gate gate, String who) {
        gate.closed()
                .ifPresent(closed -> note(
                        gate,
                        closed.time(),
                        who,
                        What.CLOSED,
                        Map.of("standing", closed.standing().name(), "why", closed.why())));
    }

    private void note(Gate gate, Instant time, String who, What what, Map<String, ?> details) {
        new AuditTable(handle)
                .add(new Note(time, who, what, gate.id(), gate.subject().deployment(), details));
    }
}
