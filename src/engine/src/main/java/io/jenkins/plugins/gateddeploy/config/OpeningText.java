package io.jenkins.plugins.gateddeploy.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Windows and freezes as a line of text each, for forms. The same values as in deploy.toml, read by the same rules. */
public final class OpeningText {
    private static final Pattern WINDOW =
            Pattern.compile("(?:(\\S+)\\s+)?(\\d\\d:\\d\\d)\\s*(?:-|until)\\s*(\\d\\d:\\d\\d)\\s+(\\S+)");
    private static final Pattern FREEZE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)\\s+until\\s+(\\d{4}-\\d\\d-\\d\\d)(?:\\s+([^\\s:]+))?(?::\\s*(.*))?");

    private OpeningText() {}

    /**
     * {@return the window of a line such as {@code mon-thu 09:00-16:00 Europe/Berlin}; every day where none is named}
     *
     * @throws IllegalArgumentException when it is none, with what was expected
     */
    public static Hours window(String line) {
        Matcher matcher = WINDOW.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Expected a window such as \"mon-thu 09:00-16:00 Europe/Berlin\", but found \"" + line.strip()
                            + "\".");
        }
        try {
            LocalTime from = HoursSection.clock(matcher.group(2));
            LocalTime until = HoursSection.end(matcher.group(3));
            return new Hours(days(matcher.group(1)), from, until, HoursSection.zone(matcher.group(4)));
        } catch (Text.Unfit e) {
            throw new IllegalArgumentException("In the window \"" + line.strip() + "\" a part " + e.getMessage() + ".");
        }
    }

    private static Set<DayOfWeek> days(String text) throws Text.Unfit {
        if (text == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            days.addAll(HoursSection.range(part));
        }
        return days;
    }

    /**
     * {@return the freeze of a line such as {@code 2026-12-20 until 2027-01-03 Europe/Berlin: Christmas}; in UTC where no
     * zone is named}
     *
     * @throws IllegalArgumentException when it is none, with what was expected
     */
    public static Freeze freeze(String line) {
        Matcher matcher = FREEZE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Expected a freeze such as \"2026-12-20 until 2027-01-03 Europe/Berlin: Christmas\", but found \""
                            + line.strip() + "\".");
        }
        try {
            ZoneId zone = matcher.group(3) == null ? ZoneOffset.UTC : HoursSection.zone(matcher.group(3));
            String reason = matcher.group(4) == null ? "" : matcher.group(4).strip();
            return new Freeze(LocalDate.parse(matcher.group(1)), LocalDate.parse(matcher.group(2)), reason, zone);
        } catch (Text.Unfit e) {
            throw new IllegalArgumentException("In the freeze \"" + line.strip() + "\" a part " + e.getMessage() + ".");
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("In the freeze \"" + line.strip() + "\" a date is none.");
        }
    }
}
