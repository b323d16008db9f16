package io.jenkins.plugins.gateddeploy.history;

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
                .map((row, context) -> new Event(
                        row.getString(1), Columns.instant(row, 2), State.valueOf(row.getString(3)), row.getString(4)))
                .list();
    }
}
