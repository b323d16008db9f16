package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.schema.RollbackNotice;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was deleted since a release was made: going back to it makes its files current, and brings no data back.
 *
 * @param history of this host, which alone knows
 */
public record DataLosses(History history) {
    private static final String LOSS = "schema.data-loss";

    /**
     * {@return what to say in front of a rollback; empty when no data was deleted since}
     *
     * @param configuration of the environment, which says how long deleted data is kept
     * @param release its id
     */
    Optional<String> notice(Configuration configuration, String release, Instant now) {
        List<RollbackNotice.Loss> losses = losing(configuration.app(), configuration.environment(), release).stream()
                .map(record -> new RollbackNotice.Loss(
                        record.number(),
                        record.ended().orElse(now),
                        what(record),
                        Backups.in(history.events(record.id()))))
                .toList();
        return RollbackNotice.of(losses, configuration.checks().schema().flatMap(DataSchema::retention), now);
    }

    /**
     * {@return what a person who goes back to a release should know, a sentence for each deployment since then that
     * deleted data, newest first; empty when none is known of}
     *
     * @param release its id
     */
    public List<String> since(String app, String environment, String release) {
        return losing(app, environment, release).stream()
                .map(DataLosses::sentence)
                .toList();
    }

    private List<DeploymentRecord> losing(String app, String environment, String release) {
        return history
                .made(app, environment, release)
                .flatMap(DeploymentRecord::ended)
                .map(time -> history.withProblem(app, environment, LOSS, time))
                .orElse(List.of())
                .stream()
                .filter(record -> record.kind() == Kind.DEPLOY)
                .toList();
    }

    private static List<String> what(DeploymentRecord record) {
        return record.problems().stream()
                .filter(problem -> problem.id().equals(LOSS))
                .map(Problem::message)
                .toList();
    }

    private static String sentence(DeploymentRecord record) {
        return "Deployment #" + record.number() + " deleted data, which does not come back with this release: "
                + String.join(" ", what(record));
    }
}
