package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/** Times as people type them. */
class TimesTest {
    @Test
    void takesADayFromItsBeginningToItsEnd() {
        ZoneId here = ZoneId.systemDefault();
        assertThat(Times.parse("2026-03-01", false))
                .isEqualTo(LocalDateTime.parse("2026-03-01T00:00").atZone(here).toInstant());
        assertThat(Times.parse("2026-03-01", true))
                .isEqualTo(LocalDateTime.parse("2026-03-02T00:00").atZone(here).toInstant());
    }

    @Test
    void takesTimesOfHereAndOfNamedZones() {
        assertThat(Times.parse("2026-03-01T14:30", false))
                .isEqualTo(LocalDateTime.parse("2026-03-01T14:30")
                        .atZone(ZoneId.systemDefault())
                        .toInstant());
        assertThat(Times.parse("2026-03-01T14:30Z", false)).isEqualTo(Instant.parse("2026-03-01T14:30:00Z"));
        assertThat(Times.parse("2026-03-01T14:30+02:00", false)).isEqualTo(Instant.parse("2026-03-01T12:30:00Z"));
    }

    @Test
    void takesAWhileAgo() {
        assertThat(Times.parse("7d", false))
                .isCloseTo(Instant.now().minus(7, ChronoUnit.DAYS), Assertions.within(1, ChronoUnit.MINUTES));
        assertThat(Times.parse("12h", true))
                .isCloseTo(Instant.now().minus(12, ChronoUnit.HOURS), Assertions.within(1, ChronoUnit.MINUTES));
    }

    @Test
    void saysWhatItTakesInsteadOfAnythingElse() {
        assertThatThrownBy(() -> Times.parse("2026-02-30", false))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("2026-02-30")
                .hasMessageContaining("7d");
    }
}
