package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.Passed;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Deployments that wait: announced, held at a gate, then continued by {@link Deployer} or ended here without a target
 * having been touched. Between the calls there is nothing but their rows in the history: no thread, no connection. Safe
 * for use by several threads and processes.
 */
public final class Waiting {
    private static final Set<State> STATES = Set.of(State.QUEUED, State.HELD);

    private final Ports ports;

    /** @param ports what the host brings; the targets are not used */
    public Waiting(Ports ports) {
        this.ports = ports;
    }

    /**
     * Takes a number for a deployment that begins later.
     *
     * @param ref what the user asked for
     * @param mandate which job of the host asks, and why
     * @return in state {@link State#QUEUED}, to be continued by {@link Mandate#continuing}
     */
    public DeploymentRecord announce(Configuration configuration, Kind kind, String ref, Mandate mandate) {
        Asked asked = new Asked(
                configuration.app(),
                configuration.environment(),
                kind,
                ref,
                ports.actor().id(),
                mandate.origin(),
                mandate.reason());
        DeploymentRecord begun =
                ports.history().begin(asked, ports.owner(), ports.clock().instant());
        Path log =
                ports.logs().resolve(asked.app()).resolve(asked.environment()).resolve(begun.id() + ".log");
        return ports.history().update(begun.id(), r -> Records.of(r).log(log));
    }

    /**
     * Lets an announced deployment wait at a gate: first it is written down that it does, then the gate is opened.
     * Doing it again with the same gate, after a crash between the two, is fine.
     *
     * @param gate whose subject names the deployment
     * @return the gate as it is kept
     * @throws ProblemException {@code deployment.not-waiting} when the deployment has begun, or has ended
     */
    public Gate hold(Gate gate) throws ProblemException {
        String deployment = gate.subject().deployment();
        Event held = new Event(
                deployment,
                ports.clock().instant(),
                State.HELD,
                "Waiting for approval of " + gate.subject().revision());
        if (!ports.history().advance(held, STATES)) {
            throw notWaiting(deployment);
        }
        ports.history().update(deployment, r -> Records.of(r).passed(new Passed(gate.id(), "")));
        return ports.history().gates().open(gate);
    }

    /**
     * Lets an announced deployment wait for its environment to open.
     *
     * @param why one sentence for people: until when
     * @throws ProblemException {@code deployment.not-waiting} when the deployment has begun, or has ended
     */
    public void hold(String deployment, String why) throws ProblemException {
        Event held = new Event(deployment, ports.clock().instant(), State.HELD, why);
        if (!ports.history().advance(held, STATES)) {
            throw notWaiting(deployment);
        }
    }

    /**
     * Ends the deployment that waits at a gate, if the gate has closed without opening: {@link State#REJECTED} when
     * somebody said no, {@link State#CANCELLED} when its time was over or it was taken back.
     *
     * @return as it is now; unchanged when the gate is open or approved, or when the deployment does not wait any more
     */
    public DeploymentRecord settle(Gate gate) {
        String deployment = gate.subject().deployment();
        return switch (gate.standing(ports.clock().instant())) {
            case OPEN, APPROVED -> ports.history().update(deployment, r -> r);
            case REJECTED -> end(deployment, State.REJECTED, why(gate));
            case TIMED_OUT, CANCELLED -> end(deployment, State.CANCELLED, why(gate));
        };
    }

    private static String why(Gate gate) {
        return gate.closed().map(Gate.Closed::why).orElse("Nobody decided in time.");
    }

    /**
     * Ends a deployment that waits, and takes its gate back: its build was aborted, say.
     *
     * @param why one sentence for people
     * @return as it is now; unchanged when it does not wait any more
     */
    public DeploymentRecord cancel(String deployment, String why) {
        DeploymentRecord record = end(deployment, State.CANCELLED, why);
        if (record.state() == State.CANCELLED && !record.passed().gate().isEmpty()) {
            takeBack(record.passed().gate(), why);
        }
        return record;
    }

