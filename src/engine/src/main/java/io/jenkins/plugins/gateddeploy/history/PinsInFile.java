package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Pins in the history's file. What happens to one is in the audit trail by the same transaction. */
final class PinsInFile implements Pins {
    private static final String SELECT =
            "select id, app, environment, commit_id, release_id, deployment, person, since,"
                    + " lifted, lifted_by, lifted_why from pin";
    private static final String OF_PLACE = " where app = ? and environment = ?";

    private final HistoryFile file;

    PinsInFile(HistoryFile file) {
        this.file = file;
    }

    @Override
    public List<Pin> standing(String app, String environment) {
        return file.read(handle -> standing(handle, app, environment));
    }

    private static List<Pin> standing(Handle handle, String app, String environment) {
        return list(handle, OF_PLACE + " and lifted is null", app, environment);
    }

    @Override
    public List<Pin> all(String app, String environment) {
        return file.read(handle -> list(handle, OF_PLACE, app, environment));
    }

    private static List<Pin> list(Handle handle, String where, String app, String environment) {
        return handle.createQuery(SELECT + where + " order by entry desc")
                .bind(0, app)
                .bind(1, environment)
                .map((row, context) -> pin(row))
                .list();
    }

    @Override
    public void add(Pin pin) {
        file.<Void>write(handle -> {
            boolean there = standing(handle, pin.app(), pin.environment()).stream()
                    .anyMatch(p -> p.commit().equals(pin.commit()));
            if (!there) {
                handle.execute(
                        "insert into pin (id, app, environment, commit_id, release_id, deployment, person, since)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                        pin.id(),
                        pin.app(),
                        pin.environment(),
                        pin.commit(),
                        pin.release(),
                        pin.deployment(),
                        Columns.text(pin.who()),
                        Columns.time(pin.since()));
                note(handle, AuditEntry.What.PINNED, pin, pin.who(), pin.since(), "");
            }
            return null;
        });
    }

    @Override
    public boolean lift(String id, Pin.Lifted how) {
        return file.write(handle -> lifted(handle, id, how).isPresent());
    }

    @Override
    public List<Pin> liftAll(String app, String environment, Pin.Lifted how) {
        return file.write(handle -> {
            List<Pin> lifted = new ArrayList<>(standing(handle, app, environment));
            // Another process may lift one of them meanwhile: then it is not ours to tell of.
            lifted.removeIf(pin -> lifted(handle, pin.id(), how).isEmpty());
            return lifted;
        });
    }

    @Override
    public List<Pin> liftAll(List<String> ids, Pin.Lifted how) {
        return file.write(handle ->
                ids.stream().flatMap(id -> lifted(handle, id, how).stream()).toList());
    }

    /** {@return the pin as it stood until now; empty when it did not} */
    private static Optional<Pin> lifted(Handle handle, String id, Pin.Lifted how) {
        Optional<Pin> pin = handle.createQuery(SELECT + " where id = ? and lifted is null for update")
                .bind(0, id)
                .map((row, context) -> pin(row))
                .findFirst();
        pin.ifPresent(p -> {
            handle.execute(
                    "update pin set lifted = ?, lifted_by = ?, lifted_why = ? where id = ?",
                    Columns.time(how.when()),
                    Columns.text(how.who()),
                    Columns.text(how.why()),
                    id);
            note(handle, AuditEntry.What.UNPINNED, p, how.who(), how.when(), how.why());
        });
        return pin;
    }

    private static void note(Handle handle, AuditEntry.What what, Pin pin, String who, Instant time, String why) {
        new AuditTable(handle)
                .add(new AuditEntry.Note(
                        time,
                        who,
                        what,
                        "",
                        pin.deployment(),
                        Map.of(
                                "app", pin.app(),
                                "environment", pin.environment(),
                                "commit", pin.commit(),
                                "release", pin.release(),
                                "why", why)));
    }

    private static Pin pin(ResultSet row) throws SQLException {
        Instant lifted = Columns.instant(row, 9);
        return new Pin(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                Columns.instant(row, 8),
                lifted == null
                        ? Optional.empty()
                        : Optional.of(new Pin.Lifted(row.getString(10), lifted, row.getString(11))));
    }
}
