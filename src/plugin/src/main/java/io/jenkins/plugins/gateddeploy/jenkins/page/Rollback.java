package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.console.ConsoleHost;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.lane.Turns;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.OutsideBuilds;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.Authentication;

/**
 * A rollback that a person starts from a page: a deployment of its own, outside any build.
 *
 * @param job in whose name it is done
 * @param person who does it
 * @param last by whose configuration
 */
record Rollback(Item job, Authentication person, DeploymentRecord last) {
    private static final Logger LOGGER = Logger.getLogger(Rollback.class.getName());

    /**
     * Begins, and does not wait for the end.
     *
     * @param wanted what the person asked for
     * @return id of the deployment
     * @throws ProblemException when the person may not do that
     */
    String begin(Configuration configuration, ConsoleHost.Return wanted) throws ProblemException {
        Place place = new Place(configuration.app(), configuration.environment());
        Admission admission = Registrations.check(job, person, Act.ROLL_BACK, place);
        Ports ports = ports(job, person);
        Origin origin = new Origin(job.getFullName(), 0, job.getFullDisplayName());
        Mandate mandate = Mandate.of(origin, admission.clauses()).because(wanted.reason());
        DeploymentRecord record = new Waiting(ports).announce(configuration, Kind.ROLLBACK, wanted.release(), mandate);
        Deployer.Request request =
                new Deployer.Request(configuration, List.of(), Set.of()).with(mandate.continuing(record.id()));
        try {
            OutsideBuilds.keep(record, last);
            inTurn(record, () -> run(new Deployer(ports), request, wanted));
        } catch (IOException | RejectedExecutionException e) {
            String why = "It could not begin: " + e.getMessage();
            new Waiting(ports).cancel(record.id(), why);
            OutsideBuilds.forget(record.id());
            throw new ProblemException("rollback.begin", why, "Try it again when Jenkins is well.");
        }
        return record.id();
    }

    /** It waits for its turn in the lane, as all others do, and holds no thread meanwhile. */
    private static void inTurn(DeploymentRecord record, Runnable work) {
        Claim claim = new Claim(
                record.id(),
                "",
                record.title(),
                "",
                new Claim.Asker(record.actor(), record.origin().job(), 0),
                Instant.now());
        Entry entry = Entry.waiting(
                UUID.randomUUID().toString(), new Lane(record.app(), record.environment()), claim, Bounds.none());
        Lanes lanes = JenkinsHost.get().history().lanes();
        lanes.join(entry, false);
        Runnable turn = () -> {
            try {
                work.run();
            } finally {
                lanes.leave(entry.id());
            }
        };
        if (lanes.take(entry.id(), Instant.now())) {
            JenkinsHost.get().workers().execute(turn);
        } else {
            Turns.get().await(entry, turn, () -> OutsideBuilds.forget(record.id()));
        }
    }

    /** How it ends is in the history and in its log, which its page shows. */
    private static void run(Deployer deployer, Deployer.Request request, ConsoleHost.Return wanted) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            deployer.rollback(request, wanted.release(), wanted.undo());
        } catch (ProblemException e) {
            LOGGER.log(Level.FINE, "A rollback was refused", e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "A rollback could not go on", e);
        } finally {
            OutsideBuilds.forget(request.mandate().deployment());
        }
    }

    /** {@return the engine's ports for what a person does with a job outside any build} */
    static Ports ports(Item job, Authentication person) {
        return ByHand.ports(job, person);
    }
}
