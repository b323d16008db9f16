package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;

/** The one connection to a server: opened at first use, and again after a loss. */
final class Link implements AutoCloseable {
    private final Opening opening;
    private final ReentrantLock lock = new ReentrantLock();
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
