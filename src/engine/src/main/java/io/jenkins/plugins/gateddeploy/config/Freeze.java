package io.jenkins.plugins.gateddeploy.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Days on which no deployment starts, as the calendars of one zone have them.
 *
 * @param from the first day
 * @param until the last day, inclusive; not before {@code from}
 * @param reason why, for people; may be empty
 * @param zone whose days
 */
public record Freeze(LocalDate from, LocalDate until, String reason, ZoneId zone) {
    public Freeze {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(zone, "zone");
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a freeze ends after its beginning: from " + from + " until " + until);
        }
    }

    /** {@return whether it holds at a time} */
    public boolean contains(Instant time) {
        LocalDate day = LocalDate.ofInstant(time, zone);
        return !day.isBefore(from) && !day.isAfter(until);
    }

    /** {@return the first time after it} A day whose midnight the clocks leave out begins when they have gone on. */
    public Instant over() {
        return until.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** {@return as people read it: {@code "Christmas" from 2026-12-20 until 2027-01-03 (Europe/Berlin)}} */
    public String words() {
        return (reason.isEmpty() ? "" : "\"" + reason + "\" ") + "from " + from + " until " + until + " ("
                + zone.getId() + ")";
    }
}
