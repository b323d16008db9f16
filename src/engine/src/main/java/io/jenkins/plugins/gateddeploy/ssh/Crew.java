package io.jenkins.plugins.gateddeploy.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does one piece of work for each of several things at once, a bounded number at a time. */
final class Crew {
    private static final long WIND_DOWN_MILLIS = 500;

    private final ExecutorService workers;

    Crew(ExecutorService workers) {
        this.workers = workers;
    }

    /** What is done for one thing; answers for it and never throws but when interrupted. */
    @FunctionalInterface
    interface Work<K, A, R> {
        R apply(K key, A argument) throws InterruptedException;
    }

    /**
     * {@return every answer, in the order of the argument}
     *
     * <p>The bound holds for this call alone: a call that streams for minutes must not hold up another one, such as the
     * renewal of a lock.
     *
     * @throws InterruptedException when the caller was; the work under way was interrupted too and has ended, or will
     *     soon
     */
    <K, A, R> Map<K, R> each(Map<K, A> asked, int atOnce, Work<K, A, R> work) throws InterruptedException {
        Started<R> started = start(asked, atOnce, work);
        started.join();
        Map<K, R> answers = new LinkedHashMap<>();
        asked.keySet().forEach(key -> answers.put(key, started.answers().get(key)));
        return answers;
    }

    /** Starts the work and comes back at once. */
    <K, A, R> Started<R> start(Map<K, A> asked, int atOnce, Work<K, A, R> work) {
        Queue<Map.Entry<K, A>> waiting = new ConcurrentLinkedQueue<>(asked.entrySet());
        Map<Object, R> answers = new ConcurrentHashMap<>();
        List<Future<?>> hands = new ArrayList<>();
        for (int i = 0; i < Math.min(Math.max(1, atOnce), asked.size()); i++) {
            hands.add(workers.submit(() -> {
                for (Map.Entry<K, A> next = waiting.poll(); next != null; next = waiting.poll()) {
                    answers.put(next.getKey(), work.apply(next.getKey(), next.getValue()));
                }
                return null;
            }));
        }
        return new Started<>(hands, answers);
    }

    /** Work under way. */
    record Started<R>(List<Future<?>> hands, Map<Object, R> answers) {

        /** Waits for the end of all. */
        void join() throws InterruptedException {
            try {
                for (Future<?> hand : hands) {
                    hand.get();
                }
            } catch (InterruptedException e) {
                stop();
                throw e;
            } catch (ExecutionException e) {
                stop();
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }

        /** Interrupts all and gives them a moment to close what they have open. */
        void stop() {
            hands.forEach(hand -> hand.cancel(true));
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WIND_DOWN_MILLIS);
            for (Future<?> hand : hands) {
                try {
                    hand.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (ExecutionException | CancellationException | TimeoutException e) {
                    // What matters is only that it was told.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
