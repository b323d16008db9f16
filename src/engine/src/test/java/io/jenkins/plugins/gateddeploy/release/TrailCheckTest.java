package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.Note;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.What;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What notes on targets tell of an audit trail. */
class TrailCheckTest {
    @TempDir
    private Path directory;

    @Test
    void comparesWhatItsOwnDeploymentsHaveNotedOnTargets() {
        try (HistoryDatabase history = new HistoryDatabase(
                directory, new HistoryDatabase.Settings(Optional.empty(), Duration.ofSeconds(10), "test"))) {
            String none = history.audit().head().text();
            history.audit().add(new Note(Instant.EPOCH, "ada", What.EMERGENCY, "", "d-1", Map.of("reason", "fire")));
            String first = history.audit().head().text();
            history.audit().add(new Note(Instant.EPOCH, "ada", What.EMERGENCY, "", "d-2", Map.of("reason", "flood")));
            String other = new Audit.Head(2, "ab".repeat(32)).text();
            String later = new Audit.Head(3, "ab".repeat(32)).text();
            TrailCheck check = new TrailCheck(history, "laptop");

            assertThat(check.check(List.of(with(entry("laptop", none), entry("laptop", first), entry("laptop", null)))))
                    .isEqualTo(new TrailCheck.Outcome(2, 2, 0, List.of()));
            assertThat(check.check(List.of(with(entry("ci", other), entry("laptop", "of another version")))))
                    .isEqualTo(new TrailCheck.Outcome(2, 0, 1, List.of()));
            assertThat(check.check(List.of(with(entry("laptop", other), entry("laptop", later))))
                            .faults())
                    .hasSize(2)
                    .allMatch(f -> f.startsWith("web-1 was told by deployment #7 (r-7)"));
        }
    }

    private static Environment with(Entry... entries) {
        return new Environment(List.of(), List.of(), List.of(), Map.of("web-1", List.of(entries)));
    }

    private static Entry entry(String host, String audit) {
        return new Entry(
                "d", 7, Kind.DEPLOY, "r-7", "c", "", "", "ada", host, Instant.EPOCH, "SUCCEEDED", audit, null, null);
    }
}
