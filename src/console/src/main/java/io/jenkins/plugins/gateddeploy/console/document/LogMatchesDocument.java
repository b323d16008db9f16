package io.jenkins.plugins.gateddeploy.console.document;

import java.util.List;

/**
 * Where a text stands in a log.
 *
 * @param lines how many were searched
 * @param count how many of those that were asked for have the text
 * @param hits the first of these
 */
public record LogMatchesDocument(int lines, int count, List<Hit> hits) {
    /**
     * A line with the text.
     *
     * @param line its number in the whole log, from 1
     * @param view its target, or {@code -} for the engine
     * @param row in the view of its target, from 0
     */
    public record Hit(int line, String view, int row) {}
}
