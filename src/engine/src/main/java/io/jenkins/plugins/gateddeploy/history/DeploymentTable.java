package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** One row a deployment; what belongs to it is in tables of its own. */
final class DeploymentTable {
    private static final String COLUMNS =
            "id, app, environment, kind, sequence_number, release_id, commit_id, reference,"
                    + " tag, subject, author, actor, owner_host, owner_pid, owner_start, started, ended, state, message, log_file,"
                    + " job, build, origin_text, gate_id, approvers, reason, forced, forced_reason";

    private static final String SELECT = "select " + COLUMNS + " from deployment";

    private static final String IS_UNFINISHED = "state not in "
            + names(Arrays.stream(State.values()).filter(State::isFinal).toList());

    private final Handle handle;

    DeploymentTable(Handle handle) {
        this.handle = handle;
    }

    /** {@return the highest number given so far; 0 when there is none} */
    int newestNumber(String app, String environment) {
        return handle.createQuery(
                        "select coalesce(max(sequence_number), 0) from deployment where app = ? and environment = ?")
                .bind(0, app)
                .bind(1, environment)
                .map((row, context) -> row.getInt(1))
                .one();
    }

    void insert(DeploymentRecord r) {
        handle.execute(
                "insert into deployment (" + COLUMNS + ") values"
                        + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                r.id(),
                r.app(),
                r.environment(),
                r.kind().name(),
                r.number(),
                r.release(),
                r.commit(),
                Columns.text(r.ref()),
                Columns.text(r.tag()),
                Columns.text(r.subject()),
                Columns.text(r.author()),
                Columns.text(r.actor()),
                r.owner().host(),
                r.owner().pid(),
                r.owner().startTicks(),
                Columns.time(r.started()),
                r.ended().map(Columns::time).orElse(null),
                r.state().name(),
                Columns.text(r.message()),
                r.log().toString(),
                r.origin().job(),
                r.origin().build(),
                Columns.text(r.origin().text()),
                r.passed().gate(),
                Columns.text(r.passed().approvers()),
                Columns.text(r.reason()),
                ids(r),
                Columns.text(r.judgement().forced().reason()));
    }

    /** Writes everything but identity, number, kind, origin and start. */
    void update(DeploymentRecord r) {
        handle.execute(
                "update deployment set release_id = ?, commit_id = ?, reference = ?, tag = ?, subject = ?, author = ?,"
                        + " actor = ?, owner_host = ?, owner_pid = ?, owner_start = ?, ended = ?, state = ?, message = ?,"
                        + " log_file = ?, gate_id = ?, approvers = ?, forced = ?, forced_reason = ?, reason = ?"
                        + " where id = ?",
                r.release(),
                r.commit(),
                Columns.text(r.ref()),
                Columns.text(r.tag()),
                Columns.text(r.subject()),
                Columns.text(r.author()),
                Columns.text(r.actor()),
                r.owner().host(),
                r.owner().pid(),
                r.owner().startTicks(),
                r.ended().map(Columns::time).orElse(null),
                r.state().name(),
                Columns.text(r.message()),
                r.log().toString(),
                r.passed().gate(),
                Columns.text(r.passed().approvers()),
                ids(r),
                Columns.text(r.judgement().forced().reason()),
                Columns.text(r.reason()),
                r.id());
    }

    private static String ids(DeploymentRecord r) {
        return String.join(" ", r.judgement().forced().ids());
    }

    void renumber(String id, int number) {
        handle.execute("update deployment set sequence_number = ? where id = ?", number, id);
    }

    /** Brings the deployment to the event's state, if that is possible from where it stands. */
    void advance(DeploymentRecord record, Event event) {
        if (event.state().isFinal()) {
            handle.execute(
                    "update deployment set state = ?, ended = ?, message = ? where id = ?",
                    event.state().name(),
                    Columns.time(record.ended().orElse(event.time())),
                    Columns.text(event.message().isEmpty() ? record.message() : event.message()),
                    event.deployment());
        } else if (!record.state().isFinal()) {
            handle.execute(
                    "update deployment set state = ? where id = ?",
                    event.state().name(),
                    event.deployment());
        }
    }

