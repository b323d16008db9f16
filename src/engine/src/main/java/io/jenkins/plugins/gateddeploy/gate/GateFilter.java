package io.jenkins.plugins.gateddeploy.gate;

import java.time.Instant;
import java.util.Optional;

/**
 * Which gates to show; an empty part matches all.
 *
 * @param openAt only those that are open at this time
 * @param app application, exactly
 * @param environment environment, exactly
 * @param job full name of the job that waits
 * @param below whether the jobs below that one count too, as a multibranch project's branches do
 * @param build number of the job's build; 0 for all
 * @param deployment id of the deployment that waits
 * @param limit at most so many, the one opened last first; at least 1
 */
public record GateFilter(
        Optional<Instant> openAt,
        Optional<String> app,
        Optional<String> environment,
        Optional<String> job,
        boolean below,
        int build,
        Optional<String> deployment,
        int limit) {

    /** {@return all that are open at a time} */
    public static GateFilter open(Instant now, int limit) {
        return new GateFilter(
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                limit);
    }

    /** {@return all of one application and environment, open or not} */
    public static GateFilter of(String app, String environment, int limit) {
        return new GateFilter(
                Optional.empty(),
                Optional.of(app),
                Optional.of(environment),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                limit);
    }

    /** {@return all of one build, open or not} */
    public static GateFilter ofBuild(String job, int build, int limit) {
        return new GateFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(job),
                false,
                build,
                Optional.empty(),
                limit);
    }

    /** {@return all of one deployment, open or not} */
    public static GateFilter ofDeployment(String deployment, int limit) {
        return new GateFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.of(deployment),
                limit);
    }
}
