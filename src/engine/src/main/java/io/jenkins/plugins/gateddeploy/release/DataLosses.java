package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.ArrayList;
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
     * {@return what a person who goes back to a release should know, a sentence for each deployment since then that
     * deleted data, newest first; empty when none is known of}
     *
     * @param release its id
     */
    public List<String> since(String app, String environment, String release) {
        Optional<DeploymentRecord> made = history.made(app, environment, release);
        List<String> sentences = new ArrayList<>();
        made.flatMap(DeploymentRecord::ended)
                .ifPresent(time -> history.withProblem(app, environment, LOSS, time).stream()
                        .filter(record -> record.kind() == Kind.DEPLOY)
                        .forEach(record -> sentences.add(sentence(record))));
        return sentences;
    }

    private static String sentence(DeploymentRecord record) {
        List<String> what = record.problems().stream()
                .filter(problem -> problem.id().equals(LOSS))
                .map(Problem::message)
                .toList();
        return "Deployment #" + record.number() + " deleted data, which does not come back with this release: "
                + String.join(" ", what);
    }
}
