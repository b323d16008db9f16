package io.jenkins.plugins.gateddeploy.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What happened to deployments; rows are only ever added. */
final class EventTable {
    private final Handle handle;

    EventTable(Handle handle) {
        this.handle = handle;
    }

    void append(Event event) {
        handle.execute(
                "insert into event (deployment, happened, state, message) values (?, ?, ?, ?)",
                event.deployment(),
                Columns.time(event.time()),
                event.state().name(),
                Columns.text(event.message()));
    }

    /** {@return the events of one deployment, oldest first} */
    List<Event> of(String deployment) {
        return handle.createQuery(
                        "select deployment, happened, state, message from event where deployment = ? order by entry")
                .bind(0, deployment)
                .map((row, context) -> event(row))
                .list();
    }

    /** {@return the events of a place's deployments whose messages begin so, oldest first} */
    List<Event> of(String app, String environment, String beginning) {
        return handle.createQuery(
                        "select e.deployment, e.happened, e.state, e.message from event e join deployment d on d.id ="
                                + " e.deployment where d.app = ? and d.environment = ? and e.message like ? escape '!'"
                                + " order by e.entry")
                .bind(0, app)
                .bind(1, environment)
                .bind(2, FilterQuery.literal(beginning) + "%")
                .map((row, context) -> event(row))
                .list();
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(row.getString(1), Columns.instant(row, 2), State.valueOf(row.getString(3)), row.getString(4));
    }
}
