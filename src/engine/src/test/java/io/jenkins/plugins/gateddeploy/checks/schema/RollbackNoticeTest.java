package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.checks.schema.RollbackNotice.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rollback over a deployment that deleted data says. */
class RollbackNoticeTest {
    private static final Instant ENDED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Optional<Duration> WEEK = Optional.of(Duration.ofDays(7));
    private static final Loss LOSS =
            new Loss(12, ENDED, List.of("Table notes is deleted."), List.of("s3://copies/12.sql (web-1)"));

    @Test
    void saysNothingWhenNothingWasDeleted() {
        assertThat(RollbackNotice.of(List.of(), WEEK, ENDED)).isEmpty();
        assertThat(RollbackNotice.of(List.of(new Loss(1, ENDED, List.of(), List.of())), WEEK, ENDED))
                .isEmpty();
    }

    @Test
    void saysWithinTheRetentionThatTheDataIsStillThere() {
        assertThat(RollbackNotice.of(List.of(LOSS), WEEK, ENDED.plus(Duration.ofDays(6))))
                .hasValue("Deployment #12 (2026-03-01 10:00 UTC) deleted data that the release you go back to may need:"
                        + " Table notes is deleted. Going back does not bring it back. The data is still there: it is"
                        + " kept for 7 days, until 2026-03-08 10:00 UTC. Backup: s3://copies/12.sql (web-1).");
    }

    @Test
    void saysAfterTheRetentionThatItIsGone() {
        assertThat(RollbackNotice.of(List.of(LOSS), WEEK, ENDED.plus(Duration.ofDays(7)))
                        .orElseThrow())
                .contains("The data was kept for 7 days, until 2026-03-08 10:00 UTC, and is gone. Backup: s3");
    }

    @Test
    void saysWhenNobodyKnows() {
        Loss other = new Loss(13, ENDED, List.of("Field a.b is deleted."), List.of());

        assertThat(RollbackNotice.of(List.of(LOSS, other), Optional.empty(), ENDED)
                        .orElseThrow()
                        .lines())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("How long deleted data is kept is not stated (schema.retention). No backup is recorded.");
    }
}
