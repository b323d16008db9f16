package io.jenkins.plugins.gateddeploy.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Freeze;
import io.jenkins.plugins.gateddeploy.config.Hours;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.config.Outside;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all windows and freezes, in zones whose clocks are changed in different ways. */
class CalendarPropertyTest {
    /** Lord Howe puts its clocks forward by half an hour; Samoa has left out a whole day; Havana changes at midnight. */
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "Asia/Kathmandu", "UTC");

    /** Around changes of clocks, and elsewhere. */
    private static final List<String> ANCHORS = List.of(
            "2026-03-29T00:00:00Z",
            "2026-10-25T00:00:00Z",
            "2026-04-04T15:00:00Z",
            "2011-12-30T00:00:00Z",
            "2026-03-08T05:00:00Z",
            "2026-11-01T05:00:00Z",
            "2026-07-15T12:00:00Z");

    @Property(tries = 300)
    void isOpenWhenItSaysSoAndNeverInBetween(@ForAll("calendars") Calendar calendar, @ForAll("times") Instant time) {
        Optional<Instant> opens = calendar.opensAt(time);

        opens.ifPresent(next -> {
            assertThat(next).isAfterOrEqualTo(time);
            assertThat(calendar.closedBecause(next)).isEmpty();
        });
        Instant end = opens.orElse(time.plus(Duration.ofDays(20)));
        Duration step = Duration.ofMinutes(15);
        Instant latest = time.plus(Duration.ofDays(20));
        for (Instant between = time; between.isBefore(end) && between.isBefore(latest); between = between.plus(step)) {
            assertThat(calendar.closedBecause(between)).as("%s", between).isPresent();
        }
        opens.filter(next -> next.isAfter(time))
                .ifPresent(next ->
                        assertThat(calendar.closedBecause(next.minusNanos(1))).isPresent());
    }

    @Property(tries = 300)
    void isOpenWhenAllSourcesAre(@ForAll("calendars") Calendar calendar, @ForAll("times") Instant time) {
        boolean all = calendar.sources().stream()
                .allMatch(s -> new Calendar(List.of(s)).closedBecause(time).isEmpty());

        assertThat(calendar.closedBecause(time).isEmpty()).isEqualTo(all);
        assertThat(calendar.closed(time).isEmpty()).isEqualTo(all);
        assertThat(calendar.opensAt(time).filter(time::equals).isPresent()).isEqualTo(all);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.of(ANCHORS).map(Instant::parse),
                        Arbitraries.integers().between(-4000, 4000))
                .as((anchor, minutes) -> anchor.plus(Duration.ofMinutes(minutes)));
    }

    @Provide
    Arbitrary<Calendar> calendars() {
        return openings()
                .list()
                .ofMinSize(0)
                .ofMaxSize(3)
                .map(openings -> new Calendar(openings.stream()
                        .map(o -> new Calendar.Source(o, "a test"))
                        .toList()));
    }

    private static Arbitrary<Opening> openings() {
        return Combinators.combine(
                        windows().list().ofMaxSize(3), freezes().list().ofMaxSize(2), Arbitraries.of(Outside.class))
                .as(Opening::new);
    }

    private static Arbitrary<Hours> windows() {
        return Combinators.combine(
                        Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
                        quarters(),
                        quarters(),
                        Arbitraries.of(ZONES).map(ZoneId::of))
                .filter((days, from, until, zone) -> !from.equals(until))
                .as(Hours::new);
    }

    private static Arbitrary<LocalTime> quarters() {
        return Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.MIDNIGHT.plusMinutes(15L * quarter));
    }

    private static Arbitrary<Freeze> freezes() {
        return Combinators.combine(
                        Arbitraries.of(ANCHORS).map(text -> LocalDate.parse(text.substring(0, 10))),
                        Arbitraries.integers().between(-3, 3),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(ZONES).map(ZoneId::of))
                .as((day, before, days, zone) ->
                        new Freeze(day.plusDays(before), day.plusDays(before + (long) days), "", zone));
    }
}
