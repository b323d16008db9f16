package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
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
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * An order that runs on a thread of the host while the Pipeline waits for it, and on none while it waits for people
 * or for its turn in the lane.
 * When Jenkins is restarted, the step first learns what became of the deployment that was under way, and only carries
 * out an order that had changed nothing.
 */
final class OrderExecution extends StepExecution {
    private static final long serialVersionUID = 1;
    private static final long GLANCE_MILLIS = 1000;

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
    private transient volatile Vigil vigil;
    private transient volatile Line line;
    private transient volatile Patience patience;

    OrderExecution(StepContext context, Order order) {
        super(context);
        this.order = order;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        FilePath here = getContext().get(FilePath.class);
        Computer computer = here == null ? null : here.toComputer();
        if (computer != null) {
            workspace = here.getRemote();
            agent = computer.getName();
            label = agent.isEmpty() ? "" : label(getContext().get(FlowNode.class));
        }
        work(false);
        return false;
    }

    @Override
    public void onResume() {
        work(true);
    }

    /** Ends the deployment cleanly; the thread that works on it reports when that is done. */
    @Override
    public void stop(Throwable cause) {
        Labour running = labour;
        Vigil waiting = vigil;
        Line standing = line;
        Patience closed = patience;
        if ((waiting != null && waiting.leave(cause))
                || (standing != null && standing.leave(cause))
                || (closed != null && closed.leave(cause))) {
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
        labour = new Labour(getContext(), () -> carryOut(resumed));
        labour.begin(JenkinsHost.get().workers());
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
        if (lined instanceof Gated gated && ticket.passed().isEmpty() && !ticket.isLinedUp()) {
            Optional<Gate> gate = gated.ask(site, ticket);
            getContext().saveState();
            if (gate.isPresent()) {
                getContext().get(TaskListener.class).getLogger().println(Sentences.waiting(gate.get()));
                await();
                return Optional.empty();
            }
        }
        ticket.within(getContext().get(HeldLane.class));
        ticket.mayWait();
        try {
            Optional<Entry> entry = lined.join(site, ticket);
            getContext().saveState();
            if (entry.isPresent() && !hasTurn(entry.get())) {
                standInLine(entry.get());
                return Optional.empty();
            }
            return Optional.of(carryOut(lined, site));
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

    private void awaitOpening() throws InterruptedException {
        Patience begun =
                new Patience(getContext(), ticket.deployment(), () -> new Held(site(Optional.empty()), ticket));
        patience = begun;
        begun.begin(Instant.ofEpochMilli(opens), () -> work(false));
        if (Thread.interrupted()) {
            // The build was aborted meanwhile.
            begun.leave(null);
            throw new InterruptedException();
        }
    }

    private static boolean hasTurn(Entry entry) {
        return JenkinsHost.get().history().lanes().take(entry.id(), Instant.now());
    }

    /** Whatever comes of it, others get their turn after it; but not before Jenkins is there again, when it ends. */
    private Map<String, Object> carryOut(Lined lined, Site site)
            throws ProblemException, IOException, InterruptedException {
        Lineup lineup = new Lineup(site, ticket);
        String end = "It could not begin.";
        try {
            return lined.carryOut(site, ticket);
        } catch (MustWait e) {
            // Its environment has closed while it waited for its turn. Others need not wait for that.
            lineup.stepOut();
            throw e;
        } catch (ProblemException | IOException | RuntimeException e) {
            end = String.valueOf(e.getMessage());
            throw e;
        } finally {
            if (!JenkinsHost.get().isEnding()) {
                lineup.leave(end);
            }
        }
    }

    /** Asks nothing of an agent, which may take its time to come back: people take longer. */
    private boolean waitsStill() throws IOException, InterruptedException {
        Held held = new Held(site(Optional.empty()), ticket);
        Lineup lineup = new Lineup(held.site(), ticket);
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
            standInLine(entry.get());
            return true;
        }
        boolean waits = ticket.passed().isEmpty() && held.asked().isPresent();
        if (waits) {
            await();
        }
        boolean closed = !waits && Instant.now().toEpochMilli() < opens;
        if (closed) {
            awaitOpening();
        }
        return waits || closed;
    }

    private void await() throws InterruptedException {
        Vigil begun = new Vigil(getContext(), () -> new Held(site(Optional.empty()), ticket));
        vigil = begun;
        begun.begin(ticket.gate(), gate -> {
            ticket.pass(gate);
            getContext().saveState();
            work(false);
        });
        if (Thread.interrupted()) {
            // The build was aborted meanwhile.
            begun.leave(null);
            throw new InterruptedException();
        }
    }

    private void standInLine(Entry entry) throws IOException, InterruptedException {
        Lineup lineup = new Lineup(site(Optional.empty()), ticket);
        getContext().get(TaskListener.class).getLogger().println(lineup.waiting(entry));
        Line begun = new Line(getContext(), entry, new Line.Place() {
            @Override
            public String gone() {
                return lineup.takenOut().orElse("It was taken out of its lane.");
            }

            @Override
            public void leave() {
                lineup.cancel("The build was aborted.");
            }
        });
        line = begun;
        begun.begin(() -> work(false));
        if (Thread.interrupted()) {
            // The build was aborted meanwhile.
            begun.leave(null);
            throw new InterruptedException();
        }
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

    /** An agent takes a while to come back after a restart. When it is given up, this step is stopped. */
    private Optional<FilePath> workspace() throws IOException, InterruptedException {
        if (workspace == null) {
            return Optional.empty();
        }
        boolean said = false;
        while (true) {
            Optional<Node> node = JenkinsHost.node(agent);
            Optional<FilePath> found = node.map(n -> n.createPath(workspace));
            if (found.isPresent()) {
                return found;
            }
            if (node.isEmpty()) {
                throw new AbortException(
                        "The agent " + agent + " was deleted, and the workspace " + workspace + " with it.");
            }
            if (!said) {
                getContext().get(TaskListener.class).getLogger().println("Waiting for the agent " + agent + ".");
                said = true;
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** The executor knows the agent's own name only, so the surrounding {@code node} is asked what it wanted. */
    private static String label(FlowNode here) {
        for (BlockStartNode block : here.iterateEnclosingBlocks()) {
            // A block's body begins with a node of its own, which has no arguments.
            StepDescriptor step = block instanceof StepNode node ? node.getDescriptor() : null;
            if (step != null
                    && step.getFunctionName().equals("node")
                    && ArgumentsAction.getFilteredArguments(block).get("label") instanceof String wanted) {
                return wanted;
            }
        }
        return "";
    }
}
