package io.jenkins.plugins.gateddeploy.ssh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * The channels of a connection. How many a server lets it have at once (OpenSSH: {@code MaxSessions}, ten unless somebody
 * says otherwise; hardening guides ask for two) shows when it refuses one: from then on commands take turns.
 */
final class Seats {
    private static final AttributeKey<Seats> KEY = new AttributeKey<>();
    /** A server counts a channel until it has tidied up after it, which it does after it has said that it is closed. */
    private static final long TIDYING_MILLIS = 50;

    private int taken;
    private int most = Integer.MAX_VALUE;

    /** {@return those of a connection} */
    static Seats of(ClientSession session) {
        return session.computeAttributeIfAbsent(KEY, key -> new Seats());
    }

    /** The place of one channel. */
    final class Seat {
        private final AtomicBoolean left = new AtomicBoolean();

        /** Gives it back, once. */
        void leave() {
            if (left.compareAndSet(false, true)) {
                left();
            }
        }

        /**
         * Gives it back, because the server gave no channel for it. Who then takes another one waits until there is one
         * less in use.
         *
         * @return whether none was in use: then there is nothing to wait for but the server, for which a moment was given
         */
        boolean refused() throws InterruptedException {
            leave();
            return refusedOne();
        }
    }

    /** {@return a seat; null when there is none at this moment} */
    synchronized Seat takeIfFree() {
        if (taken >= most) {
            return null;
        }
        taken++;
        return new Seat();
    }

    /**
     * {@return a seat, as soon as there is one; null when there is none for so long}
     *
     * @param only asked to leave when the server lets the connection have but one channel
     */
    Seat take(Duration timeout, Runnable only) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Seat seat = takeIfFree();
        while (seat == null) {
            if (isSingle()) {
                only.run();
            }
            synchronized (this) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return null;
                }
                if (taken >= most) {
                    // Who has the only one may have become idle since it was asked.
                    wait(most == 1 ? Math.min(left, TIDYING_MILLIS) : left);
                }
                seat = takeIfFree();
            }
        }
        return seat;
    }

    private synchronized boolean isSingle() {
        return most == 1;
    }

    private synchronized void left() {
        taken--;
        notifyAll();
    }

    private boolean refusedOne() throws InterruptedException {
        boolean alone;
        synchronized (this) {
            alone = taken == 0;
            most = Math.min(most, Math.max(taken, 1));
        }
        if (alone) {
            TimeUnit.MILLISECONDS.sleep(TIDYING_MILLIS);
        }
        return alone;
    }
}
