package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.BuildCredentials;
import io.jenkins.plugins.gateddeploy.jenkins.host.ItemCredentials;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.GivingUp;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Processes;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Unlocked;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Settles, when Jenkins starts, the deployments that were under way when it ended: those of builds that go on as well as
 * those of builds that do not, or that are gone. A step that is resumed waits here for what became of its own.
 */
@Extension
public final class Settlements {
    private static final Logger LOGGER = Logger.getLogger(Settlements.class.getName());
    private static final Actor JENKINS = new Actor("(jenkins)", "Jenkins", Set.of());
    /** A holder that another machine may be must be silent for a minute, so several tries are normal. */
    private static final int QUICK_TRIES = 40;

    private static final long QUICK_SECONDS = 3;
    private static final long SLOW_SECONDS = 60;

    private final Map<String, Unsettled> underWay = new LinkedHashMap<>();

    /**
     * One that was under way when Jenkins ended.
     *
     * @param settled done when it has its end
     * @param attempt held by the one attempt at a time to settle it
     */
    private record Unsettled(Docket docket, CompletableFuture<DeploymentRecord> settled, Lock attempt) {
        Unsettled(Docket docket) {
            this(docket, new CompletableFuture<>(), new ReentrantLock());
        }
    }

    /** {@return those of this controller} */
    public static Settlements get() {
        return ExtensionList.lookupSingleton(Settlements.class);
    }

    /** Begins, before any build goes on. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        get().beginAll();
    }

    private synchronized void beginAll() {
        for (Docket docket : new Dockets(JenkinsHost.get().dockets()).all()) {
            Unsettled unsettled = new Unsettled(docket);
            underWay.put(docket.deployment(), unsettled);
            attempt(unsettled, 1);
        }
    }

    /**
     * {@return what becomes of a deployment that was under way when Jenkins ended; empty when it has begun since}
     */
    synchronized Optional<CompletableFuture<DeploymentRecord>> of(String deployment) {
        return Optional.ofNullable(underWay.get(deployment)).map(Unsettled::settled);
    }

    /** {@return whether a deployment was under way when Jenkins ended, and has no end yet} */
    public boolean isUnsettled(String deployment) {
        return of(deployment).filter(settled -> !settled.isDone()).isPresent();
    }

    /**
     * Ends one that cannot be settled, because a person gives it up. It is tried once more before.
     *
     * @param why not blank
     * @return how that went
     * @throws LaneException when the person may not, or it has its end by now; nothing is changed then
     * @throws ProblemException when nobody can tell how its targets are reached
     */
    public GivingUp.Outcome giveUp(String deployment, Steward steward, String why)
            throws LaneException, ProblemException, InterruptedException {
        Unsettled unsettled;
        synchronized (this) {
            unsettled = underWay.get(deployment);
        }
        if (unsettled == null) {
            throw new LaneException(Problem.error(
                    "lane.gone",
                    "The deployment " + deployment + " was not under way when Jenkins ended.",
                    "Stop what asked for it; it ends then."));
        }
        Docket docket = unsettled.docket();
        unsettled.attempt().lockInterruptibly();
        try {
            History history = JenkinsHost.get().history();
            DeploymentRecord record = history.find(deployment).orElseThrow();
            GivingUp.Outcome outcome =
                    new GivingUp(ports(docket, record)).end(docket.configuration(), deployment, steward, why);
            if (outcome.over()) {
                unsettled.settled().complete(history.find(deployment).orElseThrow());
                forgetIfOver(docket);
            }
            return outcome;
        } finally {
            unsettled.attempt().unlock();
        }
    }

    private void attempt(Unsettled unsettled, int number) {
        JenkinsHost.get().settle(() -> {
            try {
                unsettled.attempt().lockInterruptibly();
            } catch (InterruptedException e) {
                // Jenkins ends again; the next start goes on.
                Thread.currentThread().interrupt();
                return;
            }
            try {
                settle(unsettled, number);
            } finally {
                unsettled.attempt().unlock();
            }
        });
    }

    private void settle(Unsettled unsettled, int number) {
        Docket docket = unsettled.docket();
        CompletableFuture<DeploymentRecord> settled = unsettled.settled();
        String why;
        try {
            History history = JenkinsHost.get().history();
            Optional<DeploymentRecord> record = history.find(docket.deployment());
            if (record.isEmpty()) {
                new Dockets(JenkinsHost.get().dockets()).forget(docket.deployment());
                settled.cancel(false);
                return;
            }
            Unlocked result = isUnderWay(record.get())
                    ? new Deployer(ports(docket, record.get())).settle(docket.configuration(), docket.deployment())
                    : new Unlocked(true, "", false);
            if (result.done()) {
                settled.complete(history.find(docket.deployment()).orElseThrow());
                forgetIfOver(docket);
                return;
            }
            why = result.message();
        } catch (InterruptedException e) {
            // Jenkins ends again; the next start goes on.
            Thread.currentThread().interrupt();
            return;
        } catch (ProblemException | RuntimeException e) {
            why = e.getMessage();
            LOGGER.log(Level.FINE, "Settling a deployment", e);
        }
        again(unsettled, number, why);
    }

    /** One that waits for people has begun nothing, and goes on waiting. */
    private static boolean isUnderWay(DeploymentRecord record) {
        return !record.state().isFinal() && record.state() != State.HELD;
    }

    private void again(Unsettled unsettled, int number, String why) {
        Docket docket = unsettled.docket();
        if (number == 1 || number % QUICK_TRIES == 0) {
            LOGGER.warning("The deployment " + docket.deployment() + of(docket.origin())
                    + " was under way when Jenkins ended, and cannot be settled yet: " + why + " It is tried again.");
        }
        long delay = number < QUICK_TRIES ? QUICK_SECONDS : SLOW_SECONDS;
        Timer.get().schedule(() -> attempt(unsettled, number + 1), delay, TimeUnit.SECONDS);
    }

    private static String of(Docket.Origin origin) {
        return origin.build().isEmpty() ? "" : " of " + origin.build();
    }

    private static Ports ports(Docket docket, DeploymentRecord record) {
        JenkinsHost host = JenkinsHost.get();
        return ports(credentials(docket, record), host.connector(docket.start(), LOGGER::info, Optional.empty()));
    }

    /** {@return the engine's ports for what Jenkins does by itself, and for which it connects to nothing} */
    static Ports ports() {
        return ports(new ItemCredentials(null, ACL.SYSTEM2), JenkinsHost.get().connector());
    }

    private static Ports ports(Credentials credentials, Targets.Connector connector) {
        JenkinsHost host = JenkinsHost.get();
        return new Ports(
                credentials,
                connector,
                host.history(),
                line -> LOGGER.info(line.target().isEmpty() ? line.text() : "[" + line.target() + "] " + line.text()),
                Progress.none(),
                Clock.systemUTC(),
                JENKINS,
                Processes.self(),
                host.logs(),
                Ports.Limits.defaults());
    }

    /** Of the build; where there is none, of the job, which the history knows also under another name. */
    private static Credentials credentials(Docket docket, DeploymentRecord record) {
        return docket.origin()
                .run()
                .<Credentials>map(BuildCredentials::new)
                .orElseGet(() ->
                        new ItemCredentials(Jobs.find(record.origin().job()).orElse(null), ACL.SYSTEM2));
    }

    /** A build that goes on still asks for it. */
    private static void forgetIfOver(Docket docket) {
        if (docket.origin().run().filter(Run::isBuilding).isEmpty()) {
            new Dockets(JenkinsHost.get().dockets()).forget(docket.deployment());
        }
    }
}
