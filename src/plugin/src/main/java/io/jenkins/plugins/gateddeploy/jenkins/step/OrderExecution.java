package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Pause;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Sentences;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.lane.TakenOut;
import io.jenkins.plugins.gateddeploy.jenkins.order.Gated;
import io.jenkins.plugins.gateddeploy.jenkins.order.Held;
import io.jenkins.plugins.gateddeploy.jenkins.order.HeldLane;
import io.jenkins.plugins.gateddeploy.jenkins.order.Lined;
import io.jenkins.plugins.gateddeploy.jenkins.order.Lineup;
import io.jenkins.plugins.gateddeploy.jenkins.order.MustWait;
import io.jenkins.plugins.gateddeploy.jenkins.order.Order;
import io.jenkins.plugins.gateddeploy.jenkins.order.Resumption;
import io.jenkins.plugins.gateddeploy.jenkins.order.Site;
import io.jenkins.plugins.gateddeploy.jenkins.order.Ticket;
import io.jenkins.plugins.gateddeploy.jenkins.order.Turn;
import io.jenkins.plugins.gateddeploy.jenkins.window.Openings;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * An order that runs on a thread of the host while the Pipeline waits for it, and on none while it waits for people
 * or for its turn in the lane.
 * When Jenkins is restarted, the step first learns what became of the deployment that was under way, and only carries
 * out an order that had changed nothing.
 */
final class OrderExecution extends StepExecution {
    private static final long serialVersionUID = 1;

    private final Order order;
    /** Path of the workspace; null outside {@code node}. An agent that is away for a moment must not change this. */
    private String workspace;
    /** Name of the workspace's agent; empty for the controller. */
    private String agent = "";
    /** By which the agent was chosen; empty when that is not known. */
    private String label = "";

    private Ticket ticket = new Ticket();
    /** When the environment opens that the order waits for, in milliseconds since 1970; 0 when it waits for none. */
    private long opens;

    private transient volatile Labour labour;
    private transient volatile Wait waiting;
    private transient volatile Throwable aborted;

    OrderExecution(StepContext context, Order order) {
        super(context);
        this.order = order;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        settleIn();
        begin();
        return false;
    }

    /** Takes down where it works, which the surrounding blocks say only as long as nothing was restarted. */
    void settleIn() throws IOException, InterruptedException {
        FilePath here = getContext().get(FilePath.class);
        Computer computer = here == null ? null : here.toComputer();
        if (computer != null) {
            workspace = here.getRemote();
            agent = computer.getName();
            label = agent.isEmpty() ? "" : Workspace.label(getContext().get(FlowNode.class));
        }
    }

    void begin() {
        work(false);
    }

    @Override
    public void onResume() {
        work(true);
    }

    /** Ends the deployment cleanly; the thread that works on it reports when that is done. */
    @Override
    public void stop(Throwable cause) {
        // It may come between a wait and the work after it, or the other way round; the one that begins looks for it.
        aborted = cause;
        Wait wait = waiting;
        Labour running = labour;
        if (wait != null && wait.leave(cause)) {
            return;
        }
        if (running == null) {
            getContext().onFailure(cause);
        } else {
            running.stop(cause);
        }
    }

    /** Jenkins waits for it when there is no hurry. */
    @Override
    public boolean blocksRestart() {
        Labour running = labour;
        return running != null && !running.isDone();
    }

    private void work(boolean resumed) {
        Labour next = new Labour(getContext(), this::giveUp, () -> carryOut(resumed));
        labour = next;
        Throwable cause = aborted;
        if (cause == null) {
            next.begin(JenkinsHost.get().workers());
        } else {
            next.stop(cause);
        }
    }

    /** @param begin lets the wait be ended by what is waited for */
    private void beginWait(Wait begun, Runnable begin) {
        waiting = begun;
        begin.run();
        Throwable cause = aborted;
        if (cause != null) {
            begun.leave(cause);
        }
    }

    /** Ends what has waited and has not begun. */
    private void giveUp() throws IOException, InterruptedException {
        Site site = site(Optional.empty());
        Ticket current = current();
        if (current.isLinedUp()) {
            new Lineup(site, current).cancel("The build was aborted.");
        } else {
            new Held(site, current).cancel("The build was aborted.");
        }
    }

    /** {@return the ticket of what is done now: in the environment that it goes through first, or in its own} */
    private Ticket current() {
        return before().isPresent() ? ticket.stopover().ticket() : ticket;
    }

    private Optional<Lined> before() {
        return order instanceof Gated gated ? gated.before(ticket) : Optional.empty();
    }

