package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One deployment as the history has it.
 *
 * @param id unique in every history (a UUID)
 * @param app application
 * @param environment environment
 * @param kind deploy or rollback
 * @param number from 1 within application and environment
 * @param release id of the release that it makes current; empty before it is known
 * @param commit full commit or content digest; empty before it is known
 * @param ref what the user asked for
 * @param tag empty when there is none
 * @param subject first line of the commit message
 * @param author of the commit
 * @param actor user id of who started it
 * @param owner the process that works on it
 * @param started when it was asked for
 * @param ended when it reached a final state
 * @param state where it stands
 * @param message one sentence on how it ended; empty before
 * @param targets what each target ended with, in the order of the environment; empty before it is known
 * @param judgement what checks found, and what somebody let pass of it
 * @param log file with the whole log
 * @param origin which job of the host asked for it
 * @param passed the gate it waits at or has passed
 * @param reason why it was asked for, in the words of who did; may be empty
 */
public record DeploymentRecord(
        String id,
        String app,
        String environment,
        Kind kind,
        int number,
        String release,
        String commit,
        String ref,
        String tag,
        String subject,
        String author,
        String actor,
        Owner owner,
        Instant started,
        Optional<Instant> ended,
        State state,
        String message,
        List<TargetOutcome> targets,
        Judgement judgement,
        Path log,
        Origin origin,
        Passed passed,
        String reason) {

    /** What a deployment does. */
    public enum Kind {
        /** Makes a new release and switches to it. */
        DEPLOY,
        /** Switches to a release that was there before. */
        ROLLBACK
    }

    /**
     * The process that works on a deployment.
     *
     * @param host a name that is unique to the machine and boot
     * @param pid process id
     * @param startTicks when the process started, in clock ticks since boot (proc(5), stat field 22); 0 when unknown
     */
    public record Owner(String host, long pid, long startTicks) {}

    /**
     * What one target ended with.
     *
     * @param target its name
     * @param current id of the release that is current there; empty when there is none or nobody knows
     * @param message what happened there, one sentence
     */
    public record TargetOutcome(String target, String current, String message) {}

    /** {@return what checks found} */
    public List<Problem> problems() {
        return judgement.problems();
    }

    /** {@return how long it took, if it has ended} */
    public Optional<Duration> duration() {
        return ended.map(e -> Duration.between(started, e));
    }

    /** {@return for people who look at what waits: {@code deployment #42 of v1.3}} */
    public String title() {
        return kind == Kind.DEPLOY ? "deployment #" + number + " of " + ref : "rollback #" + number + " to " + ref;
    }
}
