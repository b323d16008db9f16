package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Mark;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.lane.TakenOut;
import io.jenkins.plugins.gateddeploy.jenkins.lane.Turns;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The time that a step waits in a lane. Holds no thread, and ends once. */
final class Line {
    private static final Logger LOGGER = Logger.getLogger(Line.class.getName());

    private final StepContext context;
    private final Entry entry;
    private final Place place;
    private final Mark mark;
    private final AtomicBoolean over = new AtomicBoolean();

    /** What the step has in the lane. */
    interface Place {
        /** {@return why it is gone, in one sentence for people} */
        String gone() throws IOException, InterruptedException;

        /** Gives it up, as the build is aborted. */
        void leave() throws IOException, InterruptedException;
    }

    Line(StepContext context, Entry entry, Place place) {
        this.context = context;
        this.entry = entry;
        this.place = place;
        this.mark = new Mark(context, "Lane");
    }

    /** @param turn told when it is its turn */
    void begin(Runnable turn) {
        mark.begin();
        Turns.get().await(entry, () -> end(turn), this::gone);
    }

    private void end(Runnable then) {
        if (over.compareAndSet(false, true)) {
            mark.end();
            then.run();
        }
    }

    private void gone() {
        end(() -> {
            try {
                context.onFailure(new FlowInterruptedException(Result.ABORTED, true, new TakenOut(place.gone())));
            } catch (IOException | RuntimeException e) {
                context.onFailure(e);
            } catch (InterruptedException e) {
                // Jenkins ends; the step looks at its place again when it is resumed.
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Ends the wait and the step, as its build is aborted.
     *
     * @param cause what the step ends with; null when somebody else says so
     * @return whether it was not over before
     */
    boolean leave(Throwable cause) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        Turns.get().forget(entry.id());
        JenkinsHost.get().soon(() -> cancel(cause));
        return true;
    }

    private void cancel(Throwable cause) {
        mark.end();
        try {
            place.leave();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Ending a deployment that waited in its lane", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (cause != null) {
            context.onFailure(cause);
        }
    }
}
