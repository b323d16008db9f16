package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.terminal.Table;
import io.jenkins.plugins.gateddeploy.cli.terminal.Words;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Deployments as a table. */
final class HistoryTable {
    private static final int LONGEST_REASON = 40;

    private HistoryTable() {}

    static void print(Reading reading, List<DeploymentRecord> records, boolean severalApps) {
        if (records.isEmpty()) {
            reading.out().println("No deployment matches.");
            return;
        }
        List<String> headers =
                new ArrayList<>(List.of("#", "ENV", "KIND", "STATE", "VERSION", "SUBJECT", "BY", "STARTED", "TOOK"));
        // Most deployments have none, and the column takes room.
        boolean reasons = records.stream().anyMatch(r -> !r.reason().isEmpty());
        if (reasons) {
            headers.add("REASON");
        }
        if (severalApps) {
            headers.add(0, "APP");
        }
        Table table = new Table(headers.indexOf("SUBJECT"), headers.toArray(String[]::new));
        for (DeploymentRecord record : records) {
            List<String> row = row(record);
            if (reasons) {
                row.add(Table.cut(record.reason(), LONGEST_REASON));
            }
            if (severalApps) {
                row.add(0, record.app());
            }
            table.row(row.toArray(String[]::new));
        }
        table.print(reading.out(), reading.screen());
    }

    private static List<String> row(DeploymentRecord record) {
        String commit = record.commit().substring(0, Math.min(7, record.commit().length()));
        String version = !record.tag().isEmpty() ? record.tag() : !commit.isEmpty() ? commit : record.ref();
        return new ArrayList<>(List.of(
                String.valueOf(record.number()),
                record.environment(),
                record.kind().name().toLowerCase(Locale.ROOT),
                record.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                version,
                record.subject(),
                record.actor(),
                Words.of(record.started()),
                record.duration().map(Words::of).orElse("")));
    }
}
