package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The thread that works for a step, until it has told the step how that ended. */
final class Labour {
    private static final Logger LOGGER = Logger.getLogger(Labour.class.getName());

    private final StepContext context;
    private final Work work;
    private final Wait unbegun;
    private volatile Future<?> future;
    private volatile Throwable stopped;
    private volatile boolean done;

    /** What is done. */
    @FunctionalInterface
    interface Work {
        /**
         * {@return what the step returns; empty when the step waits for people or its turn now, and
         * is not over}
         */
        Optional<Map<String, Object>> run() throws ProblemException, IOException, InterruptedException;
    }

    /** @param giveUp ends in the history what has waited, when the build is aborted before this has a thread */
    Labour(StepContext context, Wait.Act giveUp, Work work) {
        this.context = context;
        this.work = work;
        // While there is no thread nothing is to be forgotten.
        this.unbegun = new Wait(context, () -> {}, giveUp);
    }

    void begin(ExecutorService workers) {
        try {
            future = workers.submit(() -> unbegun.end(this::run));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins ends; the step goes on when it is there again", e);
        }
    }

    /** Interrupts the work, which then reports this cause. Does not wait for it. */
    void stop(Throwable cause) {
        stopped = cause;
        Future<?> running = future;
        if (running != null) {
            running.cancel(true);
        }
        // What still waited for a thread never gets one now.
        if (unbegun.leave(cause)) {
            done = true;
        }
    }

    boolean isDone() {
        return done;
    }

    private void run() {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            Optional<Map<String, Object>> result = work.run();
            done = true;
            result.ifPresent(map -> report(() -> context.onSuccess(map)));
        } catch (ProblemException e) {
            fail(new AbortException(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    /** When Jenkins ends, nothing is reported: the step is resumed at the next start and learns what became of it. */
    private void fail(Throwable failure) {
        if (stopped == null && JenkinsHost.get().isEnding()) {
            return;
        }
        done = true;
        Throwable cause = stopped;
        report(() -> {
            if (cause == null || cause == failure) {
                context.onFailure(failure);
            } else {
                say(failure);
                cause.addSuppressed(failure);
                context.onFailure(cause);
            }
        });
    }

    /** The interruption was for the work, not for those who are told how it ended. */
    private static void report(Runnable telling) {
        boolean interrupted = Thread.interrupted();
        telling.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it was stopped is what the build ends with; what is on the targets now must be read as well. */
    private void say(Throwable failure) {
        if (failure.getMessage() == null) {
            return;
        }
        try {
            context.get(TaskListener.class).getLogger().println(failure.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build has no console any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
