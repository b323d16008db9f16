package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Job;
import hudson.scm.SCM;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.window.Calendar;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMFileSystem;

/**
 * Whether a build that has not begun would find its environment closed, as far as that can be told without a workspace.
 * What cannot be told holds nobody up: the build itself looks again.
 *
 * @param job of the build
 * @param environment of deploy.toml
 * @param config path of deploy.toml
 */
public record Outlook(Job<?, ?> job, String environment, String config) {
    private static final Logger LOGGER = Logger.getLogger(Outlook.class.getName());
    private static final int MOST = 200;

    /**
     * {@return how the environment is closed, where it makes sense to wait for it to open} May read the job's repository:
     * takes its time.
     */
    public Optional<Closed> closed(Instant now) throws InterruptedException {
        Optional<DeploymentRecord> last = last();
        Optional<Configuration> before = last.flatMap(Outlook::kept);
        // A repository is only asked when what was deployed last would wait, or nothing is known of that.
        if (before.isPresent() && closed(before.get(), now).isEmpty()) {
            return Optional.empty();
        }
        Optional<Configuration> coming = coming();
        return coming.isPresent()
                ? closed(coming.get(), now)
                : last.flatMap(record -> closed(new Place(record.app(), record.environment()), Opening.always(), now));
    }

    private Optional<Closed> closed(Configuration configuration, Instant now) {
        return closed(new Place(configuration.app(), configuration.environment()), configuration.opening(), now);
    }

    private Optional<Closed> closed(Place place, Opening deployToml, Instant now) {
        return Calendar.of(deployToml, Registrations.openings(job, place))
                .closed(now)
                .filter(Closed::waits);
    }

    private Optional<DeploymentRecord> last() {
        Filter.Job asked = new Filter.Job(job.getFullName(), false, 0);
        return JenkinsHost.get().history().list(Filter.of(asked, MOST)).stream()
                .filter(record -> record.environment().equals(environment))
                .findFirst();
    }

    private static Optional<Configuration> kept(DeploymentRecord record) {
        try {
            return Kept.configuration(record);
        } catch (ProblemException | IOException e) {
            LOGGER.log(Level.FINE, e, () -> "deploy.toml of deployment #" + record.number() + " cannot be read");
            return Optional.empty();
        }
    }

    /** {@return what the next build will find, where the job is built from one repository that can be read} */
    private Optional<Configuration> coming() throws InterruptedException {
        List<SCM> scms = Checkouts.scms(job);
        if (scms.size() != 1) {
            return Optional.empty();
        }
        try (SCMFileSystem files = SCMFileSystem.of(job, scms.get(0))) {
            if (files == null) {
                return Optional.empty();
            }
            WorkspacePath.check(config);
            try (InputStream in = files.child(config).content()) {
                return Optional.of(Configurations.Source.of(config, in).configuration(environment));
            }
        } catch (ProblemException | IOException e) {
            LOGGER.log(Level.FINE, e, () -> "deploy.toml of " + job.getFullName() + " cannot be read before its build");
            return Optional.empty();
        }
    }
}
