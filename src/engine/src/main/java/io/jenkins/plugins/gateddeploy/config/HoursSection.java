package io.jenkins.plugins.gateddeploy.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code approval.hours}: when approvals are taken. */
final class HoursSection {
    private static final Pattern CLOCK = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Map<String, DayOfWeek> WORDS = Arrays.stream(DayOfWeek.values())
            .collect(Collectors.toMap(HoursSection::word, d -> d, (a, b) -> a, LinkedHashMap::new));

    private static final Key<Set<DayOfWeek>> DAYS = Key.withDefault(
            "days",
            ByForm.list(
                    "a list of days or a range such as \"mon-fri\"",
                    new Text<>("a range of days such as \"mon-fri\", or a day", HoursSection::range),
                    ListOf.some("a list of days", Scalars.choice(WORDS)).map(EnumSet::copyOf)),
            EnumSet.allOf(DayOfWeek.class));
    private static final Key<LocalTime> FROM =
            Key.required("from", new Text<>("a time of the day such as \"09:00\"", HoursSection::clock));
    private static final Key<LocalTime> UNTIL = Key.required(
            "until", new Text<>("a time of the day such as \"17:00\", at most \"24:00\"", HoursSection::end));
    static final Shape<ZoneId> ZONE_NAME = new Text<>("a time zone such as \"Europe/Berlin\"", HoursSection::zone);
    private static final Key<ZoneId> ZONE = Key.required("zone", ZONE_NAME);

    static final Section<Hours> SECTION = Section.of(
                    "a table that says when approvals are taken",
                    List.of(DAYS, FROM, UNTIL, ZONE),
                    v -> new Hours(v.get(DAYS), v.get(FROM), v.get(UNTIL), v.get(ZONE)))
            .with(HoursSection::rejectEndBeforeBeginning);

    /** One that may go on past midnight. */
    static final Section<Hours> WINDOW = Section.of(
                    "a table that says when deployments may start",
                    List.of(DAYS, FROM, UNTIL, ZONE),
                    v -> new Hours(v.get(DAYS), v.get(FROM), v.get(UNTIL), v.get(ZONE)))
            .with(HoursSection::rejectNoTimeAtAll);

    private HoursSection() {}

    private static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    static Set<DayOfWeek> range(String text) throws Text.Unfit {
        String[] ends = text.split("-", -1);
        DayOfWeek first = WORDS.get(ends[0]);
        DayOfWeek last = WORDS.get(ends[ends.length - 1]);
        if (first == null || last == null || ends.length > 2) {
            throw new Text.Unfit("is " + Quoted.quote(text) + "; days are " + String.join(", ", WORDS.keySet()));
        }
        Set<DayOfWeek> days = EnumSet.of(last);
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        return days;
    }

    /** {@return the end of a time of the day; {@code 24:00} as midnight} */
    static LocalTime end(String text) throws Text.Unfit {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : clock(text);
    }

    static LocalTime clock(String text) throws Text.Unfit {
        if (!CLOCK.matcher(text).matches()) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        return LocalTime.parse(text);
    }

    static ZoneId zone(String text) throws Text.Unfit {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Text.Unfit("is " + Quoted.quote(text) + ", which is none");
        }
    }

    private static void rejectNoTimeAtAll(Values values, Node.Table table, Findings findings) {
        boolean none = values.find(FROM).isPresent()
                && values.find(FROM).equals(values.find(UNTIL))
                && !values.get(UNTIL).equals(LocalTime.MIDNIGHT);
        if (none) {
            findings.value(
                    values.written(UNTIL).orElseThrow(),
                    "another time than from; for the whole day, from \"00:00\" until \"24:00\"",
                    "is " + values.get(UNTIL) + " too");
        }
    }

    private static void rejectEndBeforeBeginning(Values values, Node.Table table, Findings findings) {
        if (values.find(FROM).isEmpty() || values.find(UNTIL).isEmpty()) {
            return;
        }
        LocalTime until = values.get(UNTIL);
        if (!until.equals(LocalTime.MIDNIGHT) && !values.get(FROM).isBefore(until)) {
            findings.value(
                    values.written(UNTIL).orElseThrow(),
                    "after from (" + values.get(FROM) + ") on the same day, at most \"24:00\"",
                    "is " + until);
        }
    }
}
