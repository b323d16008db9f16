package io.jenkins.plugins.gateddeploy.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Which deployments to show; an empty part matches all.
 *
 * @param app application, exactly
 * @param environment environment, exactly
 * @param state state, exactly
 * @param user actor, exactly
 * @param since started at or after
 * @param until started before
 * @param search found in subject, author, reference, tag, or at the beginning of commit or release; case is ignored
 * @param job asked for by that job
 * @param number with that number, in whichever application and environment
 * @param limit at most so many, newest first; at least 1
 */
public record Filter(
        Optional<String> app,
        Optional<String> environment,
        Optional<State> state,
        Optional<String> user,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> search,
        Optional<Job> job,
        Optional<Integer> number,
        int limit) {

    /**
     * A job of the host.
     *
     * @param name its full name
     * @param children whether the jobs below it count too, as a multibranch project's branches do
     * @param build number of one build; 0 for all
     */
    public record Job(String name, boolean children, int build) {}

    /** {@return everything of one application and environment} */
    public static Filter of(String app, String environment, int limit) {
        return new Filter(
                Optional.of(app),
                Optional.of(environment),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /**
     * {@return everything of that number}
     *
     * @param app application; empty for all
     * @param environment environment; empty for all
     */
    public static Filter of(Optional<String> app, Optional<String> environment, int number, int limit) {
        return new Filter(
                app,
                environment,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(number),
                limit);
    }

    /** {@return everything that a job asked for} */
    public static Filter of(Job job, int limit) {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(job),
                Optional.empty(),
                limit);
    }
}
