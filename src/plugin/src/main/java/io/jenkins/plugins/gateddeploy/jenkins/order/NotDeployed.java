package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Root;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.trigger.Automatic;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A build that nobody started in person does not deploy. Whoever wonders looks at the pages of the environment, not at the
 * logs of builds, so it is written down for those.
 *
 * @param build that would have deployed
 * @param place where to
 */
record NotDeployed(Run<?, ?> build, Place place) {
    private static final Logger LOGGER = Logger.getLogger(NotDeployed.class.getName());

    /** Writes down what stands against a build, when nobody started it; of people's builds their own logs say it. */
    void because(ProblemException refusal) {
        Root root = Actors.root(build);
        if (Automatic.concerns(root.kind())) {
            Problem first = refusal.problems().get(0);
            because(root, (first.message() + " " + first.mend()).strip());
        }
    }

    /** Writes down why a build does not deploy. */
    void because(Root root, String why) {
        Origin origin = new Origin(build.getParent().getFullName(), build.getNumber(), build.getFullDisplayName());
        try {
            Skipped.note(JenkinsHost.get().history().audit(), place, root.actor(), origin, why, Instant.now());
        } catch (HistoryException e) {
            // The log of the build says it all the same.
            LOGGER.log(Level.WARNING, e, () -> "Cannot write down why " + origin.text() + " did not deploy");
        }
    }
}
