package io.jenkins.plugins.gateddeploy.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * How a line stands in a log file: {@code 2026-11-21T03:04:05.123Z [web-1] text}, and for a line of the engine itself
 * {@code 2026-11-21T03:04:05.123Z - text}.
 */
final class LogFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int TIME_LENGTH = "2026-11-21T03:04:05.123Z".length();
    private static final String ENGINE = "- ";

    private LogFormat() {}

    /** {@return the line with its line end} */
    static String line(Instant time, String target, String text) {
        return TIME.format(time) + " " + (target.isEmpty() ? ENGINE : "[" + target + "] ") + text + "\n";
    }

    /** {@return the line again, its time to the millisecond; empty when it has not this form} */
    static Optional<LogLine> parse(String line) {
        if (line.length() <= TIME_LENGTH || line.charAt(TIME_LENGTH) != ' ') {
            return Optional.empty();
        }
        String rest = line.substring(TIME_LENGTH + 1);
        // A target's name has no spaces, but an IPv6 address brings brackets of its own.
        int end = rest.indexOf("] ");
        try {
            Instant time = TIME.parse(line.substring(0, TIME_LENGTH), Instant::from);
            if (rest.startsWith(ENGINE)) {
                return Optional.of(new LogLine(time, "", rest.substring(ENGINE.length())));
            }
            return rest.startsWith("[") && end > 0
                    ? Optional.of(new LogLine(time, rest.substring(1, end), rest.substring(end + 2)))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
