package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Pause;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Sentences;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.Held;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The time that a step's deployment waits for people. Holds no thread, and ends once. */
final class Vigil {
    private static final Logger LOGGER = Logger.getLogger(Vigil.class.getName());

    private final StepContext context;
    private final Deployment deployment;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Pause pause;

    /** Finds what waits. */
    @FunctionalInterface
    interface Deployment {
        Held held() throws IOException, InterruptedException;
    }

    /** Goes on. */
    @FunctionalInterface
    interface Opened {
        void through(String gate);
    }

    Vigil(StepContext context, Deployment deployment) {
        this.context = context;
        this.deployment = deployment;
    }

    /** @param opened told when the gate is open */
    void begin(String gate, Opened opened) {
        pause = new Pause(context, gate);
        pause.begin(closed -> closed(closed, opened));
    }

    private void closed(Gate gate, Opened opened) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            context.get(TaskListener.class).getLogger().println(Sentences.ending(gate));
            if (gate.standing(Instant.now()) == Standing.APPROVED) {
                opened.through(gate.id());
                return;
            }
            deployment.held().settle(gate);
            context.onFailure(new AbortException(Sentences.failure(gate)));
        } catch (IOException | RuntimeException e) {
            context.onFailure(e);
        } catch (InterruptedException e) {
            // Jenkins ends; the step looks at its gate again when it is resumed.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the deployment and the step, as its build is aborted.
     *
     * @param cause what the step ends with; null when somebody else says so
     * @return whether it was not over before
     */
    boolean leave(Throwable cause) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        JenkinsHost.get().soon(() -> cancel(cause));
        return true;
    }

    private void cancel(Throwable cause) {
        pause.end();
        try {
            deployment.held().cancel("The build was aborted.");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Ending a deployment that waited for approval", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (cause != null) {
            context.onFailure(cause);
        }
    }
}
