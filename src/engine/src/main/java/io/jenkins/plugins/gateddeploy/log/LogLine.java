package io.jenkins.plugins.gateddeploy.log;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of a deployment's log.
 *
 * @param time when the engine had it
 * @param target the target's name; empty for a line of the engine itself
 * @param text without the line end; secrets are masked already when a sink gets it
 */
public record LogLine(Instant time, String target, String text) {
    public LogLine {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(text, "text");
    }
}
