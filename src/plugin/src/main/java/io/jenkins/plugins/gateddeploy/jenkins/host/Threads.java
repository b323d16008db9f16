package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The threads of a controller, apart by what they wait for. Long work may wait for an agent, for an executor and for a
 * deployment to be settled. What lets it go on must never stand in line behind it, so that has threads of its own.
 */
final class Threads {
    private static final Logger LOGGER = Logger.getLogger(Threads.class.getName());
    /** How many deployments are worked on at the same time; further ones wait. */
    private static final int WORKERS = 50;
    /** As many servers may be unreachable, each for its time, before others have to wait for their settlement. */
    private static final int SETTLERS = 16;

    private static final int MESSENGERS = 8;

    private final ExecutorService workers = pool("Gated Deploy", WORKERS);
    private final ExecutorService settlers = pool("Gated Deploy settlement", SETTLERS);
    private final ExecutorService messengers = pool("Gated Deploy signal", MESSENGERS);

    private static ExecutorService pool(String name, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** {@return those for deployments, and for whatever else may take long} */
    ExecutorService workers() {
        return workers;
    }

    /** Works as Jenkins when one of the workers is free. */
    void whenFree(Runnable work) {
        begin(workers, work);
    }

    /** Settles as Jenkins what was under way when it ended. */
    void settle(Runnable settlement) {
        begin(settlers, settlement);
    }

    /** Passes on as Jenkins what others wait for. */
    void soon(Runnable signal) {
        begin(messengers, signal);
    }

    private static void begin(Executor threads, Runnable work) {
        try {
            threads.execute(() -> asJenkins(work));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins ends; its next start finds in the history what is left to do", e);
        }
    }

    private static void asJenkins(Runnable work) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            work.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "What Jenkins does for deployments beside builds has failed", e);
        }
    }

    boolean areEnding() {
        return workers.isShutdown();
    }

    /**
     * Interrupts deployments, and lets signals that are on their way arrive.
     *
     * @return whether all have ended in that time
     */
    boolean end(Duration time) throws InterruptedException {
        Instant until = Instant.now().plus(time);
        workers.shutdownNow();
        settlers.shutdownNow();
        messengers.shutdown();
        boolean ended = true;
        for (ExecutorService pool : new ExecutorService[] {workers, settlers, messengers}) {
            long left = Math.max(0, Duration.between(Instant.now(), until).toMillis());
            ended &= pool.awaitTermination(left, TimeUnit.MILLISECONDS);
        }
        return ended;
    }
}
