package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Checks that run, all at the same time, each for its own time at most. What cannot be carried out, whatever the reason,
 * is a problem too ({@value #FAILED}), never silently a pass.
 *
 * <p>It has threads of its own, as many as there are checks and never more than {@value #MOST_AT_ONCE}; closing it ends
 * them. A check that does not heed its interruption when its time is over is left alone with its thread, which is a
 * daemon, and another thread takes its place.
 */
public final class Checks implements AutoCloseable {
    /** A check could not be carried out. */
    public static final String FAILED = "check.failed";

    private static final int MOST_AT_ONCE = 16;

    private final List<Running> running = new ArrayList<>();
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor alarm;

    private Checks(int count) {
        int size = Math.max(1, Math.min(count, MOST_AT_ONCE));
        threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "gated-deploy check");
            thread.setDaemon(true);
            return thread;
        });
        alarm = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "gated-deploy checks' clock");
            thread.setDaemon(true);
            return thread;
        });
        alarm.setRemoveOnCancelPolicy(true);
    }

    /** {@return the checks, begun} */
    public static Checks start(List<Check> checks) {
        Checks started = new Checks(checks.size());
        for (Check check : checks) {
            Running one = started.new Running(check);
            started.running.add(one);
            started.threads.execute(one::run);
        }
        started.threads.shutdown();
        return started;
    }

    /**
     * Waits for all of them.
     *
     * @return what they found, in the order of the checks; each problem once
     * @throws InterruptedException when interrupted; the checks go on until they are closed
     */
    public List<Problem> await() throws InterruptedException {
        Set<Problem> problems = new LinkedHashSet<>();
        for (Running one : running) {
            problems.addAll(one.get());
        }
        return List.copyOf(problems);
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
        alarm.shutdownNow();
    }

    /** One check, from its thread's beginning to its problems. */
    private final class Running {
        private final Check check;
        private final CompletableFuture<List<Problem>> found = new CompletableFuture<>();

        Running(Check check) {
            this.check = check;
        }

        void run() {
            Thread thread = Thread.currentThread();
            Duration timeout = check.timeout();
            ScheduledFuture<?> watch;
            try {
                watch = alarm.schedule(() -> giveUp(thread, timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                found.complete(List.of(failed("it was ended before it had begun.")));
                return;
            }
            try {
                found.complete(check.find());
            } catch (ProblemException e) {
                found.complete(e.problems().stream().map(this::failed).toList());
            } catch (IOException e) {
                found.complete(List.of(failed("something cannot be read: " + said(e))));
            } catch (InterruptedException e) {
                found.complete(List.of(failed("it was interrupted.")));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
                found.complete(List.of(failed("it stumbled over " + place(e) + ".")));
            } finally {
                watch.cancel(false);
            }
        }

        /** The thread is interrupted, so that a check that heeds it ends; the others need not wait for one that does not. */
        private void giveUp(Thread thread, Duration timeout) {
            if (found.complete(List.of(check.late(words(timeout))))) {
                thread.interrupt();
                int more = threads.getMaximumPoolSize() + 1;
                threads.setMaximumPoolSize(more);
                threads.setCorePoolSize(more);
            }
        }

        List<Problem> get() throws InterruptedException {
            try {
                return found.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A check ended in a way that it never should.", e);
            }
        }

        /** Its place and its advice are worth keeping; its id would promise that something was looked at. */
        private Problem failed(Problem cause) {
            Location location = cause.location();
            return new Problem(
                    FAILED,
                    Severity.ERROR,
                    "The check of " + check.about() + " cannot be carried out: " + cause.message(),
                    cause.mend(),
                    location);
        }

        private Problem failed(String why) {
            return Problem.error(
                    FAILED,
                    "The check of " + check.about() + " cannot be carried out: " + why,
                    "Mend that; until then nobody knows whether all is well.");
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** What it says itself may hold a piece of what it read, and that may be a secret. */
    private static String place(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
        return e.getClass().getSimpleName() + where;
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
