package io.jenkins.plugins.gateddeploy.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Freeze;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.config.OpeningText;
import io.jenkins.plugins.gateddeploy.config.Outside;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When deployments may start. */
class CalendarTest {
    private static final Opening OFFICE =
            opening(Outside.WAIT, List.of("mon-thu 09:00-16:00 Europe/Berlin"), List.of());

    /** In Berlin clocks go from 02:00 to 03:00 on 2027-03-28, and from 03:00 back to 02:00 on 2026-10-25. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // windows                          | freezes                  | asked at                  | opens at
                "                                   |                          | 2026-11-21T23:00:00+01:00 | 2026-11-21T23:00:00+01:00",
                "mon-thu 09:00-16:00                |                          | 2026-11-19T15:59:59+01:00 | 2026-11-19T15:59:59+01:00",
                "mon-thu 09:00-16:00                |                          | 2026-11-19T16:00:00+01:00 | 2026-11-23T09:00:00+01:00",
                "fri 22:00-02:00                    |                          | 2026-11-21T01:59:00+01:00 | 2026-11-21T01:59:00+01:00",
                "fri 22:00-02:00                    |                          | 2026-11-21T02:00:00+01:00 | 2026-11-27T22:00:00+01:00",
                "mon 09:00-10:00; sun 20:00-21:00   |                          | 2026-11-21T12:00:00+01:00 | 2026-11-22T20:00:00+01:00",
                // Over midnight, into the hour that clocks leave out, and into the one that they show twice.
                "sat 23:00-02:30                    |                          | 2027-03-28T03:00:00+02:00 | 2027-04-03T23:00:00+02:00",
                "sat 23:00-02:30                    |                          | 2026-10-25T02:40:00+02:00 | 2026-10-25T02:00:00+01:00",
                // Freezes, also one after the other and one that ends outside the window.
                "                                   | 2026-12-20..2027-01-03   | 2026-12-20T00:00:00+01:00 | 2027-01-04T00:00:00+01:00",
                "                                   | 2026-12-20..2027-01-03   | 2026-12-19T23:59:59+01:00 | 2026-12-19T23:59:59+01:00",
                "mon-thu 09:00-16:00                | 2026-12-20..2027-01-01   | 2026-12-24T12:00:00+01:00 | 2027-01-04T09:00:00+01:00",
                "                                   | 2026-12-25..2026-12-26; 2026-12-20..2026-12-24 | 2026-12-21T12:00:00+01:00 | 2026-12-27T00:00:00+01:00",
            })
    void opensNextWhenClocksSaySo(String windows, String freezes, String time, String opens) {
        Opening opening = opening(
                Outside.WAIT,
                lines(windows, " Europe/Berlin"),
                lines(freezes, " Europe/Berlin").stream()
                        .map(line -> line.replace("..", " until "))
                        .toList());
        Calendar calendar = Calendar.of(opening, List.of());

        assertThat(calendar.opensAt(at(time))).contains(at(opens));
        assertThat(calendar.closedBecause(at(time)).isEmpty()).isEqualTo(time.equals(opens));
        assertThat(calendar.closedBecause(at(opens))).isEmpty();
    }

    @Test
    void cannotBeOpenedByOneSourceWhereAnotherClosesIt() {
        Opening registered = opening(Outside.REFUSE, List.of("tue 00:00-24:00 UTC"), List.of());
        Opening wide = opening(Outside.WAIT, List.of("00:00-24:00 UTC"), List.of());

        assertThat(Calendar.of(wide, List.of(registered)).opensAt(at("2026-11-23T10:00:00Z")))
                .contains(at("2026-11-24T00:00:00Z"));
        assertThat(Calendar.of(Opening.always(), List.of(registered)).closedBecause(at("2026-11-23T10:00:00Z")))
                .contains("deployments start tue from 00:00 until 24:00 (UTC) only, says the environment's"
                        + " registration");
        assertThat(Calendar.of(OFFICE, List.of(registered)).opensAt(at("2026-11-23T10:00:00Z")))
                .contains(at("2026-11-24T09:00:00+01:00"));
    }

    @Test
    void refusesWhereOneThatIsClosedRefuses() {
        Opening refusing = opening(Outside.REFUSE, List.of("tue 00:00-24:00 UTC"), List.of());
        Calendar calendar = Calendar.of(OFFICE, List.of(refusing));

        assertThat(calendar.closed(at("2026-11-23T10:00:00Z")).orElseThrow().waits())
                .isFalse();
        assertThat(calendar.closed(at("2026-11-24T20:00:00Z")).orElseThrow().waits())
                .isTrue();
        assertThat(calendar.closed(at("2026-11-24T10:00:00Z"))).isEmpty();
    }

    @Test
    void neverOpensWhenTheWindowsNeverMeet() {
        Calendar calendar = Calendar.of(
                opening(Outside.WAIT, List.of("mon 00:00-24:00 UTC"), List.of()),
                List.of(opening(Outside.WAIT, List.of("tue 00:00-24:00 UTC"), List.of())));

        Closed closed = calendar.closed(at("2026-11-24T10:00:00Z")).orElseThrow();

        assertThat(closed.opens()).isEmpty();
        assertThat(closed.waits()).isFalse();
        assertThat(closed.problem("production").message()).endsWith("It never opens as it is configured.");
    }

    @Test
    void saysWhenItOpensByItsOwnClocks() {
        Closed closed = Calendar.of(OFFICE, List.of())
                .closed(at("2026-11-19T20:00:00Z"))
                .orElseThrow();

        assertThat(closed.problem("production").oneLine())
                .isEqualTo("production is closed: deployments start mon, tue, wed, thu from 09:00 until 16:00"
                        + " (Europe/Berlin) only, says deploy.toml. It opens next at 2026-11-23 09:00 (Europe/Berlin)."
                        + " Deploy then. In an emergency, give a reason for going past it, if you are one of those who"
                        + " may. [window.closed]");
        assertThat(closed.planned("production").severity()).isEqualTo(Severity.WARNING);
        assertThat(closed.planned("production").mend()).contains("waits until 2026-11-23 09:00 (Europe/Berlin)");
    }

    @Test
    void namesTheFreeze() {
        Opening opening =
                opening(Outside.REFUSE, List.of(), List.of("2026-12-20 until 2027-01-03 Europe/Berlin: Christmas"));

        assertThat(Calendar.of(opening, List.of()).closedBecause(at("2026-12-24T12:00:00Z")))
                .contains("nothing is deployed during the freeze \"Christmas\" from 2026-12-20 until 2027-01-03"
                        + " (Europe/Berlin), says deploy.toml");
    }

    private static List<String> lines(String text, String ending) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(";"))
                        .map(line -> line.strip() + ending)
                        .toList();
    }

    private static Opening opening(Outside outside, List<String> windows, List<String> freezes) {
        List<Freeze> dates = freezes.stream().map(OpeningText::freeze).toList();
        return new Opening(windows.stream().map(OpeningText::window).toList(), dates, outside);
    }

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }
}
