package io.jenkins.plugins.gateddeploy.release;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Finishes what must not be left half done: an interruption meanwhile is kept for afterwards. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs it in a thread of its own, which nobody knows to interrupt. */
    static <T> T call(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, Thread.currentThread().getName() + " (finishing)");
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
