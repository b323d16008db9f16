package io.jenkins.plugins.gateddeploy.console;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads that look things up which may take long, so that no slow server holds a page. */
final class Background implements AutoCloseable {
    /** A server that does not answer must not hold up the others for long; more than a few at once is nobody's wish. */
    private static final int AT_ONCE = 4;

    private final ThreadPoolExecutor workers;

    Background() {
        workers = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "gated-deploy look");
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable task) {
        workers.execute(task);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
