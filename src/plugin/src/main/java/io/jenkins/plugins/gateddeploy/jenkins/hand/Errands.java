package io.jenkins.plugins.gateddeploy.jenkins.hand;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Waiters;
import io.jenkins.plugins.gateddeploy.jenkins.host.Authors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.lane.Turns;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.OutsideBuilds;
import io.jenkins.plugins.gateddeploy.jenkins.window.Openings;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.plan.Person;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Consent;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Entrance;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Deployments that people have asked for on pages, on their way past a gate and a closed environment until they begin.
 * Jenkins goes on with them after a restart; while one waits there is nothing of it but a file.
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
        } catch (IOException e) {
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
        new Waiting(ByHand.ports(null, ACL.SYSTEM2)).retract(deployment, steward);
        Openings.get().forget(deployment);
        Errand.forget(deployment);
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
        if (record.isEmpty() || last.isEmpty()) {
            forget(errand);
            return;
        }
        Item job = Jobs.find(record.get().origin().job()).orElse(null);
        if (job == null) {
            new Waiting(ByHand.ports(null, ACL.SYSTEM2))
                    .cancel(errand.deployment(), "The job from which it was asked for is gone.");
            forget(errand);
            return;
        }
        ByHand hand = new ByHand(job, login(errand.person()), last.get());
        try {
            advance(errand, record.get(), hand);
        } catch (HistoryException e) {
            throw e;
        } catch (ProblemException | IOException | RuntimeException e) {
            if (JenkinsHost.get().isEnding()) {
                LOGGER.log(Level.FINE, "Jenkins ends; the next start goes on", e);
            } else {
                failed(errand, record.get(), new Waiting(ByHand.ports(job, hand.person())), e);
            }
        }
    }

    private static void failed(Errand errand, DeploymentRecord record, Waiting waiting, Exception why) {
        if (why instanceof ProblemException problem && record.passed().gate().isEmpty()) {
            waiting.refused(errand.deployment(), problem);
        } else if (why instanceof ProblemException) {
            // Nobody need decide on it any more.
            waiting.cancel(errand.deployment(), why.getMessage());
        } else {
            LOGGER.log(Level.WARNING, why, () -> "Cannot go on with the deployment " + errand.deployment());
            waiting.cancel(errand.deployment(), "Jenkins could not go on: " + why.getMessage());
        }
        forget(errand);
    }

    /** Past the gate, past windows and freezes, then to its turn; where it has to wait, it comes here again. */
    private void advance(Errand errand, DeploymentRecord record, ByHand hand)
            throws ProblemException, IOException, InterruptedException {
        ByHand.Prepared prepared = hand.prepare(errand.wish());
        Ports ports = ByHand.ports(hand.job(), hand.person());
        Deployer.Request request = prepared.request();
        Deployer.Request bound = request.with(request.mandate().continuing(record.id()));
        Optional<Gate> gate = gate(record, hand, prepared.with(bound), ports);
        if (isTakenBack(record.id(), ports)) {
            forget(errand);
            return;
        }
        if (gate.isPresent() && gate.get().standing(Instant.now()) != Standing.APPROVED) {
            ports.history().lanes().leave(record.id());
            Waiters.get().await(gate.get().id(), closed -> decided(errand, closed, ports));
            return;
        }
        Deployer.Request through =
                gate.map(g -> bound.with(bound.mandate().through(g.id()))).orElse(bound);
        Instant now = Instant.now();
        Deployer.Request begun =
                through.with(through.mandate().at(through.mandate().timing().begunAt(now)));
        Optional<Closed> closed = new Entrance(ports.clock()).closed(begun).filter(Closed::waits);
        if (closed.isPresent()) {
            // Others need not wait for that.
            JenkinsHost.get().history().lanes().leave(record.id());
            new Waiting(ports).hold(record.id(), closed.get().waiting(record.environment()));
            Openings.get().await(record.id(), closed.get().opens().orElseThrow(), () -> attempt(errand));
            return;
        }
        if (hasTurn(errand, record, ports)) {
            deploy(errand, record, hand, prepared.with(begun));
        }
    }

    /** Somebody may have been so fast that the gate was opened only after that; nobody need decide on it then. */
    private static boolean isTakenBack(String deployment, Ports ports) {
        Optional<DeploymentRecord> ended =
                ports.history().find(deployment).filter(r -> r.state().isFinal());
        ended.ifPresent(r -> new Waiting(ports).cancel(r.id(), r.message()));
        return ended.isPresent();
    }

    /** Joins the lane, again and again as the same, and goes on when it is its turn. */
    private boolean hasTurn(Errand errand, DeploymentRecord record, Ports ports) {
        new Waiting(ports).queue(record.id());
        Claim claim = new Claim(
                record.id(),
                "",
                record.title(),
                "",
                new Claim.Asker(record.actor(), record.origin().job(), 0),
                Instant.now());
        Entry entry = Entry.waiting(record.id(), new Lane(record.app(), record.environment()), claim, Bounds.none());
        Lanes lanes = JenkinsHost.get().history().lanes();
        Entry kept = lanes.join(entry, false).find(entry.id()).orElseThrow();
        boolean turn = lanes.take(kept.id(), Instant.now());
        if (!turn) {
            Turns.get().await(kept, () -> attempt(errand), () -> forget(errand));
        }
        return turn;
    }

    private void deploy(Errand errand, DeploymentRecord record, ByHand hand, ByHand.Prepared prepared)
            throws IOException {
        hand.entering(record, prepared);
        // From here on it is settled after a crash, and not begun again.
        forget(errand);
        try {
            new Deployer(ByHand.ports(hand.job(), hand.person())).deploy(prepared.request(), prepared.version());
        } catch (ProblemException e) {
            LOGGER.log(Level.FINE, "A deployment by hand was refused", e);
        } finally {
            OutsideBuilds.forget(record.id());
        }
    }

    private void decided(Errand errand, Gate closed, Ports ports) {
        if (closed.standing(Instant.now()) == Standing.APPROVED) {
            attempt(errand);
            return;
        }
        new Waiting(ports).settle(closed);
        forget(errand);
    }

    /** {@return the gate at which people are asked, or have been; empty when nobody has to be} */
    private static Optional<Gate> gate(DeploymentRecord record, ByHand hand, ByHand.Prepared prepared, Ports ports)
            throws ProblemException, IOException, InterruptedException {
        Optional<Gate> asked = ports.history().gates().find(record.passed().gate());
        if (asked.isPresent()) {
            return asked;
        }
        if (!new Consent(ports).mayBeNeeded(prepared.request())) {
            return Optional.empty();
        }
        Plan plan = new Deployer(ports).plan(prepared.request(), prepared.version());
        // Nobody is asked about what cannot happen.
        plan.judgement().require();
        hand.planned(record, plan);
        if (!plan.needsGate()) {
            return Optional.empty();
        }
        // It may be its turn by now. Others need not wait until people have decided.
        ports.history().lanes().leave(record.id());
        return Optional.of(new Waiting(ports).hold(opening(record, hand, plan, ports)));
    }

    private static Gate opening(DeploymentRecord record, ByHand hand, Plan plan, Ports ports) {
        Authors authors =
                Authors.of(plan.commits().people().stream().map(Person::email).toList());
        Rules rules = plan.gate(List.of(), authors.users(), !authors.unmatched().isEmpty())
                .with(Automation.of(List.of(), plan.facts(Optional.empty(), Optional.empty())))
                .requestedBy(ports.actor().id());
        Subject subject = new Subject(
                plan.app(),
                plan.environment(),
                plan.digest(),
                plan.revision(),
                "",
                record.id(),
                hand.job().getFullName(),
                0);
        String known = record.passed().gate();
        return Gate.opening(known.isEmpty() ? UUID.randomUUID().toString() : known, subject, rules, Instant.now());
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

    private static void forget(Errand errand) {
        Openings.get().forget(errand.deployment());
        Errand.forget(errand.deployment());
    }
}
