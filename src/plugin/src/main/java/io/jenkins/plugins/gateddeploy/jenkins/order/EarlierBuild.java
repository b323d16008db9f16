package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Job;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.List;

/**
 * A build of a job by which a release is named: {@code build:42}.
 *
 * @param job whose build it is
 * @param name as somebody wrote it
 */
record EarlierBuild(Job<?, ?> job, String name) {
    private static final String PREFIX = "build:";
    /** More than any build deploys. */
    private static final int MOST = 1000;

    private static final int SHOWN = 10;

    /** {@return whether a release is named by a build} */
    static boolean isMeant(String release) {
        return release.startsWith(PREFIX);
    }

    /**
     * {@return the release that the build made current last; the build itself may be deleted by now}
     *
     * @throws ProblemException when there is no such build, or it deployed nothing there
     */
    String release(Configuration configuration) throws ProblemException {
        Filter.Job asked = new Filter.Job(job.getFullName(), false, number());
        String release = JenkinsHost.get().history().list(Filter.of(asked, MOST)).stream()
                .filter(r -> r.app().equals(configuration.app()))
                .filter(r -> r.environment().equals(configuration.environment()))
                .filter(r -> r.state() == State.SUCCEEDED)
                .findFirst()
                .map(DeploymentRecord::release)
                .orElse(null);
        if (release == null) {
            throw new ProblemException(
                    "release.unknown",
                    "The build " + number() + " of " + job.getFullDisplayName() + " made no release of "
                            + configuration.app() + " current in " + configuration.environment()
                            + ", as far as is known.",
                    choices(configuration));
        }
        return release;
    }

    private String choices(Configuration configuration) {
        Filter.Job all = new Filter.Job(job.getFullName(), false, 0);
        List<String> builds = JenkinsHost.get().history().list(Filter.of(all, MOST)).stream()
                .filter(r -> r.app().equals(configuration.app()))
                .filter(r -> r.environment().equals(configuration.environment()))
                .filter(r -> r.state() == State.SUCCEEDED)
                .map(r -> r.origin().build())
                .filter(build -> build > 0)
                .distinct()
                .limit(SHOWN)
                .map(build -> PREFIX + build)
                .toList();
        return builds.isEmpty()
                ? "No build of this job did; name the release, its tag or its commit."
                : "Choose one of: " + String.join(", ", builds) + "; or name the release, its tag or its commit.";
    }

    private int number() throws ProblemException {
        try {
            return Integer.parseInt(name.substring(PREFIX.length()).strip());
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    "release.unknown",
                    "Expected the number of a build after \"build:\", found \"" + name + "\".",
                    "Write build:42, for example.");
        }
    }
}
