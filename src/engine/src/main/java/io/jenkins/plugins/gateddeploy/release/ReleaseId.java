package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.source.Revision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The name of a release: when it was made and of what, {@code 20260131T235959Z-1a2b3c4}. Names sort by time.
 *
 * @param value the name
 */
public record ReleaseId(String value) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern SHAPE = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{7}");

    public ReleaseId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("Not a release id (like 20260131T235959Z-1a2b3c4): " + value);
        }
    }

    /** {@return the name of a release made at that time of that version} */
    public static ReleaseId of(Instant time, Revision revision) {
        return new ReleaseId(TIME.format(time) + "-" + revision.shortId());
    }

    /** {@return when it was made, in whole seconds} */
    public Instant time() {
        return TIME.parse(value.substring(0, 16), Instant::from);
    }

    /** {@return whether a text has the shape of a release id} */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
