package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends what waits for approval when the build that asked is over: when it ends without having ended that itself, as one
 * that is killed does, when it is deleted, and when Jenkins starts and does not find it or does not go on with it.
 */
@Extension
public final class Abandoned extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(Abandoned.class.getName());

    /** Looks at everything that waits. Builds are loaded for that, which the start of Jenkins does not wait for. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        JenkinsHost.get().whenFree(() -> end(Abandoned::gone));
    }

    @Override
    public void onCompleted(Run<?, ?> build, TaskListener listener) {
        end(build, "The build " + build.getFullDisplayName() + " has ended (" + build.getResult() + ").");
    }

    private static void end(Run<?, ?> build, String why) {
        // Most builds have nothing to do with deployments.
        if (build.getAction(DeploymentAction.class) == null) {
            return;
        }
        String job = build.getParent().getFullName();
        end(origin ->
                origin.job().equals(job) && origin.build() == build.getNumber() ? Optional.of(why) : Optional.empty());
    }

    private static void end(Function<Origin, Optional<String>> gone) {
        try {
            new Waiting(Settlements.ports()).endAbandoned(gone, record -> Errand.isKept(record.id()));
        } catch (HistoryException e) {
            LOGGER.log(Level.WARNING, "Cannot end what waits for a build that is over; the next start does", e);
        }
    }

    /** {@return why nobody goes on with what was asked for; empty when its build does} */
    private static Optional<String> gone(Origin origin) {
        if (origin.job().isEmpty()) {
            return Optional.empty();
        }
        if (origin.build() == 0) {
            // A person did, on a page, and Jenkins ended before it had written down what it takes to go on.
            return Optional.of("Jenkins ended before it began.");
        }
        Job<?, ?> job = Jobs.find(origin.job())
                .filter(Job.class::isInstance)
                .<Job<?, ?>>map(Job.class::cast)
                .orElse(null);
        if (job == null) {
            return Optional.of("The job " + origin.job() + " of the build that asked for it is gone.");
        }
        Run<?, ?> build = job.getBuildByNumber(origin.build());
        if (build == null) {
            return Optional.of("The build #" + origin.build() + " of " + origin.job() + " that asked for it is gone.");
        }
        return build.isBuilding()
                ? Optional.empty()
                : Optional.of(
                        "The build " + build.getFullDisplayName() + " ended while Jenkins was not there to see it.");
    }
}
