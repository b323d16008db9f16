package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** One row a gate; its decisions are in a table of their own. */
final class GateTable {
    private static final String COLUMNS =
            "id, app, environment, plan_digest, revision, message, deployment, job, build,"
                    + " rules, opened, deadline, standing, why, closed";

    private static final String SELECT = "select " + COLUMNS + " from gate";

    private final Handle handle;

    GateTable(Handle handle) {
        this.handle = handle;
    }

    void insert(Gate gate) {
        Subject subject = gate.subject();
        handle.execute(
                "insert into gate (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null)",
                gate.id(),
                subject.app(),
                subject.environment(),
                subject.plan(),
                Columns.text(subject.revision()),
                Columns.text(subject.message()),
                subject.deployment(),
                subject.job(),
                subject.build(),
                CanonicalJson.write(gate.rules()),
                Columns.time(gate.opened()),
                Columns.time(gate.deadline()));
    }

    /** Another plan, other rules, another deadline. */
    void revise(Gate gate) {
        Subject subject = gate.subject();
        handle.execute(
                "update gate set plan_digest = ?, revision = ?, message = ?, rules = ?, deadline = ? where id = ?",
                subject.plan(),
                Columns.text(subject.revision()),
                Columns.text(subject.message()),
                CanonicalJson.write(gate.rules()),
                Columns.time(gate.deadline()),
                gate.id());
    }

    void close(String id, Gate.Closed closed) {
        handle.execute(
                "update gate set standing = ?, why = ?, closed = ? where id = ?",
                closed.standing().name(),
                Columns.text(closed.why()),
                Columns.time(closed.time()),
                id);
    }

    /** {@return the gate, which nobody else changes until this transaction ends} */
    Optional<Gate> lock(String id) {
        return whole(handle.createQuery(SELECT + " where id = ? for update").bind(0, id)).stream()
                .findFirst();
    }

    Optional<Gate> find(String id) {
        return whole(handle.createQuery(SELECT + " where id = ?").bind(0, id)).stream()
                .findFirst();
    }

    List<Gate> list(GateFilter filter) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        filter.openAt().ifPresent(now -> {
            conditions.add("closed is null and deadline > ?");
            values.add(Columns.time(now));
        });
        equal("app", filter.app(), conditions, values);
        equal("environment", filter.environment(), conditions, values);
        filter.job().ifPresent(job -> {
            conditions.add(filter.below() ? "(job = ? or job like ? escape '!')" : "job = ?");
            values.add(job);
            if (filter.below()) {
                values.add(FilterQuery.below(job));
            }
        });
        equal("build", Optional.of(filter.build()).filter(b -> b != 0), conditions, values);
        equal("deployment", filter.deployment(), conditions, values);
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        Query query = handle.createQuery(SELECT + where + " order by entry desc fetch first ? rows only");
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return whole(query.bind(values.size(), filter.limit()));
    }

    /** {@return those that were open at a time or at some moment after it, whoever has closed them or not, oldest first} */
    List<Gate> openAfter(Instant time) {
        Query query =
                handle.createQuery(SELECT + " where (closed is null and deadline >= ?) or closed >= ? order by entry");
        return whole(query.bind(0, Columns.time(time)).bind(1, Columns.time(time)));
    }

    private static void equal(String column, Optional<?> value, List<String> conditions, List<Object> values) {
        value.ifPresent(v -> {
            conditions.add(column + " = ?");
            values.add(v);
        });
    }

    private List<Gate> whole(Query query) {
        List<Gate> bare = query.map((row, context) -> gate(row)).list();
        Map<String, List<DecisionTable.Row>> decisions =
                new DecisionTable(handle).of(bare.stream().map(Gate::id).toList());
        return bare.stream()
                .map(g -> new Gate(
                        g.id(),
                        g.subject(),
                        g.rules(),
                        g.opened(),
                        g.deadline(),
                        DecisionTable.standing(decisions.getOrDefault(g.id(), List.of())),
                        DecisionTable.former(decisions.getOrDefault(g.id(), List.of())),
                        g.closed()))
                .toList();
    }

    private static Gate gate(ResultSet row) throws SQLException {
        Instant closed = Columns.instant(row, 15);
        return new Gate(
                row.getString(1),
                new Subject(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getInt(9)),
                CanonicalJson.read(row.getString(10), Rules.class),
                Columns.instant(row, 11),
                Columns.instant(row, 12),
                List.of(),
                List.of(),
                closed == null
                        ? Optional.empty()
                        : Optional.of(new Gate.Closed(Standing.valueOf(row.getString(13)), row.getString(14), closed)));
    }
}
