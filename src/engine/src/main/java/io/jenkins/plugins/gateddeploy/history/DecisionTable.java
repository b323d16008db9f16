package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Former;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What people said at gates; rows are only ever added, and noted to count no more. */
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

    /** Notes that a decision counts no more; the person has one that stands at most. */
    void end(String gate, Former former) {
        handle.execute(
                "update gate_decision set ended = ?, ended_how = ?, ended_why = ?"
                        + " where gate = ? and person = ? and ended is null",
                Columns.time(former.time()),
                former.end().name(),
                Columns.text(former.why()),
                gate,
                former.decision().person());
    }

    /**
     * A row.
     *
     * @param decision what was said
     * @param former the same with how it ended; empty when it stands
     */
    record Row(Decision decision, Optional<Former> former) {}

    /** {@return those that stand, in the order they were taken} */
    static List<Decision> standing(List<Row> rows) {
        return rows.stream().filter(r -> r.former.isEmpty()).map(Row::decision).toList();
    }

    /** {@return those that count no more, in the order they were taken} */
    static List<Former> former(List<Row> rows) {
        return rows.stream().flatMap(r -> r.former.stream()).toList();
    }

    /** {@return the decisions at each of some gates, by its id, in the order they were taken} */
    Map<String, List<Row>> of(List<String> gates) {
        return Children.of(
                handle,
                "select gate, person, name, names, verdict, remark, decided, ended, ended_how, ended_why"
                        + " from gate_decision",
                gates,
                DecisionTable::row);
    }

    private static Row row(ResultSet row) throws SQLException {
        Decision decision = new Decision(
                row.getString(2),
                row.getString(3),
                Set.of(CanonicalJson.read(row.getString(4), String[].class)),
                Verdict.valueOf(row.getString(5)),
                row.getString(6),
                Columns.instant(row, 7));
        Instant ended = Columns.instant(row, 8);
        return new Row(
                decision,
                ended == null
                        ? Optional.empty()
                        : Optional.of(
                                new Former(decision, Former.End.valueOf(row.getString(9)), row.getString(10), ended)));
    }
}
