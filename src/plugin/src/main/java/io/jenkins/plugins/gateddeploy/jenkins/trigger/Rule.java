package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.scheduler.CronTab;
import hudson.scheduler.RareOrImpossibleDateException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;

/** One line of a schedule. */
sealed interface Rule {
    /** No day of a month is farther away. */
    int MOST_DAYS = 62;

    /** {@return the first time after another; empty when there is none for years} */
    Optional<ZonedDateTime> next(Instant after);

    /** Which days. */
    sealed interface Days {
        boolean include(LocalDate date);
    }

    /** All. */
    record EveryDay() implements Days {
        @Override
        public boolean include(LocalDate date) {
            return true;
        }
    }

    /** Some of each week. */
    record OfWeek(Set<DayOfWeek> days) implements Days {
        @Override
        public boolean include(LocalDate date) {
            return days.contains(date.getDayOfWeek());
        }
    }

    /**
     * One of each month; the last where a month is shorter.
     *
     * @param day 1 to 31
     */
    record OfMonth(int day) implements Days {
        @Override
        public boolean include(LocalDate date) {
            return date.getDayOfMonth() == Math.min(day, date.lengthOfMonth());
        }
    }

    /**
     * A time of some days, by the clocks of a zone: once on each of them. A time that is left out when clocks go forward is
     * later by as much as is left out; one that comes twice when they go back is the first.
     */
    record At(Days days, LocalTime time, ZoneId zone) implements Rule {
        @Override
        public Optional<ZonedDateTime> next(Instant after) {
            LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
            return Stream.iterate(first, date -> date.plusDays(1))
                    .limit(MOST_DAYS)
                    .filter(days::include)
                    .map(date -> ZonedDateTime.of(date, time, zone))
                    .filter(when -> when.toInstant().isAfter(after))
                    .findFirst();
        }
    }

    /**
     * Lines as Jenkins' own timers have them. A time that the clocks leave out is left out; of one that comes twice it is
     * the second.
     */
    record Cron(List<CronTab> tabs, ZoneId zone) implements Rule {
        public Cron {
            tabs = List.copyOf(tabs);
        }

        @Override
        public Optional<ZonedDateTime> next(Instant after) {
            Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.US);
            return tabs.stream()
                    .flatMap(tab -> {
                        Calendar start = (Calendar) calendar.clone();
                        start.setTimeInMillis(after.toEpochMilli() + 1);
                        return ceil(tab, start).stream();
                    })
                    .min(ZonedDateTime::compareTo);
        }

        private Optional<ZonedDateTime> ceil(CronTab tab, Calendar start) {
            try {
                return Optional.of(tab.ceil(start).toInstant().atZone(zone));
            } catch (RareOrImpossibleDateException e) {
                return Optional.empty();
            }
        }
    }
}