    boolean takeOver(String id, Owner from, Owner to) {
        return handle.execute(
                        "update deployment set owner_host = ?, owner_pid = ?, owner_start = ? where id = ?"
                                + " and owner_host = ? and owner_pid = ? and owner_start = ? and " + IS_UNFINISHED,
                        to.host(),
                        to.pid(),
                        to.startTicks(),
                        id,
                        from.host(),
                        from.pid(),
                        from.startTicks())
                == 1;
    }

    /** {@return the deployment, which nobody else changes until this transaction ends} */
    Optional<DeploymentRecord> lock(String id) {
        return whole(handle.createQuery(SELECT + " where id = ? for update").bind(0, id)).stream()
                .findFirst();
    }

    Optional<DeploymentRecord> find(String id) {
        return whole(handle.createQuery(SELECT + " where id = ?").bind(0, id)).stream()
                .findFirst();
    }

    Optional<DeploymentRecord> find(String app, String environment, int number) {
        return whole(handle.createQuery(SELECT + " where app = ? and environment = ? and sequence_number = ?")
                        .bind(0, app)
                        .bind(1, environment)
                        .bind(2, number))
                .stream()
                .findFirst();
    }

    /** {@return those that match, the one that began last first} */
    List<DeploymentRecord> list(FilterQuery filter) {
        Query query = handle.createQuery(SELECT + filter.where() + " order by entry desc fetch first ? rows only");
        List<Object> values = filter.values();
        for (int i = 0; i < values.size(); i++) {
            query.bind(i, values.get(i));
        }
        return whole(query.bind(values.size(), filter.limit()));
    }

    List<DeploymentRecord> unfinished(String app, String environment) {
        return whole(handle.createQuery(
                        SELECT + " where app = ? and environment = ? and " + IS_UNFINISHED + " order by entry")
                .bind(0, app)
                .bind(1, environment));
    }

    List<DeploymentRecord> unfinished() {
        return whole(handle.createQuery(SELECT + " where " + IS_UNFINISHED + " order by entry"));
    }

    /** By their ends: one that waited for people may have begun before another, and be current after it. */
    List<DeploymentRecord> successes(String app, String environment, int limit) {
        return whole(handle.createQuery(newest("release_id", "app = ? and environment = ?")
                        + " order by ended desc, entry desc fetch first ? rows only")
                .bind(0, app)
                .bind(1, environment)
                .bind(2, limit));
    }

    Optional<DeploymentRecord> lastEnded(String app, String environment, Set<State> ends) {
        return whole(handle.createQuery(SELECT + " where app = ? and environment = ? and state in " + names(ends)
                                + " order by ended desc, entry desc fetch first 1 rows only")
                        .bind(0, app)
                        .bind(1, environment))
                .stream()
                .findFirst();
    }

    /**
     * {@return whether a deployment through a gate made its release current on some target} {@code CONFIRMING} is written
     * down when all have switched. Application and environment are asked for because there is an index over them.
     */
    boolean hasSwitched(String app, String environment, String gate) {
        return handle.createQuery("select 1 from deployment d where app = ? and environment = ? and gate_id = ? and"
                        + " (state in " + names(List.of(State.SUCCEEDED, State.ROLLED_BACK))
                        + " or exists (select 1 from event where deployment = d.id and state = 'CONFIRMING'))"
                        + " fetch first 1 rows only")
                .bind(0, app)
                .bind(1, environment)
                .bind(2, gate)
                .map((row, context) -> row.getInt(1))
                .findFirst()
                .isPresent();
    }

    /** {@return the newest deployment, no rollback, that made a release and succeeded} */
    Optional<DeploymentRecord> maker(String app, String environment, String release) {
        return whole(handle.createQuery(SELECT
                                + " where app = ? and environment = ? and release_id = ? and kind = 'DEPLOY' and state ="
                                + " 'SUCCEEDED' order by ended desc, entry desc fetch first 1 rows only")
                        .bind(0, app)
                        .bind(1, environment)
                        .bind(2, release))
                .stream()
                .findFirst();
    }

