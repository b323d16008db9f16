package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What people said at gates; rows are only ever added. */
final class DecisionTable {
    private final Handle handle;

    DecisionTable(Handle handle) {
        this.handle = handle;
    }

    void append(String gate, Decision decision) {
        handle.execute(
                "insert into gate_decision (gate, person, name, names, verdict, remark, decided)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                gate,
                decision.person(),
                Columns.text(decision.name()),
                CanonicalJson.write(decision.as()),
                decision.verdict().name(),
                Columns.text(decision.comment()),
                Columns.time(decision.time()));
    }

    /** {@return the decisions at each of some gates, by its id, in the order they were taken} */
    Map<String, List<Decision>> of(List<String> gates) {
        return Children.of(
                handle,
                "select gate, person, name, names, verdict, remark, decided from gate_decision",
                gates,
                row -> new Decision(
                        row.getString(2),
                        row.getString(3),
                        Set.of(CanonicalJson.read(row.getString(4), String[].class)),
                        Verdict.valueOf(row.getString(5)),
                        row.getString(6),
                        Columns.instant(row, 7)));
    }
}
