package io.jenkins.plugins.gateddeploy.jenkins.agent;

import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The connections of one deployment, on the agent. */
final class Station implements AutoCloseable {
    private final Path knownHosts;
    private final SshConnector connector;
    private final Targets targets;
    private final Set<Integer> underWay = new HashSet<>();
    private long lastUsed = System.nanoTime();

    Station(Opening opening) throws IOException {
        // Only its owner may read or replace it.
        knownHosts = Files.createTempFile("gated-deploy-known_hosts-", "");
        Files.writeString(knownHosts, opening.knownHosts());
        connector = new SshConnector(HostKeys.knownHosts(knownHosts));
        targets = connector.open(opening.access());
    }

    <V> V work(int call, Job<V> job) throws InterruptedException {
        begin(call);
        try {
            return job.on(targets);
        } finally {
            end(call);
        }
    }

    private synchronized void begin(int call) {
        underWay.add(call);
    }

    private synchronized void end(int call) {
        underWay.remove(call);
        lastUsed = System.nanoTime();
        notifyAll();
    }

    /** Waits until a call that was interrupted has let go of everything, but not for long. */
    synchronized void awaitEnd(int call, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); underWay.contains(call) && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized boolean isIdleFor(Duration time) {
        return underWay.isEmpty() && System.nanoTime() - lastUsed > time.toNanos();
    }

    @Override
    public void close() {
        targets.close();
        connector.close();
        try {
            Files.deleteIfExists(knownHosts);
        } catch (IOException e) {
            // It holds no secret, and is in the folder for temporary files.
        }
    }
}
