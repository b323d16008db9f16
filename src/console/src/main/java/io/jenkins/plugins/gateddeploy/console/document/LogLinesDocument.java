package io.jenkins.plugins.gateddeploy.console.document;

import java.time.Instant;
import java.util.List;

/**
 * Some lines of a log.
 *
 * @param from the row of the first
 * @param rows how many the view that was asked for has now
 * @param lines in order
 */
public record LogLinesDocument(int from, int rows, List<Line> lines) {
    /**
     * A line.
     *
     * @param number in the whole log, from 1
     * @param time null when it has none
     * @param target empty for a line of the engine
     * @param text what it says, perhaps only its beginning
     * @param cut how many characters are missing
     */
    public record Line(int number, Instant time, String target, String text, int cut) {}
}
