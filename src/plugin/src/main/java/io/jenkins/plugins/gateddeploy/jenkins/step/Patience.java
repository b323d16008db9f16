package io.jenkins.plugins.gateddeploy.jenkins.step;

import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.window.Openings;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The time that a step's deployment waits for its environment to open. Holds no thread, and ends once. */
final class Patience {
    private static final Logger LOGGER = Logger.getLogger(Patience.class.getName());

    private final StepContext context;
    private final String deployment;
    private final Vigil.Deployment held;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param deployment id of what waits */
    Patience(StepContext context, String deployment, Vigil.Deployment held) {
        this.context = context;
        this.deployment = deployment;
        this.held = held;
    }

    /** @param then looks whether it is open */
    void begin(Instant opens, Runnable then) {
        Openings.get().await(deployment, opens, () -> {
            if (over.compareAndSet(false, true)) {
                then.run();
            }
        });
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
        Openings.get().forget(deployment);
        JenkinsHost.get().soon(() -> cancel(cause));
        return true;
    }

    private void cancel(Throwable cause) {
        try {
            held.held().cancel("The build was aborted.");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Ending a deployment that waited for its environment to open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (cause != null) {
            context.onFailure(cause);
        }
    }
}
