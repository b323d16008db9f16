package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A deployment as lists show it.
 *
 * @param id of the deployment
 * @param app application
 * @param environment environment
 * @param number from 1 within application and environment
 * @param kind {@code DEPLOY} or {@code ROLLBACK}
 * @param state where it stands
 * @param ended whether nothing comes any more
 * @param message how it ended, one sentence; empty before
 * @param version what it makes current
 * @param actor user id of who started it
 * @param reason why, in the words of who started it; may be empty
 * @param times when
 * @param build where it was started; null when that is nowhere or no longer there
 * @param forced what was wrong and let pass by whoever started it; null for nothing
 */
public record DeploymentDocument(
        String id,
        String app,
        String environment,
        int number,
        String kind,
        String state,
        boolean ended,
        String message,
        VersionDocument version,
        String actor,
        String reason,
        Times times,
        Build build,
        Forcing forced) {

    /**
     * What somebody let pass.
     *
     * @param problems ids
     * @param reason why; may be empty
     */
    public record Forcing(List<String> problems, String reason) {}

    /**
     * When it was.
     *
     * @param started when it was asked for
     * @param ended null as long as it has not
     * @param durationMillis null as long as it has not ended
     */
    public record Times(Instant started, Instant ended, Long durationMillis) {}

    /**
     * The host's page of what started it.
     *
     * @param name as people read it
     * @param href address of the page; null when only the name is known
     */
    public record Build(String name, String href) {}

    /** {@return the deployment} */
    public static DeploymentDocument of(DeploymentRecord record, Optional<Build> build) {
        return new DeploymentDocument(
                record.id(),
                record.app(),
                record.environment(),
                record.number(),
                record.kind().name(),
                record.state().name(),
                record.state().isFinal(),
                record.message(),
                VersionDocument.of(record),
                record.actor(),
                record.reason(),
                new Times(
                        record.started(),
                        record.ended().orElse(null),
                        record.duration().map(Duration::toMillis).orElse(null)),
                build.orElse(null),
                forced(record.judgement().forced()));
    }

    private static Forcing forced(Forced forced) {
        return forced.isNothing() ? null : new Forcing(forced.ids(), forced.reason());
    }
}
