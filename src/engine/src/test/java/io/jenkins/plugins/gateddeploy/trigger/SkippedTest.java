package io.jenkins.plugins.gateddeploy.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.What;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.registration.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why nothing came of a push, in a real audit trail. */
class SkippedTest {
    private static final Actor SCM = new Actor("(scm)", "SCM change", Set.of());
    private static final Place PRODUCTION = new Place("shop", "production");
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:00Z");

    @TempDir
    private Path directory;

    @Test
    void tellsOfEachBuildAndPlaceTheLastAndNothingElseOfTheTrail() {
        try (History history = new HistoryDatabase(
                directory.resolve("history"),
                new HistoryDatabase.Settings(Optional.empty(), Duration.ofSeconds(5), "a test"))) {
            Audit audit = history.audit();
            Origin first = new Origin("shop/main", 7, "shop » main #7");
            Origin second = new Origin("shop/main", 8, "shop » main #8");
            Skipped.note(audit, PRODUCTION, SCM, first, "Asked", NOW);
            Skipped.note(audit, PRODUCTION, SCM, first, "Not \"wanted\" <b>", NOW.plusSeconds(1));
            audit.add(new AuditEntry.Note(NOW, "meg", What.LANE_PAUSED, "", "", Map.of("why", "Lunch")));
            Skipped.note(audit, new Place("shop", "staging"), SCM, first, "Elsewhere", NOW.plusSeconds(2));
            Skipped.note(audit, PRODUCTION, SCM, second, "Held", NOW.plusSeconds(3));

            assertThat(Skipped.recent(audit))
                    .extracting(Skipped::why)
                    .isEqualTo(List.of("Held", "Elsewhere", "Not \"wanted\" <b>"));
            assertThat(Skipped.recent(audit))
                    .last()
                    .isEqualTo(new Skipped(PRODUCTION, NOW.plusSeconds(1), "SCM change", first, "Not \"wanted\" <b>"));
            assertThat(audit.faults()).isEmpty();
        }
    }
}
