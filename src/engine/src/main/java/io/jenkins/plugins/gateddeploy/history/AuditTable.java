package io.jenkins.plugins.gateddeploy.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The audit trail's rows, which are only ever added, and the one row that says which is the newest. */
final class AuditTable {
    private final Handle handle;

    AuditTable(Handle handle) {
        this.handle = handle;
    }

    /** The newest entry's row is held until the transaction ends: entries are added one after the other. */
    void add(AuditEntry.Note note) {
        AuditEntry entry = AuditEntry.following(newest(" for update"), note);
        handle.execute(
                "insert into audit (entry, happened, who, what, gate, deployment, details, previous, hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.number(),
                Columns.time(entry.time()),
                entry.who(),
                entry.what(),
                entry.gate(),
                entry.deployment(),
                entry.details(),
                entry.previous(),
                entry.hash());
        handle.execute("update audit_head set entry = ?, hash = ? where id = 1", entry.number(), entry.hash());
    }

    Audit.Head head() {
        return newest("");
    }

    private Audit.Head newest(String lock) {
        return handle.createQuery("select entry, hash from audit_head where id = 1" + lock)
                .map((row, context) -> new Audit.Head(row.getLong(1), row.getString(2)))
                .findFirst()
                .orElseThrow(() -> new HistoryException(
                        "The audit trail has lost the note of its newest entry. Put a copy of the history back from a"
                                + " backup.",
                        null));
    }

    List<AuditEntry> entries() {
        return handle.createQuery("select entry, happened, who, what, gate, deployment, details, previous, hash"
                        + " from audit order by entry")
                .map((row, context) -> entry(row))
                .list();
    }

    List<AuditEntry> recent(AuditEntry.What what, int among) {
        return handle.createQuery("select entry, happened, who, what, gate, deployment, details, previous, hash"
                        + " from audit where entry > ? and what = ? order by entry desc")
                .bind(0, head().number() - among)
                .bind(1, what.name())
                .map((row, context) -> entry(row))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong(1),
                Columns.instant(row, 2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }
}
