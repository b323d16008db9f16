package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours in which approvals are taken, also on the days on which clocks are changed. */
class HoursTest {
    /** In Berlin clocks went from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // days    | from  | until | time                      | next
                "mon-fri   | 09:00 | 17:00 | 2026-03-27T09:00:00+01:00 | 2026-03-27T09:00:00+01:00",
                "mon-fri   | 09:00 | 17:00 | 2026-03-27T16:59:59+01:00 | 2026-03-27T16:59:59+01:00",
                "mon-fri   | 09:00 | 17:00 | 2026-03-27T08:59:59+01:00 | 2026-03-27T09:00:00+01:00",
                // Over a weekend on which summer begins, and one on which it ends.
                "mon-fri   | 09:00 | 17:00 | 2026-03-27T17:00:00+01:00 | 2026-03-30T09:00:00+02:00",
                "mon-fri   | 09:00 | 17:00 | 2026-10-23T17:00:00+02:00 | 2026-10-26T09:00:00+01:00",
                "fri-mon   | 09:00 | 17:00 | 2026-03-31T00:00:00+02:00 | 2026-04-03T09:00:00+02:00",
                "sun       | 00:00 | 24:00 | 2026-03-29T23:59:59+02:00 | 2026-03-29T23:59:59+02:00",
                "sun       | 00:00 | 24:00 | 2026-03-30T00:00:00+02:00 | 2026-04-05T00:00:00+02:00",
                // A beginning that clocks leave out; hours of which they leave out all.
                "sun       | 02:30 | 05:00 | 2026-03-29T01:59:59+01:00 | 2026-03-29T03:00:00+02:00",
                "sun       | 02:15 | 02:45 | 2026-03-29T01:00:00+01:00 | 2026-04-05T02:15:00+02:00",
                // A time that clocks show twice.
                "sun       | 02:30 | 02:45 | 2026-10-25T02:50:00+02:00 | 2026-10-25T02:30:00+01:00",
                "sun       | 02:30 | 02:45 | 2026-10-25T02:35:00+01:00 | 2026-10-25T02:35:00+01:00",
                "sun       | 02:30 | 02:45 | 2026-10-25T02:45:00+01:00 | 2026-11-01T02:30:00+01:00",
            })
    void beginNextWhenClocksSaySo(String days, String from, String until, String time, String next) throws Exception {
        Hours hours = Written.live("approval = { hours = { days = \"" + days + "\", from = \"" + from + "\", until = \""
                        + until + "\", zone = \"Europe/Berlin\" } }")
                .approval()
                .orElseThrow()
                .terms()
                .hours()
                .orElseThrow();

        assertThat(hours.next(at(time))).isEqualTo(at(next));
        assertThat(hours.contain(at(time))).isEqualTo(time.equals(next));
        assertThat(hours.contain(at(next))).isTrue();
    }

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    @Test
    void areSaidInWords() {
        Hours hours = new Hours(
                EnumSet.of(DayOfWeek.TUESDAY, DayOfWeek.MONDAY),
                LocalTime.of(9, 0),
                LocalTime.MIDNIGHT,
                ZoneId.of("Europe/Berlin"));

        assertThat(hours.words()).isEqualTo("mon, tue from 09:00 until 24:00 (Europe/Berlin)");
    }

    @Test
    void beginAgainInTheMiddleWhenClocksArePutBack() {
        Hours hours = new Hours(
                EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(1, 30), LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));

        assertThat(hours.next(at("2026-10-25T02:45:00+02:00"))).isEqualTo(at("2026-10-25T02:00:00+01:00"));
    }

    @Test
    void haveADayAndAnEndThatIsNotTheirBeginning() {
        assertThatThrownBy(() -> new Hours(Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hours(Set.of(DayOfWeek.MONDAY), LocalTime.NOON, LocalTime.NOON, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
