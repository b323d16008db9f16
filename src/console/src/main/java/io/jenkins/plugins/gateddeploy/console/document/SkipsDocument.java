package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.time.Instant;
import java.util.List;

/**
 * What had started by itself and was not deployed.
 *
 * @param skips newest first
 */
public record SkipsDocument(List<Skip> skips) {
    /**
     * One of them.
     *
     * @param app application
     * @param environment where it would have been deployed
     * @param at when that was decided
     * @param by who or what had started it
     * @param why one sentence or more
     * @param build what would have deployed it; null when nothing is known of it
     */
    public record Skip(
            String app, String environment, Instant at, String by, String why, DeploymentDocument.Build build) {

        /** {@return one}, with a link to its build where there is one */
        public static Skip of(Skipped skipped, DeploymentDocument.Build build) {
            return new Skip(
                    skipped.place().application(),
                    skipped.place().environment(),
                    skipped.time(),
                    skipped.by(),
                    skipped.why(),
                    build);
        }
    }
}