    /** {@return those that succeeded although that problem was found, and ended after a time, newest first} */
    List<DeploymentRecord> withProblem(String app, String environment, String problem, Instant after) {
        return whole(handle.createQuery(SELECT
                        + " where app = ? and environment = ? and state = 'SUCCEEDED' and ended > ? and id in (select"
                        + " deployment from problem where problem_id = ?) order by ended desc, entry desc")
                .bind(0, app)
                .bind(1, environment)
                .bind(2, Columns.time(after))
                .bind(3, problem));
    }

    List<DeploymentRecord> current(Filter.Job job) {
        String places = "(app, environment) in (select app, environment from deployment where job = ?"
                + (job.children() ? " or job like ? escape '!')" : ")");
        Query query = handle.createQuery(newest("app, environment", places) + " order by app, environment")
                .bind(0, job.name());
        return whole(job.children() ? query.bind(1, FilterQuery.below(job.name())) : query);
    }

    /** {@return the jobs of deployments and gates with their places, each once} */
    List<History.Site> sites() {
        return handle.createQuery("select app, environment, job from deployment union select app, environment, job from"
                        + " gate order by app, environment, job")
                .map((row, context) -> new History.Site(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Names of our own constants only, so they may stand in a statement as they are. */
    private static String names(Collection<State> states) {
        return states.stream().map(s -> "'" + s.name() + "'").collect(Collectors.joining(", ", "(", ")"));
    }

    private static String newest(String of, String condition) {
        return "select " + COLUMNS + " from (select deployment.*, row_number() over (partition by " + of
                + " order by ended desc, entry desc) as place from deployment where state = 'SUCCEEDED' and "
                + condition + ") as ranked where place = 1";
    }

    /** Reads rows and everything that belongs to them. */
    private List<DeploymentRecord> whole(Query query) {
        List<Row> rows = query.map((row, context) -> Row.of(row)).list();
        List<String> ids = rows.stream().map(Row::id).toList();
        Map<String, List<TargetOutcome>> targets = new TargetOutcomeTable(handle).of(ids);
        Map<String, List<Problem>> problems = new ProblemTable(handle).of(ids);
        return rows.stream()
                .map(r -> r.with(targets.getOrDefault(r.id(), List.of()), problems.getOrDefault(r.id(), List.of())))
                .toList();
    }

    /** A deployment without what stands in other tables. */
    private record Row(DeploymentRecord bare) {
        String id() {
            return bare.id();
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(new DeploymentRecord(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    Kind.valueOf(row.getString(4)),
                    row.getInt(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    new Owner(row.getString(13), row.getLong(14), row.getLong(15)),
                    Columns.instant(row, 16),
                    Optional.ofNullable(Columns.instant(row, 17)),
                    State.valueOf(row.getString(18)),
                    row.getString(19),
                    List.of(),
                    new Judgement(List.of(), forced(row.getString(27), row.getString(28))),
                    Path.of(row.getString(20)),
                    new Origin(row.getString(21), row.getInt(22), row.getString(23)),
                    new Passed(row.getString(24), row.getString(25)),
                    row.getString(26)));
        }

        private static Forced forced(String ids, String reason) {
            return ids.isEmpty() ? Forced.nothing() : new Forced(List.of(ids.split(" ")), reason);
        }

        DeploymentRecord with(List<TargetOutcome> targets, List<Problem> problems) {
            return new DeploymentRecord(
                    bare.id(),
                    bare.app(),
                    bare.environment(),
                    bare.kind(),
                    bare.number(),
                    bare.release(),
                    bare.commit(),
                    bare.ref(),
                    bare.tag(),
                    bare.subject(),
                    bare.author(),
                    bare.actor(),
                    bare.owner(),
                    bare.started(),
                    bare.ended(),
                    bare.state(),
                    bare.message(),
                    targets,
                    new Judgement(problems, bare.judgement().forced()),
                    bare.log(),
                    bare.origin(),
                    bare.passed(),
                    bare.reason());
        }
    }
}
