package io.jenkins.plugins.gateddeploy.checks.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldCheckTest {

    /** As a trigger and a gate that could open by itself take it. */
    @ParameterizedTest
    @CsvSource({"[HOLD] Sort, true", "[hold] Sort, true", "' [Hold] Sort', true", "'Sort, not [HOLD]', false"})
    void warnsOfACommitThatIsHeldInWhicheverCase(String subject, boolean held) {
        Revision revision = new Revision(
                "a".repeat(40),
                "main",
                null,
                subject,
                subject,
                "A <a@x>",
                "A <a@x>",
                Instant.parse("2030-05-01T12:00:00Z"));

        List<Problem> problems = new HeldCheck(revision).find();

        assertThat(problems).hasSize(held ? 1 : 0).allMatch(p -> p.id().equals("release.held"));
    }
}
