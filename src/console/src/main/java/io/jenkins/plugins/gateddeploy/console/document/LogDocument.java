package io.jenkins.plugins.gateddeploy.console.document;

import java.time.Instant;
import java.util.List;

/**
 * A piece of a deployment's log.
 *
 * @param from the byte at which the piece begins
 * @param next what to ask for next
 * @param size of the whole log in bytes, as far as it is written
 * @param complete whether nothing comes after {@code next} any more
 * @param lines in order
 */
public record LogDocument(long from, long next, long size, boolean complete, List<Line> lines) {
    /**
     * A line.
     *
     * @param time null when the line has none
     * @param target empty for a line of the engine
     * @param text what it says
     */
    public record Line(Instant time, String target, String text) {}
}
