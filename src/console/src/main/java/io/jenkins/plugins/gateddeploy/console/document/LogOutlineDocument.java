package io.jenkins.plugins.gateddeploy.console.document;

import java.time.Instant;
import java.util.List;

/**
 * How long a log is, and its parts.
 *
 * @param rows how many lines the view that was asked for has
 * @param lines how many all have together
 * @param complete whether no more will come
 * @param views the targets with lines, and {@code -} for the engine
 * @param phases where each begins
 */
public record LogOutlineDocument(int rows, int lines, boolean complete, List<View> views, List<Phase> phases) {
    /**
     * A target.
     *
     * @param target its name
     * @param rows how many lines it has
     */
    public record View(String target, int rows) {}

    /**
     * A phase of the deployment.
     *
     * @param name as the engine calls it
     * @param begun when
     * @param row the first in the view that was asked for
     */
    public record Phase(String name, Instant begun, int row) {}
}
