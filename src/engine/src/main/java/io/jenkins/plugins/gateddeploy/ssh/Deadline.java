package io.jenkins.plugins.gateddeploy.ssh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment by which something must be done.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 */
record Deadline(long nanos) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** {@return how long until then, rounded up, and never less than 1, since libraries take 0 for no limit} */
    long remainingMillis() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime())) + 1;
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /** {@return an earlier moment, so that the time left is shared out fairly} */
    Deadline share(int parts) {
        long now = System.nanoTime();
        return new Deadline(now + Math.max(0, nanos - now) / parts);
    }
}