    /**
     * Ends a deployment that waits, for a gate, a window or its turn, because a person takes it back. That is written into
     * the audit trail.
     *
     * @param deployment its id
     * @param steward who takes it back
     * @return as it is now
     * @throws LaneException {@code lane.permission}; or {@code lane.gone} when it does not wait any more. Nothing is changed
     *     then
     */
    public DeploymentRecord retract(String deployment, Steward steward) throws LaneException {
        DeploymentRecord before = ports.history()
                .find(deployment)
                .filter(r -> STATES.contains(r.state()))
                .orElseThrow(() -> waitsNoMore(deployment));
        Lane lane = new Lane(before.app(), before.environment());
        steward.requireTakeBack(before.actor(), before.title(), lane);
        String who = steward.actor().name() + " (" + steward.actor().id() + ")";
        String why = "Taken back by " + who + ".";
        DeploymentRecord after = cancel(deployment, why);
        if (!after.message().equals(why)) {
            throw waitsNoMore(deployment);
        }
        ports.history()
                .audit()
                .add(new AuditEntry.Note(
                        ports.clock().instant(),
                        steward.actor().id(),
                        AuditEntry.What.TAKEN_BACK,
                        after.passed().gate(),
                        deployment,
                        Map.of(
                                "app", after.app(),
                                "environment", after.environment(),
                                "entry", after.title(),
                                "name", steward.actor().name())));
        return after;
    }

    private static LaneException waitsNoMore(String deployment) {
        return new LaneException(Problem.error(
                "lane.gone",
                "The deployment " + deployment + " does not wait any more.",
                "It has begun, or has ended. Look at it as it is now."));
    }

    private void takeBack(String gate, String why) {
        try {
            ports.history().gates().cancel(gate, why, ports.clock().instant());
        } catch (GateException e) {
            // The host died between saying that it would open this gate and opening it.
        }
    }

    /**
     * Lets a deployment whose gate is open wait in its lane. Nothing happens to one that does already, or that waits no
     * more.
     */
    public void queue(String deployment) {
        Event event = new Event(
                deployment, ports.clock().instant(), State.QUEUED, "The gate is open; waits for its turn in the lane");
        ports.history().advance(event, Set.of(State.HELD));
    }

    /**
     * Lets an announced deployment stand at the end of its lane. Doing it again with the same place changes nothing.
     *
     * @return its place as it is kept
     */
    public Entry join(DeploymentRecord record, LanePlace place) {
        queue(record.id());
        Entry entry = place.entry(record, ports.clock().instant());
        return ports.history()
                .lanes()
                .join(entry, place.replacesOlder(record))
                .find(entry.id())
                .orElseThrow();
    }

    /**
     * Ends a deployment that waits and cannot begin: what it was to be made by is gone, say.
     *
     * @param why one sentence for people
     */
    public void fail(String deployment, String why) {
        end(deployment, State.FAILED, why);
    }

    /**
     * {@return the deployments of this host that wait, oldest first} A host that has started again finds here what it
     * has to go on with.
     */
    public List<DeploymentRecord> all() {
        return ports.history().unfinished().stream()
                .filter(r -> STATES.contains(r.state()))
                .toList();
    }

    /**
     * Ends what waits for somebody who does not come back, such as a build that is gone: deployments with their gates
     * and places in lanes, and gates and places that no deployment has. A deployment that a living process of this machine is about to begin or to
     * hold is left to it, and so is a gate that no build asks at.
     *
     * @param gone says why nobody goes on with what a job has asked for, in one sentence for people; empty when somebody
     *     does, or when that is not known
     * @return the deployments that were ended
     */
    public List<DeploymentRecord> endAbandoned(Function<Origin, Optional<String>> gone) {
        return endAbandoned(gone, record -> false);
    }

    /**
     * Ends what waits for somebody who does not come back.
     *
     * @param gone as above
     * @param kept the deployments with which somebody goes on, whatever they came from
     * @return the deployments that were ended
     */
    public List<DeploymentRecord> endAbandoned(
            Function<Origin, Optional<String>> gone, Predicate<DeploymentRecord> kept) {
        List<DeploymentRecord> ended = new ArrayList<>();
        List<Entry> entries = ports.history().lanes().all().stream()
                .flatMap(queue -> queue.entries().stream())
                .toList();
        Set<String> lined = entries.stream()
                // What no build asked for is in the hand of the process that announced it.
                .filter(entry -> !entry.hasTurn() && entry.claim().asker().build() > 0)
                .map(entry -> entry.claim().deployment())
                .collect(Collectors.toSet());
        for (DeploymentRecord record : all()) {
            boolean leftAlone = kept.test(record) || (isInHand(record) && !lined.contains(record.id()));
            Optional<String> why = leftAlone ? Optional.empty() : gone.apply(record.origin());
            why.ifPresent(sentence -> ended.add(cancel(record.id(), sentence)));
        }
        leaveLanes(entries, gone);
        GateFilter open = GateFilter.open(ports.clock().instant(), Integer.MAX_VALUE);
        for (Gate gate : ports.history().gates().list(open)) {
            Subject subject = gate.subject();
            if (subject.deployment().isEmpty() && subject.build() > 0) {
                gone.apply(new Origin(subject.job(), subject.build(), ""))
                        .ifPresent(sentence -> takeBack(gate.id(), sentence));
            }
        }
        return ended;
    }

