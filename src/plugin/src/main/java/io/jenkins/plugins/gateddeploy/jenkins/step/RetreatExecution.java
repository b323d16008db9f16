package io.jenkins.plugins.gateddeploy.jenkins.step;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Lookout;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Pause;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Sentences;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.Order;
import io.jenkins.plugins.gateddeploy.jenkins.order.Retreat;
import io.jenkins.plugins.gateddeploy.jenkins.order.Site;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Fate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Waits without a thread for what becomes of another deployment of the build, or for what people say before, and then
 * rolls back or does not. What it has decided can be told again from the history, so a restart in the middle changes
 * nothing.
 */
final class RetreatExecution extends StepExecution {
    private static final Logger LOGGER = Logger.getLogger(RetreatExecution.class.getName());
    private static final long serialVersionUID = 1;
    /** A Pipeline is for a moment at no step while it goes from one to the next. */
    private static final Duration ALONE_FOR = Duration.ofSeconds(20);

    private final Retreat retreat;
    private final Order rollback;
    /** Chosen before the gate is made, so that doing it again after a crash does not make a second one. */
    private final String gate = UUID.randomUUID().toString();
    /** Null as long as it is not decided that something is rolled back. */
    private volatile OrderExecution rollingBack;

    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "one that goes on after a restart is not over")
    private transient volatile boolean over;

    private transient boolean asked;
    /** Whether it is being found out which steps of the build run. */
    private transient boolean counting;

    private transient Instant alone;

    /** @param rollback what is done unless the other deployment succeeds */
    RetreatExecution(StepContext context, Retreat retreat, Order rollback) {
        super(context);
        this.retreat = retreat;
        this.rollback = rollback;
    }

    @Override
    public boolean start() {
        JenkinsHost.get().whenFree(this::begin);
        return false;
    }

    @Override
    public void onResume() {
        if (rollingBack == null) {
            JenkinsHost.get().whenFree(this::begin);
        } else {
            rollingBack.onResume();
        }
    }

    /** Takes the question back, or ends the rollback cleanly. */
    @Override
    public void stop(Throwable cause) {
        JenkinsHost.get().soon(() -> end(cause));
    }

    private synchronized void end(Throwable cause) {
        if (rollingBack != null) {
            rollingBack.stop(cause);
            return;
        }
        over = true;
        leave();
        try {
            gates().cancel(gate, "The build was aborted.", Instant.now());
        } catch (GateException e) {
            LOGGER.log(Level.FINE, "Nobody had been asked", e);
        }
        getContext().onFailure(cause);
    }

    @Override
    public boolean blocksRestart() {
        OrderExecution running = rollingBack;
        return running != null && running.blocksRestart();
    }

    private void begin() {
        try {
            retreat.begin(Site.of(getContext()));
            getContext().saveState();
            Lookout.get().watch(gate, this::look);
            if (over) {
                // The build was aborted before there was anything to forget.
                Lookout.get().forget(gate);
            }
        } catch (ProblemException e) {
            getContext().onFailure(new AbortException(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        } catch (InterruptedException e) {
            // Jenkins ends; the step begins again when it is resumed.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        if (over) {
            return;
        }
        try {
            Optional<Gate> kept = gates().find(gate);
            if (kept.isPresent() && isDecided(gates().expire(gate, Instant.now()))) {
                decide(gates().find(gate).orElseThrow());
                return;
            }
            Fate fate = retreat.fate(getContext().get(Run.class));
            switch (fate.standing()) {
                case SUCCEEDED, FAILED -> settle(fate, kept);
                case WAITS -> ask();
                case UNKNOWN, GOES_ON -> askWhenNothingElseGoesOn();
            }
        } catch (GateException | IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Looking at the gate " + gate + "; it is tried again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether people, or their time, have closed it; a gate that is taken back says nothing} */
    private static boolean isDecided(Gate found) {
        Standing standing = found.standing(Instant.now());
        return standing != Standing.OPEN && standing != Standing.CANCELLED;
    }

    private void decide(Gate closed) throws IOException, InterruptedException {
        if (closed.standing(Instant.now()) == Standing.APPROVED) {
            rollBack(Sentences.ending(closed));
        } else {
            keep(Sentences.ending(closed));
        }
    }

    /** The gate is closed first: what people say from then on comes too late. */
    private void settle(Fate fate, Optional<Gate> kept) throws GateException, IOException, InterruptedException {
        boolean succeeded = fate.standing() == Fate.Standing.SUCCEEDED;
        if (kept.isPresent()) {
            String why = fate.words() + (succeeded ? " Nothing is rolled back." : " So it is rolled back.");
            Gate closed = gates().cancel(gate, why, Instant.now());
            if (isDecided(closed)) {
                decide(closed);
                return;
            }
        }
        if (succeeded) {
            keep(fate.words());
        } else {
            rollBack(fate.words());
        }
    }

    private void ask() throws IOException, InterruptedException {
        if (asked) {
            return;
        }
        Gate open = retreat.ask(getContext().get(Run.class), gate);
        if (open.standing(Instant.now()) == Standing.CANCELLED) {
            keep(Sentences.ending(open));
            return;
        }
        asked = true;
        getContext().get(TaskListener.class).getLogger().println(Sentences.waiting(open));
        new Pause(getContext(), gate).begin(closed -> look());
    }

    /**
     * Nobody would be left to say what becomes of the other deployment, so people are asked about this one. Which steps
     * run is told by the Pipeline itself, when it has time, and no thread waits for that.
     */
    private void askWhenNothingElseGoesOn() throws IOException, InterruptedException {
        if (!counting) {
            ListenableFuture<List<StepExecution>> running =
                    getContext().get(FlowNode.class).getExecution().getCurrentExecutions(true);
            counting = true;
            running.addListener(() -> JenkinsHost.get().soon(() -> counted(running)), Runnable::run);
        }
    }

    private synchronized void counted(Future<List<StepExecution>> running) {
        counting = false;
        if (over) {
            return;
        }
        try {
            boolean isAlone = running.get().size() <= 1;
            Instant now = Instant.now();
            alone = isAlone ? Optional.ofNullable(alone).orElse(now) : null;
            if (isAlone && Duration.between(alone, now).compareTo(ALONE_FOR) >= 0) {
                ask();
            }
        } catch (ExecutionException | IOException e) {
            LOGGER.log(Level.FINE, "Which steps run is not known now; it is tried again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rollBack(String why) throws IOException, InterruptedException {
        Optional<String> superseded = retreat.superseded();
        if (superseded.isPresent()) {
            keep(why + " " + superseded.get());
            return;
        }
        over = true;
        leave();
        getContext().get(TaskListener.class).getLogger().println(why + " Rolling back.");
        OrderExecution execution = new OrderExecution(getContext(), rollback);
        execution.settleIn();
        rollingBack = execution;
        // Begun when that is saved: otherwise a restart would decide anew, and go back once more or to nowhere.
        getContext().saveState().addListener(() -> JenkinsHost.get().soon(execution::begin), Runnable::run);
    }

    private void keep(String why) throws IOException, InterruptedException {
        over = true;
        leave();
        getContext().get(TaskListener.class).getLogger().println(why + " Nothing is rolled back.");
        getContext().onSuccess(retreat.kept(why));
    }

    private void leave() {
        Lookout.get().forget(gate);
        new Pause(getContext(), gate).end();
    }

    private static Gates gates() {
        return JenkinsHost.get().history().gates();
    }
}
