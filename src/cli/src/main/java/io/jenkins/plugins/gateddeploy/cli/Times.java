package io.jenkins.plugins.gateddeploy.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people type them: ISO 8601 (a date, or date and time, without a zone in this machine's), or a while ago. */
final class Times {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([mhdw])");

    private Times() {}

    /** The beginning of what was named. */
    static final class Since implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return parse(text, false);
        }
    }

    /** The end of what was named: of a day the moment after it. */
    static final class Until implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return parse(text, true);
        }
    }

    static Instant parse(String text, boolean end) {
        Matcher ago = AGO.matcher(text);
        ZoneId zone = ZoneId.systemDefault();
        try {
            if (ago.matches()) {
                return Instant.now().minus(ago(Long.parseLong(ago.group(1)), ago.group(2)));
            }
            if (text.indexOf('T') < 0) {
                LocalDate day = LocalDate.parse(text);
                return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
            }
            return text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                    ? ZonedDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text
                            + "' is neither a date such as 2026-03-01, nor a time such as 2026-03-01T14:30, nor a while such as 7d or 12h");
        }
    }

    private static Duration ago(long count, String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.of(count, ChronoUnit.DAYS);
            default -> Duration.of(count * 7, ChronoUnit.DAYS);
        };
    }
}
