package io.jenkins.plugins.gateddeploy.jenkins.hand;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.lane.Turns;
import io.jenkins.plugins.gateddeploy.jenkins.order.BackByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.GoingBack;
import io.jenkins.plugins.gateddeploy.jenkins.order.Wish;
import io.jenkins.plugins.gateddeploy.jenkins.window.Openings;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.LanePlace;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Deployments and rollbacks that people have asked for on pages, on their way to the moment at which they begin. Jenkins
 * goes on with them after a restart; while one waits there is nothing of it but a file.
 */
@Extension
public final class Errands {
    private static final Logger LOGGER = Logger.getLogger(Errands.class.getName());
    private static final Set<State> WAITING = Set.of(State.QUEUED, State.HELD);
    /** What ails the history may pass: a full disk, say. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** {@return those of this controller} */
    public static Errands get() {
        return ExtensionList.lookupSingleton(Errands.class);
    }

    /** Goes on with those that waited when Jenkins ended. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void resume() {
        try {
            Errand.all().forEach(get()::begin);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Cannot go on with deployments that people asked for", e);
        }
    }

    /** Begins, or goes on, and does not wait for the end. */
    public void begin(Errand errand) {
        try {
            JenkinsHost.get().workers().execute(() -> {
                try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                    assert system != null;
                    attempt(errand);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins ends; the next start goes on", e);
        }
    }

    /**
     * Takes back what somebody has asked for, as long as it waits: for people, for its environment to open, or for its
     * turn.
     *
     * @param deployment its id
     * @param steward who takes it back
     * @throws LaneException when it does not wait any more, or the person may not do that
     */
    public void takeBack(String deployment, Steward steward) throws LaneException {
        waiting().retract(deployment, steward);
        forget(deployment);
    }

    private void attempt(Errand errand) {
        try {
            attemptOnce(errand);
        } catch (HistoryException e) {
            if (JenkinsHost.get().isEnding()) {
                LOGGER.log(Level.FINE, "Jenkins ends; the next start goes on", e);
            } else {
                again(errand, e);
            }
        } catch (InterruptedException e) {
            // Jenkins ends; the next start goes on.
            Thread.currentThread().interrupt();
        }
    }

    /** It may be its turn, so that others wait for it; and nobody else would come back to it. */
    private void again(Errand errand, HistoryException why) {
        LOGGER.log(
                Level.WARNING,
                why,
                () -> "Cannot go on with the deployment " + errand.deployment()
                        + " that a person has asked for; it is tried again in " + AGAIN.toSeconds() + " s");
        Timer.get().schedule(() -> begin(errand), AGAIN.toSeconds(), TimeUnit.SECONDS);
    }

    private void attemptOnce(Errand errand) throws InterruptedException {
        History history = JenkinsHost.get().history();
        Optional<DeploymentRecord> record = history.find(errand.deployment()).filter(r -> WAITING.contains(r.state()));
        Optional<DeploymentRecord> last = history.find(errand.last());
        Optional<Item> job = record.flatMap(r -> Jobs.find(r.origin().job()));
        if (record.isEmpty() || last.isEmpty() || job.isEmpty()) {
            waiting().cancel(errand.deployment(), "The job from which it was asked for is gone.");
            forget(errand.deployment());
            return;
        }
        try {
            Authentication person = login(errand.person());
            way(errand, record.get(), job.get(), person, last.get()).goOn();
        } catch (HistoryException e) {
            throw e;
        } catch (ProblemException | IOException | RuntimeException e) {
            if (JenkinsHost.get().isEnding()) {
                LOGGER.log(Level.FINE, "Jenkins ends; the next start goes on", e);
            } else {
                failed(errand, record.get(), e);
            }
        }
    }

    private Way way(Errand errand, DeploymentRecord record, Item job, Authentication person, DeploymentRecord last) {
        // A sealed interface; Java 17 cannot switch over it.
        return errand.purpose() instanceof Wish wish
                ? new Deploying(this, errand, record, new ByHand(job, person, last), wish)
                : new Returning(this, errand, record, new BackByHand(job, person, last), (GoingBack) errand.purpose());
    }

    private static void failed(Errand errand, DeploymentRecord record, Exception why) {
        if (why instanceof ProblemException problem && record.passed().gate().isEmpty()) {
            waiting().refused(errand.deployment(), problem);
        } else if (why instanceof ProblemException) {
            // Nobody need decide on it any more.
            waiting().cancel(errand.deployment(), why.getMessage());
        } else {
            LOGGER.log(Level.WARNING, why, () -> "Cannot go on with the deployment " + errand.deployment());
            waiting().cancel(errand.deployment(), "Jenkins could not go on: " + why.getMessage());
        }
        forget(errand.deployment());
    }

    /** Joins the lane, again and again as the same, and goes on when it is its turn. */
    boolean hasTurn(Errand errand, DeploymentRecord record, Ports ports, LanePlace place) {
        Entry kept = new Waiting(ports).join(record, place);
        boolean turn = ports.history().lanes().take(kept.id(), ports.clock().instant());
        if (!turn) {
            Turns.get().await(kept, () -> begin(errand), () -> forget(errand.deployment()));
        }
        return turn;
    }

    /** Jenkins may have no record of a person, whom its security realm knows all the same. */
    private static Authentication login(String person) {
        User user = User.isIdOrFullnameAllowed(person) ? User.getById(person, true) : null;
        try {
            return user == null ? Jenkins.ANONYMOUS2 : user.impersonate2();
        } catch (AuthenticationException e) {
            LOGGER.log(Level.FINE, e, () -> "The security realm does not know " + person);
            return Jenkins.ANONYMOUS2;
        }
    }

    /**
     * Says that it begins now: from here on it is settled after a crash, and not begun again. Who ends what nobody goes on
     * with finds it in the hand of this process.
     */
    static void entered(DeploymentRecord record, Ports ports) {
        new Waiting(ports).adopt(record);
        forget(record.id());
    }

    static void forget(String deployment) {
        Openings.get().forget(deployment);
        Errand.forget(deployment);
    }

    /** Ends what waits, for which it takes nobody's credentials. */
    private static Waiting waiting() {
        return new Waiting(ByHand.ports(null, ACL.SYSTEM2));
    }
}