    /** A piece of a script has no deployment by whose end it would leave. */
    private void leaveLanes(List<Entry> entries, Function<Origin, Optional<String>> gone) {
        for (Entry entry : entries) {
            Origin origin = new Origin(
                    entry.claim().asker().job(), entry.claim().asker().build(), "");
            if (entry.claim().deployment().isEmpty() && gone.apply(origin).isPresent()) {
                ports.history().lanes().leave(entry.id());
            }
        }
    }

    /** At a gate or in a lane it is in nobody's hand. */
    private boolean isInHand(DeploymentRecord record) {
        return record.state() == State.QUEUED
                && record.owner().host().equals(ports.owner().host())
                && Processes.isAlive(record.owner());
    }

    /**
     * Makes this process the one that works on a deployment that waits. {@link Deployer} does so by itself.
     *
     * @return whether it is; not when it has ended, when another process was faster, or when that which has it is
     *     another machine's, or alive
     */
    public boolean adopt(DeploymentRecord record) {
        if (record.owner().equals(ports.owner())) {
            return true;
        }
        boolean here = record.owner().host().equals(ports.owner().host());
        return !(here && Processes.isAlive(record.owner()))
                && ports.history().takeOver(record.id(), record.owner(), ports.owner());
    }

    /** Begins a deployment, or goes on with the one that was announced. */
    DeploymentRecord begin(Deployer.Request request, Preparation preparation, String ref, Optional<Gate> gate)
            throws ProblemException {
        Mandate mandate = request.mandate();
        Kind kind = preparation.kind();
        DeploymentRecord record = mandate.deployment().isEmpty()
                ? announce(request.configuration(), kind, ref, mandate)
                : resume(mandate.deployment(), request.configuration(), kind);
        return ports.history().update(record.id(), r -> {
            DeploymentRecord known = preparation
                    .revision()
                    .map(revision -> Records.of(r).revision(revision))
                    .orElse(r);
            return gate.map(g -> Records.of(known).passed(new Passed(g.id(), g.approvers())))
                    .orElse(known);
        });
    }

    private DeploymentRecord resume(String deployment, Configuration configuration, Kind kind) throws ProblemException {
        DeploymentRecord record = ports.history().find(deployment).orElseThrow(() -> unknown(deployment));
        if (!record.app().equals(configuration.app())
                || !record.environment().equals(configuration.environment())
                || record.kind() != kind) {
            throw new ProblemException(
                    "deployment.other",
                    "Deployment #" + record.number() + " was announced as a " + record.kind() + " of " + record.app()
                            + " to " + record.environment() + ", not as a " + kind + " of " + configuration.app()
                            + " to " + configuration.environment() + ".",
                    "");
        }
        Event event = new Event(deployment, ports.clock().instant(), State.CHECKING, "It goes on");
        if (!adopt(record) || !ports.history().advance(event, STATES)) {
            throw notWaiting(deployment);
        }
        return ports.history().find(deployment).orElseThrow();
    }

    /**
     * Ends a deployment that waits, because something stands against it; does nothing when it does not wait any more.
     *
     * @param deployment its id; empty when none was announced
     */
    public void refused(String deployment, ProblemException problem) {
        boolean waits = ports.history()
                .find(deployment)
                .filter(r -> STATES.contains(r.state()))
                .isPresent();
        if (waits) {
            ports.history().problems(deployment, problem.problems());
            end(deployment, State.FAILED, problem.getMessage());
        }
    }

    /** Whether it still waits is looked at in the same transaction that ends it. */
    private DeploymentRecord end(String deployment, State state, String message) {
        return ports.history()
                .update(
                        deployment,
                        r -> STATES.contains(r.state())
                                ? Records.of(r)
                                        .ended(state, message, ports.clock().instant(), List.of())
                                : r);
    }

    private ProblemException notWaiting(String deployment) {
        return ports.history()
                .find(deployment)
                .map(r -> new ProblemException(
                        "deployment.not-waiting",
                        "Deployment #" + r.number() + " of " + r.app() + " to " + r.environment()
                                + " does not wait any more (" + r.state() + "), or another process has it.",
                        "Look at its end, and begin a new one if it is still wanted."))
                .orElseGet(() -> unknown(deployment));
    }

    private static ProblemException unknown(String deployment) {
        return new ProblemException(
                "deployment.unknown",
                "The history has no deployment with the id " + deployment + ".",
                "Begin a new one.");
    }
}
