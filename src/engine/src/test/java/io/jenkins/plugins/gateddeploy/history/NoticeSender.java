package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.notice.Channel;
import io.jenkins.plugins.gateddeploy.notice.Directions;
import io.jenkins.plugins.gateddeploy.notice.Notice;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process of its own for tests: tells of gates by printing, and stays in the middle of it until it is killed. */
final class NoticeSender {
    private NoticeSender() {}

    /** Arguments: the directory. */
    public static void main(String[] arguments) throws InterruptedException {
        HistoryDatabase history =
                new HistoryDatabase(Path.of(arguments[0]), HistoryDatabase.Settings.exclusive("a test"));
        Teller teller = new Teller(
                history.outbox(), List.of(new Printer()), new Nowhere(), Clock.systemUTC(), System.err::println);
        teller.start(new Teller.Pace(Instant.EPOCH, Duration.ofSeconds(1)));
        Thread.sleep(Duration.ofMinutes(5).toMillis());
    }

    private record Printer() implements Channel {
        @Override
        public String name() {
            return "printer";
        }

        @Override
        public void deliver(Notice notice) throws InterruptedException {
            System.out.println(notice.key());
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }

    /** Gates without pages. */
    record Nowhere() implements Directions {
        @Override
        public Optional<URI> link(Gate gate) {
            return Optional.empty();
        }

        @Override
        public String otherwise(Gate gate) {
            return "";
        }
    }
}
