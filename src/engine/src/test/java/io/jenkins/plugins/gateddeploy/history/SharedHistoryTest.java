package io.jenkins.plugins.gateddeploy.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one home, and processes that die. */
class SharedHistoryTest {
    @TempDir
    Path home;

    @Test
    void namesTheProcessThatHasTheHistoryAfterWaitingForIt() throws Exception {
        try (ChildProcess other = ChildProcess.start(HistoryWriter.class, home.toString(), "never", "60000");
                HistoryDatabase history = history(Duration.ofMillis(200))) {
            other.line();

            assertThatThrownBy(() -> history.list(Filter.of("shop", "production", 1)))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("The history in " + home + " is in use by process " + other.pid()
                            + " (gated-deploy deploy production).");
        }
    }

    @Test
    void canBeUsedBetweenTheEventsOfAnotherProcess() throws Exception {
        try (ChildProcess other = ChildProcess.start(HistoryWriter.class, home.toString(), "50", "400");
                HistoryDatabase history = history(Duration.ofSeconds(20))) {
            String id = other.line();
            for (int i = 1; i <= 3; i++) {
                other.line();
                assertThat(history.events(id)).hasSizeGreaterThan(i);
            }
        }
    }

    @Test
    void isFreeAtOnceWhenItsHolderIsKilled() throws Exception {
        String id;
        try (ChildProcess other = ChildProcess.start(HistoryWriter.class, home.toString(), "never", "60000")) {
            id = other.line();
            other.kill();
        }
        try (HistoryDatabase history = history(Duration.ZERO)) {
            assertThat(history.find(id)).isPresent();
        }
    }

    @Test
    void losesNoRecordedEventWhenItsWriterIsKilled() throws Exception {
        for (String idle : List.of("never", "0")) {
            String id;
            int printed = 0;
            try (ChildProcess other = ChildProcess.start(HistoryWriter.class, home.toString(), idle, "0")) {
                id = other.line();
                while (printed < 50) {
                    printed = Integer.parseInt(other.line());
                }
                other.kill();
                for (String line = other.line(); line != null; line = other.line()) {
                    printed = line.isEmpty() ? printed : Math.max(printed, Integer.parseInt(line));
                }
            }
            try (HistoryDatabase history = history(Duration.ZERO)) {
                assertThat(history.events(id)).hasSizeGreaterThanOrEqualTo(printed + 1);
                assertThat(history.events(id).get(printed).message()).endsWith(" " + printed);
            }
        }
    }

    @Test
    void survivesAnInterruptionOfTheThreadThatWrites() {
        try (HistoryDatabase history = history(Duration.ofSeconds(1))) {
            DeploymentRecord record = begin(history);
            Thread.currentThread().interrupt();
            history.event(new Event(record.id(), Instant.now(), State.CANCELLED, "stopped"));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(history.events(record.id())).hasSize(2);
        }
    }

    @Test
    void closesItsFileWhenIdleAndLeavesNoNote() {
        try (HistoryDatabase history = new HistoryDatabase(
                home, new HistoryDatabase.Settings(Optional.of(Duration.ofMillis(20)), Duration.ZERO, "test"))) {
            DeploymentRecord record = begin(history);
            Path note = home.resolve("history.owner");
            await().until(() -> !Files.exists(note));
            assertThat(history.find(record.id())).isPresent();
            await().until(() -> !Files.exists(note));
        }
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsWhatWasRecorded() throws Exception {
        String id;
        String message;
        int recorded = 0;
        try (ChildProcess other =
                ChildProcess.startWithFileLimit(2000, HistoryWriter.class, home.toString(), "never", "0")) {
            id = other.line();
            message = other.line();
            while (message.matches("\\d+")) {
                recorded = Integer.parseInt(message);
                message = other.line();
            }
        }
        assertThat(message).contains("cannot be written: the disk is full");
        assertThat(recorded).isPositive();
        try (HistoryDatabase history = history(Duration.ZERO)) {
            assertThat(history.events(id)).hasSizeGreaterThanOrEqualTo(recorded + 1);
            assertThat(begin(history).number()).isEqualTo(2);
        }
    }

    private HistoryDatabase history(Duration patience) {
        return new HistoryDatabase(home, new HistoryDatabase.Settings(Optional.of(Duration.ZERO), patience, "test"));
    }

    private static DeploymentRecord begin(HistoryDatabase history) {
        return history.begin(
                "shop", "production", Kind.DEPLOY, "main", "alice", new Owner("host", 1, 0), Instant.now());
    }
}
