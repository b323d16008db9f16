package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.scheduler.CronTab;
import hudson.scheduler.Hash;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule is due: lines such as {@code daily at 02:00}, {@code weekly on sun at 02:00 in Europe/Berlin},
 * {@code monthly on last at 23:00}, and lines of cron as Jenkins has them. A first line {@code TZ=…} holds for all.
 */
record Times(List<Rule> rules) {
    private static final Pattern LINE =
            Pattern.compile("(daily|weekly|monthly)(?:\\s+on\\s+(.+?))?\\s+at\\s+(\\S+)(?:\\s+in\\s+(.+))?");
    private static final Pattern WORDS = Pattern.compile("(?i)(daily|weekly|monthly)\\b.*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("H:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final int LAST = 31;

    Times {
        rules = List.copyOf(rules);
    }

    /**
     * {@return what some lines say}
     *
     * @param home the zone of lines that name none
     * @param name of the job, by which {@code H} in cron is chosen
     * @throws IllegalArgumentException with a message for people that names the line
     */
    static Times parse(String text, ZoneId home, String name) {
        List<Rule> rules = new ArrayList<>();
        ZoneId zone = home;
        int number = 0;
        for (String raw : text.split("\\r?\\n", -1)) {
            number++;
            String line = raw.strip();
            if (number == 1 && line.startsWith("TZ=")) {
                zone = zone(line.substring("TZ=".length()), line);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                rules.addAll(WORDS.matcher(line).matches() ? words(line, zone) : cron(line, number, zone, name));
            }
        }
        return new Times(rules);
    }

    /** {@return the first time after another; empty when there is none} */
    Optional<ZonedDateTime> next(Instant after) {
        return rules.stream()
                .flatMap(rule -> rule.next(after).stream())
                .min((a, b) -> a.toInstant().compareTo(b.toInstant()));
    }

    /** {@return the last time after one and not after another; empty when there is none} */
    Optional<Instant> last(Instant after, Instant until) {
        Optional<Instant> last = Optional.empty();
        Instant from = after;
        while (true) {
            Optional<Instant> next = next(from).map(ZonedDateTime::toInstant).filter(due -> !due.isAfter(until));
            if (next.isEmpty()) {
                return last;
            }
            last = next;
            from = next.get();
        }
    }

    /** {@return the next times after another} */
    List<ZonedDateTime> coming(Instant after, int many) {
        List<ZonedDateTime> coming = new ArrayList<>();
        Optional<ZonedDateTime> next = next(after);
        while (next.isPresent() && coming.size() < many) {
            coming.add(next.get());
            next = next(next.get().toInstant());
        }
        return coming;
    }

    private static List<Rule> words(String line, ZoneId home) {
        Matcher words = LINE.matcher(line.toLowerCase(Locale.ROOT));
        if (!words.matches()) {
            throw wrong(
                    line,
                    "write \"daily at 02:00\", \"weekly on sun at 02:00\" or \"monthly on 1 at 02:00\", and after it \"in Europe/Berlin\"");
        }
        Rule.Days days = days(words.group(1), words.group(2), line);
        LocalTime time;
        try {
            time = LocalTime.parse(words.group(3), TIME);
        } catch (DateTimeException e) {
            throw wrong(line, "\"" + words.group(3) + "\" is no time from 00:00 to 23:59");
        }
        if (words.group(4) == null) {
            return List.of(new Rule.At(days, time, home));
        }
        List<Rule> rules = new ArrayList<>();
        // Names of zones are spelled as they are.
        for (String zone : line.substring(words.start(4)).split(",", -1)) {
            rules.add(new Rule.At(days, time, zone(zone.strip(), line)));
        }
        return rules;
    }

    private static Rule.Days days(String kind, String on, String line) {
        if (kind.equals("daily")) {
            if (on != null) {
                throw wrong(line, "\"daily\" names no day");
            }
            return new Rule.EveryDay();
        }
        if (on == null) {
            throw wrong(line, "name the day: \"weekly on sun at …\", \"monthly on 1 at …\"");
        }
        return kind.equals("weekly") ? new Rule.OfWeek(daysOfWeek(on, line)) : new Rule.OfMonth(dayOfMonth(on, line));
    }

    private static Set<DayOfWeek> daysOfWeek(String on, String line) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : on.split(",", -1)) {
            String day = name.strip();
            days.add(List.of(DayOfWeek.values()).stream()
                    .filter(d -> day.length() >= 3
                            && d.name().toLowerCase(Locale.ROOT).startsWith(day))
                    .findFirst()
                    .orElseThrow(() -> wrong(line, "\"" + day + "\" is none of mon, tue, wed, thu, fri, sat, sun")));
        }
        return days;
    }

    private static int dayOfMonth(String on, String line) {
        if (on.equals("last")) {
            return LAST;
        }
        if (!on.matches("[0-9]{1,2}") || Integer.parseInt(on) < 1 || Integer.parseInt(on) > LAST) {
            throw wrong(line, "\"" + on + "\" is neither a day from 1 to 31 nor \"last\"");
        }
        return Integer.parseInt(on);
    }

    private static List<Rule> cron(String line, int number, ZoneId zone, String name) {
        try {
            return List.of(new Rule.Cron(List.of(new CronTab(line, number, Hash.from(name), zone.getId())), zone));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    line, "it begins with none of daily, weekly, monthly, and is no cron either: " + e.getMessage());
        }
    }

    private static ZoneId zone(String id, String line) {
        if (!ZoneId.getAvailableZoneIds().contains(id)) {
            throw wrong(line, "\"" + id + "\" is no time zone such as Europe/Berlin");
        }
        return ZoneId.of(id);
    }

    private static IllegalArgumentException wrong(String line, String what) {
        return new IllegalArgumentException("\"" + line + "\": " + what + ".");
    }
}
