package io.jenkins.plugins.gateddeploy.jenkins.step;

import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The time that a step waits: for people, for its turn, for its environment to open, for a thread. Holds no thread, and
 * ends once: by what it waits for, or because its build is aborted.
 */
final class Wait {
    private static final Logger LOGGER = Logger.getLogger(Wait.class.getName());

    private final StepContext context;
    private final Runnable forget;
    private final Act giveUp;
    private final AtomicBoolean over = new AtomicBoolean();

    /** What is done at its end. */
    @FunctionalInterface
    interface Act {
        void run() throws IOException, InterruptedException;
    }

    /**
     * One that begins now.
     *
     * @param forget what it takes to hear no more of what is waited for
     * @param giveUp ends in the history what has waited, when the build is aborted
     */
    Wait(StepContext context, Runnable forget, Act giveUp) {
        this.context = context;
        this.forget = forget;
        this.giveUp = giveUp;
    }

    /** Ends it, if it is not over, with what was waited for; the step fails when that cannot be done. */
    void end(Act then) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        forget.run();
        try {
            then.run();
        } catch (IOException | RuntimeException e) {
            context.onFailure(e);
        } catch (InterruptedException e) {
            // Jenkins ends; the step looks again what it waits for when it is resumed.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends it, and a moment later the step, because the build is aborted. Does not wait for that.
     *
     * @param cause what the step ends with
     * @return whether it was not over before
     */
    boolean leave(Throwable cause) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        JenkinsHost.get().soon(() -> {
            forget.run();
            try {
                giveUp.run();
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "Ending what an aborted build has waited with", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            context.onFailure(cause);
        });
        return true;
    }
}
