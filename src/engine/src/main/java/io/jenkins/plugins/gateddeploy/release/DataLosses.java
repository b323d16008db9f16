package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.schema.RollbackNotice;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was deleted since a release was made: going back to it makes its files current, and brings no data back.
 *
 * @param history of this host, which alone knows
 */
public record DataLosses(History history) {
    private static final String LOSS = "schema.data-loss";
    private static final String KEPT = "Deleted data is kept until ";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** {@return what to keep with a deployment that deletes data: until when it can still be had; empty for others} */
    static Optional<String> note(Judgement judgement, Configuration configuration, Instant now) {
        boolean losing = judgement.problems().stream().anyMatch(p -> p.id().equals(LOSS));
        return configuration
                .checks()
                .schema()
                .filter(schema -> losing)
                .flatMap(DataSchema::retention)
                .map(retention -> KEPT + TIME.format(now.plus(retention)) + ".");
    }

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
     * @param visible which deployments that person may see; of others they hear what was deleted, and no more
     */
    public List<String> since(String app, String environment, String release, Predicate<DeploymentRecord> visible) {
        return losing(app, environment, release).stream()
                .map(record -> visible.test(record) ? sentence(record) : sentenceForOthers(record))
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

    private String sentenceForOthers(DeploymentRecord record) {
        return String.join(" ", said("A deployment that you may not see", record, history.events(record.id())));
    }

    private static List<String> said(String which, DeploymentRecord record, List<Event> events) {
        List<String> said = new ArrayList<>();
        said.add(which + " deleted data, which does not come back with this release:");
        said.addAll(what(record));
        events.stream().map(Event::message).filter(m -> m.startsWith(KEPT)).forEach(said::add);
        return said;
    }

    private String sentence(DeploymentRecord record) {
        List<Event> events = history.events(record.id());
        List<String> said = said("Deployment #" + record.number(), record, events);
        List<String> backups = Backups.in(events);
        said.add(backups.isEmpty() ? "No backup is recorded." : "Backup: " + String.join(", ", backups) + ".");
        return String.join(" ", said);
    }
}
