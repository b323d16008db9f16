package io.jenkins.plugins.gateddeploy.problem;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param id a stable name such as {@code toml.mismatch}, by which people allow it; never null
 * @param severity never null
 * @param message one sentence: what was expected, what was found; never null, never holds a secret
 * @param mend one sentence: what to do about it; never null, empty when the message says it already
 * @param location file and line; null where there is none
 */
public record Problem(String id, Severity severity, String message, String mend, Location location)
        implements Serializable {
    public Problem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(mend, "mend");
    }

    /** {@return an error without a place in a file} */
    public static Problem error(String id, String message, String mend) {
        return new Problem(id, Severity.ERROR, message, mend, null);
    }

    /** {@return an error at a place in a file} */
    public static Problem error(String id, String message, String mend, Location location) {
        return new Problem(id, Severity.ERROR, message, mend, location);
    }

    /** {@return a warning without a place in a file} */
    public static Problem warning(String id, String message, String mend) {
        return new Problem(id, Severity.WARNING, message, mend, null);
    }

    /** {@return file and line, if there is one} */
    public Optional<Location> where() {
        return Optional.ofNullable(location);
    }

    /** {@return the problem on one line, as a terminal shows it: {@code deploy.toml:3:7: message mend [id]}} */
    public String oneLine() {
        return where().map(l -> l + ": ").orElse("") + message + (mend.isEmpty() ? "" : " " + mend) + " [" + id + "]";
    }
}
