package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Pause;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** One row a lane, and one an entry. Entries whose deployment has ended are not seen, and swept out by the next change. */
final class LaneTable {
    private static final String COLUMNS =
            "id, app, environment, deployment, under, title, reference, person, job, build,"
                    + " joined, not_before, waits_until, turn";

    /** Names of our own constants only, so they may stand in a statement as they are. */
    private static final String OVER = "exists (select 1 from deployment d where d.id ="
            + " lane_entry.deployment and d.state in ("
            + Arrays.stream(State.values())
                    .filter(State::isFinal)
                    .map(s -> "'" + s.name() + "'")
                    .collect(Collectors.joining(", "))
            + "))";

    private static final String SELECT = "select " + COLUMNS + " from lane_entry where not (" + OVER + ")";

    private final Handle handle;

    LaneTable(Handle handle) {
        this.handle = handle;
    }

    boolean isKnown(Lane lane) {
        return handle.createQuery("select 1 from lane where app = ? and environment = ?")
                .bind(0, lane.app())
                .bind(1, lane.environment())
                .map((row, context) -> row.getInt(1))
                .findFirst()
                .isPresent();
    }

    void know(Lane lane) {
        handle.execute("insert into lane (app, environment) values (?, ?)", lane.app(), lane.environment());
    }

    /** {@return the lane, which nobody else changes until this transaction ends} */
    Queue lock(Lane lane) {
        pause(lane, " for update");
        handle.execute(
                "delete from lane_entry where app = ? and environment = ? and " + OVER, lane.app(), lane.environment());
        return queue(lane);
    }

    Queue queue(Lane lane) {
        List<Entry> entries = handle.createQuery(SELECT + " and app = ? and environment = ? order by lane_rank, entry")
                .bind(0, lane.app())
                .bind(1, lane.environment())
                .map((row, context) -> entry(row))
                .list();
        return new Queue(lane, pause(lane, ""), entries);
    }

    private Optional<Pause> pause(Lane lane, String lock) {
        return handle.createQuery(
                        "select paused_why, paused_by, paused from lane where app = ? and environment = ?" + lock)
                .bind(0, lane.app())
                .bind(1, lane.environment())
                .map((row, context) -> Optional.ofNullable(row.getString(1)).isEmpty()
                        ? Optional.<Pause>empty()
                        : Optional.of(new Pause(row.getString(1), row.getString(2), Columns.instant(row, 3))))
                .findFirst()
                .flatMap(pause -> pause);
    }

    Optional<Entry> find(String id) {
        return handle.createQuery(SELECT + " and id = ?")
                .bind(0, id)
                .map((row, context) -> entry(row))
                .findFirst();
    }

    List<Lane> lanes() {
        return handle.createQuery("select app, environment from lane where paused_why is not null union select app,"
                        + " environment from lane_entry where not (" + OVER + ") order by app, environment")
                .map((row, context) -> new Lane(row.getString(1), row.getString(2)))
                .list();
    }

    /** Writes what differs. */
    void write(Queue before, Queue after) {
        before.entries().stream()
                .filter(e -> after.find(e.id()).isEmpty())
                .forEach(e -> handle.execute("delete from lane_entry where id = ?", e.id()));
        int rank = 0;
        for (Entry entry : after.entries()) {
            rank++;
            if (before.find(entry.id()).isEmpty()) {
                insert(entry, rank);
            } else {
                handle.execute(
                        "update lane_entry set lane_rank = ?, turn = ? where id = ?",
                        rank,
                        entry.turn().map(Columns::time).orElse(null),
                        entry.id());
            }
        }
        if (!after.pause().equals(before.pause())) {
            handle.execute(
                    "update lane set paused_why = ?, paused_by = ?, paused = ? where app = ? and environment = ?",
                    after.pause().map(Pause::why).map(Columns::text).orElse(null),
                    after.pause().map(Pause::by).map(Columns::text).orElse(null),
                    after.pause().map(Pause::since).map(Columns::time).orElse(null),
                    after.lane().app(),
                    after.lane().environment());
        }
    }

    private void insert(Entry entry, int rank) {
        Claim claim = entry.claim();
        handle.execute(
                "insert into lane_entry (" + COLUMNS
                        + ", lane_rank) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.id(),
                entry.lane().app(),
                entry.lane().environment(),
                claim.deployment(),
                claim.under(),
                Columns.text(claim.title()),
                Columns.text(claim.ref()),
                Columns.text(claim.asker().person()),
                claim.asker().job(),
                claim.asker().build(),
                Columns.time(claim.since()),
                entry.bounds().notBefore().map(Columns::time).orElse(null),
                entry.bounds().until().map(Columns::time).orElse(null),
                entry.turn().map(Columns::time).orElse(null),
                rank);
    }

    /** From the first look at the targets on: what came before was waiting. */
    List<Duration> durations(Lane lane, int limit) {
        return handle
                .createQuery("select (select min(happened) from event where deployment = d.id and state ="
                        + " 'CHECKING'), d.ended from deployment d where d.app = ? and d.environment = ? and d.state ="
                        + " 'SUCCEEDED' order by d.ended desc, d.entry desc fetch first ? rows only")
                .bind(0, lane.app())
                .bind(1, lane.environment())
                .bind(2, limit)
                .map((row, context) -> span(Columns.instant(row, 1), Columns.instant(row, 2)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Duration> span(Instant from, Instant to) {
        return from == null || to == null ? Optional.empty() : Optional.of(Duration.between(from, to));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                new Lane(row.getString(2), row.getString(3)),
                new Claim(
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        new Claim.Asker(row.getString(8), row.getString(9), row.getInt(10)),
                        Columns.instant(row, 11)),
                new Bounds(
                        Optional.ofNullable(Columns.instant(row, 12)), Optional.ofNullable(Columns.instant(row, 13))),
                Optional.ofNullable(Columns.instant(row, 14)));
    }
}
