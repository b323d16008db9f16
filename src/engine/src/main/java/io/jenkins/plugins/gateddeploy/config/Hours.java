package io.jenkins.plugins.gateddeploy.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times of the week, as the clocks of one zone show them, whatever daylight saving makes of those.
 *
 * @param days at least one
 * @param from of each of those days, inclusive
 * @param until exclusive; midnight for the day's end; earlier than {@code from} for a time of the next day
 * @param zone whose clocks
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
    /** A week has every day; the second is for zones that left out a date. */
    private static final int DAYS_AHEAD = 15;

    public Hours {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(zone, "zone");
        days = Set.copyOf(days);
        if (days.isEmpty() || (from.equals(until) && !until.equals(LocalTime.MIDNIGHT))) {
            throw new IllegalArgumentException("hours need a day, and an end other than their beginning: " + days
                    + " from " + from + " until " + until);
        }
    }

    /** {@return whether the clocks show one of these times} */
    public boolean contain(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        LocalTime clock = local.toLocalTime();
        boolean today = days.contains(local.getDayOfWeek())
                && !clock.isBefore(from)
                && (endsNextDay() || until.equals(LocalTime.MIDNIGHT) || clock.isBefore(until));
        return today || (endsNextDay() && days.contains(local.getDayOfWeek().minus(1)) && clock.isBefore(until));
    }

    private boolean endsNextDay() {
        return !until.equals(LocalTime.MIDNIGHT) && until.isBefore(from);
    }

    /** {@return the time itself when it is one of these, else when the next of them begin} */
    public Instant next(Instant time) {
        if (contain(time)) {
            return time;
        }
        LocalDate today = LocalDate.ofInstant(time, zone);
        Stream<Instant> usual = Stream.iterate(today, day -> day.plusDays(1))
                .limit(DAYS_AHEAD)
                .flatMap(day -> beginnings(day.atTime(from)));
        return Stream.concat(usual, shifts(time))
                .filter(begin -> begin.isAfter(time) && contain(begin))
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("These hours never come: " + words()));
    }

    /** A time that clocks leave out begins when they have gone on; one that they show twice begins twice. */
    private Stream<Instant> beginnings(LocalDateTime local) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition transition = rules.getTransition(local);
        return transition != null && transition.isGap()
                ? Stream.of(transition.getInstant())
                : rules.getValidOffsets(local).stream().map((ZoneOffset offset) -> local.toInstant(offset));
    }

    /** Clocks that are put back may show one of these times again, in the middle of them. */
    private Stream<Instant> shifts(Instant time) {
        Instant end = time.plus(Duration.ofDays(DAYS_AHEAD));
        return Stream.iterate(
                        zone.getRules().nextTransition(time),
                        shift -> shift != null && shift.getInstant().isBefore(end),
                        shift -> zone.getRules().nextTransition(shift.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
    }

    /** {@return as people read them: {@code mon, tue from 09:00 until 17:00 (Europe/Berlin)}} */
    public String words() {
        return new TreeSet<>(days)
                        .stream()
                                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                + " from " + from + " until " + (until.equals(LocalTime.MIDNIGHT) ? "24:00" : until)
                + (endsNextDay() ? " of the next day" : "") + " (" + zone.getId() + ")";
    }
}
