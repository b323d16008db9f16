package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.lane.TakenOut;
import io.jenkins.plugins.gateddeploy.jenkins.order.HeldLane;
import io.jenkins.plugins.gateddeploy.jenkins.order.LaneOrder;
import io.jenkins.plugins.gateddeploy.jenkins.order.Site;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Waits for a lane without a thread, and holds it while its body runs. */
final class LaneExecution extends StepExecution {
    private static final long serialVersionUID = 1;

    private final LaneOrder order;
    /** Chosen before the lane is joined, so that doing it again after a crash is no second place. */
    private final String place = UUID.randomUUID().toString();

    private boolean joined;
    private volatile BodyExecution body;

    private transient volatile Wait waiting;
    private transient volatile Throwable aborted;

    LaneExecution(StepContext context, LaneOrder order) {
        super(context);
        this.order = order;
    }

    @Override
    public boolean start() {
        JenkinsHost.get().whenFree(this::join);
        return false;
    }

    @Override
    public void onResume() {
        if (body == null) {
            JenkinsHost.get().whenFree(this::join);
        }
    }

    @Override
    public void stop(Throwable cause) {
        BodyExecution running = abort(cause);
        Wait wait = waiting;
        if (running != null) {
            running.cancel(cause);
        } else if (wait == null || !wait.leave(cause)) {
            JenkinsHost.get().soon(() -> {
                lanes().leave(place);
                getContext().onFailure(cause);
            });
        }
    }

    /** {@return the body; null when it has not begun, and never will from now on} */
    private synchronized BodyExecution abort(Throwable cause) {
        aborted = cause;
        return body;
    }

    private void join() {
        try {
            if (joined && lanes().find(place).isEmpty()) {
                throw new FlowInterruptedException(Result.ABORTED, true, new TakenOut(gone()));
            }
            Entry entry = order.join(Site.of(getContext()), place, getContext().get(HeldLane.class));
            joined = true;
            getContext().saveState();
            if (lanes().take(place, Instant.now())) {
                begin(entry);
            } else {
                await(entry);
            }
        } catch (ProblemException e) {
            getContext().onFailure(new AbortException(e.getMessage()));
        } catch (FlowInterruptedException | IOException | RuntimeException e) {
            getContext().onFailure(e);
        } catch (InterruptedException e) {
            // Jenkins ends; the step asks again when it is resumed.
            Thread.currentThread().interrupt();
        }
    }

    private void await(Entry entry) throws IOException, InterruptedException {
        getContext()
                .get(TaskListener.class)
                .getLogger()
                .println("Waiting in " + entry.lane().words() + ".");
        Line line = new Line(getContext(), entry);
        Wait begun = line.standing(() -> lanes().leave(place));
        waiting = begun;
        line.listen(begun, () -> begin(entry), LaneExecution::gone);
        Throwable cause = aborted;
        if (cause != null) {
            begun.leave(cause);
        }
    }

    private synchronized void begin(Entry entry) {
        if (aborted != null) {
            // That came when the turn did; others have theirs.
            lanes().leave(place);
            return;
        }
        body = getContext()
                .newBodyInvoker()
                .withContext(new HeldLane(entry.lane(), place))
                .withCallback(new Leaving(place))
                .start();
        getContext().saveState();
    }

    private static String gone() {
        return "It was taken out of its lane.";
    }

    private static Lanes lanes() {
        return JenkinsHost.get().history().lanes();
    }

    /** The lane is free when the body has ended, however it did. */
    private static final class Leaving extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1;

        private final String place;

        Leaving(String place) {
            this.place = place;
        }

        @Override
        protected void finished(StepContext context) {
            JenkinsHost.get().soon(() -> lanes().leave(place));
        }
    }
}
