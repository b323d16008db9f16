package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
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
        Map<String, Story> stories = new LinkedHashMap<>();
        for (AuditEntry entry : entries) {
            if (entry.what().equals(AuditEntry.What.OPENED.name())) {
                stories.put(entry.gate(), new Story());
            }
            Story story = stories.get(entry.gate());
            if (story != null) {
                story.add(entry);
            }
        }
        List<String> faults = new ArrayList<>();
        GateTable gates = new GateTable(handle);
        stories.forEach((id, story) -> gates.find(id)
                .ifPresentOrElse(
                        gate -> {
                            if (!story.fits(gate)) {
                                faults.add(
                                        "The gate " + id + " (" + gate.subject().revision()
                                                + ") is not as the trail says: it stands "
                                                + gate.closed()
                                                        .map(Gate.Closed::standing)
                                                        .orElse(Standing.OPEN)
                                                + " with approvals by [" + gate.approvers() + "].");
                            }
                        },
                        () -> faults.add("The gate " + id + " is in the trail, but is no longer kept.")));
        return faults;
    }

    /** What the trail says of one gate. */
    private static final class Story {
        private final List<String> standing = new ArrayList<>();
        private String plan = "";
        private String closed = Standing.OPEN.name();

        void add(AuditEntry entry) {
            Map<?, ?> details = details(entry);
            switch (entry.what()) {
                case "OPENED", "REVISED" -> plan = String.valueOf(details.get("plan"));
                case "APPROVED", "REJECTED" -> standing.add(entry.who());
                case "WITHDRAWN" -> standing.remove(entry.who());
                case "VOIDED" -> standing.remove(String.valueOf(details.get("person")));
                case "CLOSED" -> closed = String.valueOf(details.get("standing"));
                default -> {
                    // Of a newer version's making.
                }
            }
        }

        /** Details that somebody has changed are told by their hash. */
        private static Map<?, ?> details(AuditEntry entry) {
            try {
                return CanonicalJson.read(entry.details(), Map.class);
            } catch (IllegalArgumentException e) {
                return Map.of();
            }
        }

        boolean fits(Gate gate) {
            return gate.subject().plan().equals(plan)
                    && gate.closed()
                            .map(Gate.Closed::standing)
                            .orElse(Standing.OPEN)
                            .name()
                            .equals(closed)
                    && gate.decisions().stream().map(d -> d.person()).toList().equals(standing);
        }
    }
}
