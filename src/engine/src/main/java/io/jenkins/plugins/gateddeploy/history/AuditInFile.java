package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The audit trail in the history's file. */
final class AuditInFile implements Audit {
    private final HistoryFile file;

    AuditInFile(HistoryFile file) {
        this.file = file;
    }

    @Override
    public Head head() {
        return file.read(handle -> new AuditTable(handle).head());
    }

    @Override
    public void add(AuditEntry.Note note) {
        file.<Void>write(handle -> {
            new AuditTable(handle).add(note);
            return null;
        });
    }

    @Override
    public List<AuditEntry> entries() {
        return file.read(handle -> new AuditTable(handle).entries());
    }

    @Override
    public List<AuditEntry> recent(AuditEntry.What what) {
        return file.read(handle -> new AuditTable(handle).recent(what, RECENT));
    }

    /** {@inheritDoc} Gates that were opened before there was a trail are not in it, and not looked at. */
    @Override
    public List<String> faults() {
        return file.read(handle -> {
            AuditTable table = new AuditTable(handle);
            List<AuditEntry> entries = table.entries();
            List<String> faults = new ArrayList<>(Audit.faults(entries, table.head()));
            faults.addAll(gates(handle, entries));
            return faults;
        });
    }

    /** What a gate's own rows say has to be what the trail says of it. */
    private static List<String> gates(Handle handle, List<AuditEntry> entries) {
        Map<String, GateStory> stories = new LinkedHashMap<>();
        for (AuditEntry entry : entries) {
            if (entry.what().equals(AuditEntry.What.OPENED.name())) {
                stories.put(entry.gate(), new GateStory());
            }
            GateStory story = stories.get(entry.gate());
            if (story != null) {
                story.add(entry);
            }
        }
        List<String> faults = new ArrayList<>();
        GateTable gates = new GateTable(handle);
        stories.forEach((id, story) -> gates.find(id)
                .ifPresentOrElse(
                        gate -> {
                            List<String> differing = story.differing(gate);
                            if (!differing.isEmpty()) {
                                faults.add("The gate " + id + " ("
                                        + gate.subject().revision()
                                        + ") is not as the trail says: " + String.join(", ", differing)
                                        + " changed; it stands "
                                        + gate.closed()
                                                .map(Gate.Closed::standing)
                                                .orElse(Standing.OPEN)
                                        + " with approvals by [" + gate.approvers() + "].");
                            }
                        },
                        () -> faults.add("The gate " + id + " is in the trail, but is no longer kept.")));
        return faults;
    }
}