    private Optional<Map<String, Object>> carryOut(boolean resumed)
            throws ProblemException, IOException, InterruptedException {
        if (resumed) {
            Optional<Map<String, Object>> outcome = new Resumption(site(Optional.empty())).outcome(order.environment());
            if (outcome.isPresent() || waitsStill()) {
                return outcome;
            }
        }
        Site site = site(workspace());
        if (!(order instanceof Lined lined)) {
            return Optional.of(order.carryOut(site));
        }
        Optional<Lined> before = before();
        if (before.isPresent()) {
            // What it is called in that lane is written down first, so that a crash makes no second one of it.
            getContext().saveState();
            if (inTurn(before.get(), ticket.stopover().ticket(), site).isEmpty()) {
                return Optional.empty();
            }
            ticket.stopover().end();
            getContext().saveState();
        }
        if (lined instanceof Gated gated && ticket.passed().isEmpty() && !ticket.isLinedUp()) {
            Optional<Gate> gate = gated.ask(site, ticket);
            getContext().saveState();
            if (gate.isPresent()) {
                getContext().get(TaskListener.class).getLogger().println(Sentences.waiting(gate.get()));
                await();
                return Optional.empty();
            }
        }
        return inTurn(lined, ticket, site);
    }

    /** {@return what comes of it; empty when it waits} */
    private Optional<Map<String, Object>> inTurn(Lined lined, Ticket its, Site site)
            throws ProblemException, IOException, InterruptedException {
        its.within(getContext().get(HeldLane.class));
        its.mayWait();
        try {
            Optional<Entry> entry = lined.join(site, its);
            getContext().saveState();
            if (entry.isPresent() && !Turn.take(entry.get())) {
                standInLine(entry.get(), its);
                return Optional.empty();
            }
            return Optional.of(new Turn(lined, site, its).carryOut());
        } catch (MustWait e) {
            waitFor(e);
            return Optional.empty();
        }
    }

    private void waitFor(MustWait closed) throws IOException, InterruptedException {
        boolean news = opens != closed.opens().toEpochMilli();
        opens = closed.opens().toEpochMilli();
        getContext().saveState();
        if (news) {
            getContext().get(TaskListener.class).getLogger().println(closed.sentence());
        }
        awaitOpening();
    }

    private void awaitOpening() {
        String deployment = ticket.deployment();
        Wait begun = new Wait(getContext(), () -> Openings.get().forget(deployment), this::giveUp);
        Instant then = Instant.ofEpochMilli(opens);
        beginWait(begun, () -> Openings.get().await(deployment, then, () -> begun.end(() -> work(false))));
    }

    /** Asks nothing of an agent, which may take its time to come back: people take longer. */
    private boolean waitsStill() throws IOException, InterruptedException {
        Ticket current = current();
        Held held = new Held(site(Optional.empty()), current);
        Lineup lineup = new Lineup(held.site(), current);
        ticket.resume();
        Optional<String> takenOut = lineup.takenOut();
        if (takenOut.isPresent()) {
            throw new FlowInterruptedException(Result.ABORTED, true, new TakenOut(takenOut.get()));
        }
        if (held.isOver() || lineup.isOver()) {
            // What people agreed to has ended without changing anything; they are asked about what comes now.
            ticket = new Ticket();
            return false;
        }
        Optional<Entry> entry = lineup.entry();
        if (entry.isPresent()) {
            if (entry.get().hasTurn()) {
                return false;
            }
            standInLine(entry.get(), current);
            return true;
        }
        boolean waits = current.passed().isEmpty() && held.asked().isPresent();
        if (waits) {
            await();
        }
        boolean closed = !waits && Instant.now().toEpochMilli() < opens;
        if (closed) {
            awaitOpening();
        }
        return waits || closed;
    }

    private void await() {
        Pause pause = new Pause(getContext(), ticket.gate());
        Wait begun = new Wait(getContext(), pause::end, this::giveUp);
        beginWait(begun, () -> pause.begin(gate -> begun.end(() -> closed(gate))));
    }

    private void closed(Gate gate) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println(Sentences.ending(gate));
        if (gate.standing(Instant.now()) == Standing.APPROVED) {
            ticket.pass(gate.id());
            getContext().saveState();
            work(false);
        } else {
            new Held(site(Optional.empty()), ticket).settle(gate);
            getContext().onFailure(new AbortException(Sentences.failure(gate)));
        }
    }

    private void standInLine(Entry entry, Ticket its) throws IOException, InterruptedException {
        Lineup lineup = new Lineup(site(Optional.empty()), its);
        getContext().get(TaskListener.class).getLogger().println(lineup.waiting(entry));
        Line line = new Line(getContext(), entry);
        Wait begun = line.standing(this::giveUp);
        beginWait(
                begun,
                () -> line.listen(
                        begun, () -> work(false), () -> lineup.takenOut().orElse("It was taken out of its lane.")));
    }

    private Site site(Optional<FilePath> here) throws IOException, InterruptedException {
        StepContext context = getContext();
        return new Site(
                context.get(Run.class),
                here,
                context.get(EnvVars.class),
                context.get(TaskListener.class),
                context.get(FlowNode.class).getId(),
                new Start(agent, label));
    }

    private Optional<FilePath> workspace() throws IOException, InterruptedException {
        return workspace == null
                ? Optional.empty()
                : Optional.of(new Workspace(agent, workspace).await(getContext().get(TaskListener.class)));
    }
}
