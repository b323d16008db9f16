package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What this JVM holds.
 *
 * @param threads all that live
 * @param heap bytes that are reachable
 */
record Footprint(int threads, long heap) {
    /** Pools of Jenkins, of Pipeline and of the plugin keep a thread that has nothing to do for up to a minute. */
    private static final Duration THREADS_REST = Duration.ofSeconds(75);

    private static final int COLLECTIONS = 4;

    /** {@return it, once threads that only wait for more work have ended and garbage is gone} Takes over a minute. */
    static Footprint now() throws InterruptedException {
        int fewest = Integer.MAX_VALUE;
        long end = System.nanoTime() + THREADS_REST.toNanos();
        while (System.nanoTime() < end) {
            fewest = Math.min(fewest, ManagementFactory.getThreadMXBean().getThreadCount());
            Thread.sleep(500);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            // What is held by a cleaner or a finalizer takes another collection.
            System.gc();
            Thread.sleep(1000);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return new Footprint(fewest, least);
    }
}
