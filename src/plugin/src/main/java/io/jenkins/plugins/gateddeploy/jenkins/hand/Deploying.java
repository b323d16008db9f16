package io.jenkins.plugins.gateddeploy.jenkins.hand;

import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Waiters;
import io.jenkins.plugins.gateddeploy.jenkins.host.Authors;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.OutsideBuilds;
import io.jenkins.plugins.gateddeploy.jenkins.order.Wish;
import io.jenkins.plugins.gateddeploy.jenkins.window.Openings;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Consent;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Entrance;
import io.jenkins.plugins.gateddeploy.release.LanePlace;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Submission;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A deployment that a person has asked for: past the gate, past windows and freezes, then to its turn.
 *
 * @param record as it was when the attempt began
 * @param hand asks for it
 */
record Deploying(Errands errands, Errand errand, DeploymentRecord record, ByHand hand, Wish wish) implements Way {
    private static final Logger LOGGER = Logger.getLogger(Deploying.class.getName());

    @Override
    public void goOn() throws ProblemException, IOException, InterruptedException {
        Ports ports = ByHand.ports(hand.job(), hand.person());
        Optional<Gate> asked = ports.history().gates().find(record.passed().gate());
        Optional<Standing> standing =
                asked.map(gate -> gate.standing(ports.clock().instant()));
        if (standing.isPresent() && standing.get() != Standing.APPROVED) {
            standAt(asked.get(), ports);
            return;
        }
        ByHand.Prepared prepared = hand.prepare(wish);
        Deployer.Request request = prepared.request();
        Deployer.Request bound = request.with(request.mandate().continuing(record.id()));
        Optional<Gate> gate = asked.isPresent() ? asked : ask(prepared.with(bound), ports);
        if (gate.isPresent() && gate.get().standing(ports.clock().instant()) != Standing.APPROVED) {
            standAt(gate.get(), ports);
            return;
        }
        Deployer.Request through =
                gate.map(g -> bound.with(bound.mandate().through(g.id()))).orElse(bound);
        Instant now = ports.clock().instant();
        Deployer.Request begun =
                through.with(through.mandate().at(through.mandate().timing().begunAt(now)));
        Optional<Closed> closed = new Entrance(ports.clock()).closed(begun).filter(Closed::waits);
        if (closed.isPresent()) {
            standOutside(closed.get(), ports);
            return;
        }
        LanePlace place = new LanePlace(record.id(), "", wish.branch(), prepared.queue());
        if (errands.hasTurn(errand, record, ports, place)) {
            deploy(prepared.with(begun), ports);
        }
    }

    /** Others need not wait for that: it may be its turn by now. */
    private void standAt(Gate gate, Ports ports) {
        ports.history().lanes().leave(record.id());
        Optional<DeploymentRecord> ended =
                ports.history().find(record.id()).filter(r -> r.state().isFinal());
        if (ended.isPresent()) {
            // Taken back so fast that the gate was opened only after that; nobody need decide on it.
            new Waiting(ports).cancel(record.id(), ended.get().message());
            Errands.forget(record.id());
        } else if (gate.standing(ports.clock().instant()) == Standing.OPEN) {
            Waiters.get().await(gate.id(), closed -> errands.begin(errand));
        } else {
            new Waiting(ports).settle(gate);
            Errands.forget(record.id());
        }
    }

    private void standOutside(Closed closed, Ports ports) throws ProblemException {
        ports.history().lanes().leave(record.id());
        new Waiting(ports).hold(record.id(), closed.waiting(record.environment()));
        Openings.get().await(record.id(), closed.opens().orElseThrow(), () -> errands.begin(errand));
    }

    private void deploy(ByHand.Prepared prepared, Ports ports) throws IOException {
        hand.entering(record, prepared);
        Errands.entered(record, ports);
        try {
            new Deployer(ports).deploy(prepared.request(), prepared.version());
        } catch (ProblemException e) {
            LOGGER.log(Level.FINE, "A deployment by hand was refused", e);
            new Waiting(ports).refused(record.id(), e);
        } finally {
            OutsideBuilds.forget(record.id());
        }
    }

    /** {@return the gate at which people are asked from now on; empty when nobody has to be} */
    private Optional<Gate> ask(ByHand.Prepared prepared, Ports ports)
            throws ProblemException, IOException, InterruptedException {
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
        ports.history().lanes().leave(record.id());
        return Optional.of(new Waiting(ports).hold(opening(plan, ports)));
    }

    private Gate opening(Plan plan, Ports ports) {
        Origin origin = new Origin(hand.job().getFullName(), 0, "");
        Submission submission = new Submission(
                plan, Authors.writers(plan), origin, ports.actor().id());
        String known = record.passed().gate();
        String id = known.isEmpty() ? UUID.randomUUID().toString() : known;
        Facts facts = plan.facts(Optional.empty(), Optional.empty());
        return submission.gate(id, record.id(), facts, ports.clock().instant());
    }
}
