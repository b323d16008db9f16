package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;

/** The one connection to a server: opened at first use, and again after a loss. */
final class Link implements AutoCloseable {
    private final Opening opening;
    private final ReentrantLock lock = new ReentrantLock();
    /** Commands that run, and those of which nobody knows whether they have ended. */
    private final AtomicInteger running = new AtomicInteger();

    private volatile ClientSession session;
    private volatile boolean closed;

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        ClientSession open() throws Unreachable, InterruptedException;
    }

    Link(Opening opening) {
        this.opening = opening;
    }

    /** {@return a connection that was open a moment ago, logged in} */
    ClientSession session() throws Unreachable, InterruptedException {
        ClientSession now = session;
        if (now != null && now.isOpen()) {
            return now;
        }
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new Unreachable(Reason.LOST, "The connection was closed while it was being opened.", "");
            }
            if (session == null || !session.isOpen()) {
                session = opening.open();
                if (closed) {
                    session.close(true);
                }
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** What is done on a connection. */
    @FunctionalInterface
    interface Use {
        Outcome on(ClientSession session) throws Execution.NotStarted, InterruptedException;
    }

    /** Uses one of the connections that {@link #session} gave. */
    Outcome use(ClientSession open, Use use) throws Execution.NotStarted, InterruptedException {
        running.incrementAndGet();
        Outcome outcome = use.on(open);
        if (outcome instanceof Outcome.Exited) {
            running.decrementAndGet();
        }
        return outcome;
    }

    /** {@return the connection, not ended, when it is open and nothing runs on it any more; then this link is closed} */
    Optional<ClientSession> release() {
        ClientSession now = session;
        if (running.get() > 0 || now == null || !now.isOpen()) {
            return Optional.empty();
        }
        closed = true;
        session = null;
        return Optional.of(now);
    }

    @Override
    public void close() {
        // Without the lock: whoever is opening may take long, and looks at the flag when it is done.
        closed = true;
        ClientSession now = session;
        if (now != null) {
            now.close(true);
        }
    }
}
