package io.jenkins.plugins.gateddeploy.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A deployment that had been well, was watched, and went back by itself.
 *
 * @param deployment its id
 * @param app application
 * @param environment environment
 * @param number the deployment's
 * @param revision what had been deployed, for people
 * @param actor user id of who had started it
 * @param job full name of the host's job that asked for it; may be empty
 * @param build number of its build; 0 for none
 * @param why one sentence
 * @param time when it had gone back
 */
public record WentBack(
        String deployment,
        String app,
        String environment,
        int number,
        String revision,
        String actor,
        String job,
        int build,
        String why,
        Instant time) {
    /** What the event begins with by which a deployment says that it is being watched; then comes until when. */
    public static final String WATCHED = "Watched until ";

    public WentBack {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(time, "time");
    }

    /** {@return what people are told of it} */
    Notice notice() {
        String where = app + " to " + environment;
        List<String> lines = new ArrayList<>();
        lines.add("What: deploy " + where + ", " + revision);
        if (!job.isEmpty()) {
            lines.add("Asked by: " + job + (build == 0 ? "" : " #" + build));
        }
        lines.add("");
        lines.add(
                "Deployment #" + number + " had been switched to and was well, was watched, and failed its health check"
                        + " meanwhile. What was current before is current again.");
        lines.add(why);
        return new Notice(
                new Notice.Key("deployment:" + deployment, "went-back"),
                Notice.Kind.WENT_BACK,
                new Notice.About("", app, environment, revision, job, build, Set.of(actor), Optional.empty()),
                new Notice.Text("[" + where + "] Went back by itself: " + revision, lines),
                time);
    }
}
