package io.jenkins.plugins.gateddeploy.cli.document;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** When a release was made, as its id says ({@code yyyyMMdd'T'HHmmss'Z'-…}). */
public final class Made {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final int LENGTH = 16;

    private Made() {}

    /** {@return the time; empty for a release that another tool made} */
    public static Optional<Instant> of(String release) {
        if (release.length() < LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.parse(release.substring(0, LENGTH), FORMAT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
