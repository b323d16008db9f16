package io.jenkins.plugins.gateddeploy.history;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process of its own for tests: records one deployment and then event upon event, and prints what is recorded. */
final class HistoryWriter {
    private HistoryWriter() {}

    /** Arguments: the directory; after how many milliseconds idle it closes, or "never"; how long between events. */
    public static void main(String[] arguments) throws InterruptedException {
        Optional<Duration> idle = arguments[1].equals("never")
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Long.parseLong(arguments[1])));
        HistoryDatabase history = new HistoryDatabase(
                Path.of(arguments[0]),
                new HistoryDatabase.Settings(idle, Duration.ofSeconds(5), "gated-deploy deploy production"));
        try {
            DeploymentRecord record = history.begin(
                    "shop",
                    "production",
                    DeploymentRecord.Kind.DEPLOY,
                    "main",
                    "alice",
                    new DeploymentRecord.Owner("host", ProcessHandle.current().pid(), 0),
                    Instant.now());
            System.out.println(record.id());
            for (int i = 1; ; i++) {
                Thread.sleep(Long.parseLong(arguments[2]));
                history.event(new Event(record.id(), Instant.now(), State.DEPLOYING, "x".repeat(2_000) + " " + i));
                System.out.println(i);
            }
        } catch (HistoryException e) {
            System.out.println(e.getMessage());
        }
    }
}
