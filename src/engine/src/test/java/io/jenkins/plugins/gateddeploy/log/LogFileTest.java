package io.jenkins.plugins.gateddeploy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final Instant TIME = Instant.parse("2026-11-21T03:04:05.123456Z");

    @TempDir
    Path home;

    private final List<String> trouble = Collections.synchronizedList(new ArrayList<>());

    @Test
    void writesLinesThatPeopleAndTheReaderUnderstand() throws Exception {
        Path file = home.resolve("logs/app/1.log");
        try (LogFile log = new LogFile(file, trouble::add)) {
            log.line(new LogLine(TIME, "web-1:2222", "Größe [x] y"));
            log.line(new LogLine(TIME, "[::1]:2222", ""));
            log.line(new LogLine(TIME, "", "two\nlines"));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .containsExactly(
                        "2026-11-21T03:04:05.123Z [web-1:2222] Größe [x] y",
                        "2026-11-21T03:04:05.123Z [[::1]:2222] ",
                        "2026-11-21T03:04:05.123Z - two",
                        "2026-11-21T03:04:05.123Z - lines");
        Instant millis = Instant.parse("2026-11-21T03:04:05.123Z");
        assertThat(lines.stream().map(LogReader::parse).map(Optional::orElseThrow))
                .containsExactly(
                        new LogLine(millis, "web-1:2222", "Größe [x] y"),
                        new LogLine(millis, "[::1]:2222", ""),
                        new LogLine(millis, "", "two"),
                        new LogLine(millis, "", "lines"));
        assertThat(List.of("", "2026-11-21T03:04:05.123Z", "2026-99-21T03:04:05.123Z - x", "x".repeat(40)))
                .allMatch(line -> LogReader.parse(line).isEmpty());
        assertThat(trouble).isEmpty();
    }

    @Test
    void letsOnlyItsOwnerReadAndAppendsToWhatIsThere() throws Exception {
        Path file = home.resolve("logs/1.log");
        assumeTrue(Files.getFileStore(home).supportsFileAttributeView("posix"), "file permissions are not POSIX here");
        for (int i = 0; i < 2; i++) {
            try (LogFile log = new LogFile(file, trouble::add)) {
                log.line(new LogLine(TIME, "", "line"));
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void bringsALineIntoTheFileSoonWithoutBeingAsked() throws Exception {
        Path file = home.resolve("1.log");
        try (LogFile log = new LogFile(file, trouble::add)) {
            log.line(new LogLine(TIME, "", "line"));
            await().until(() -> Files.size(file) > 0);
        }
    }

    @Test
    void takesLinesOfManyThreadsWhole() throws Exception {
        Path file = home.resolve("1.log");
        try (LogFile log = new LogFile(file, trouble::add)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String target = "t" + t;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 5000; i++) {
                        log.line(new LogLine(TIME, target, target + " " + i));
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(Files.readAllLines(file)).hasSize(20_000).allMatch(l -> l.matches("\\S+ \\[(t\\d)] \\1 \\d+"));
    }

    @Test
    void goesOnAndReportsOnceWhenTheDiskIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here");
        Path file = Files.createSymbolicLink(home.resolve("1.log"), full);
        try (LogFile log = new LogFile(file, trouble::add)) {
            for (int i = 0; i < 5; i++) {
                log.line(new LogLine(TIME, "", "x".repeat(100_000)));
                log.line(new LogLine(TIME, "", "short"));
                log.flush();
            }
        }
        assertThat(trouble).singleElement().asString().contains(file.toString()).contains("No space left");
    }

    @Test
    void saysHowManyLinesAreMissingWhenItCanWriteAgain() throws Exception {
        Path logs = Files.createFile(home.resolve("logs"));
        Path file = logs.resolve("1.log");
        try (LogFile log = new LogFile(file, trouble::add)) {
            log.line(new LogLine(TIME, "", "lost"));
            log.flush();
            Files.delete(logs);
            log.line(new LogLine(TIME, "", "kept"));
        }
        assertThat(trouble).hasSize(1);
        assertThat(Files.readString(file))
                .contains("up to 1 lines are missing here")
                .endsWith("- kept\n");
    }

    @Test
    void survivesAnInterruptedThread() throws Exception {
        Path file = home.resolve("1.log");
        try (LogFile log = new LogFile(file, trouble::add)) {
            Thread.currentThread().interrupt();
            log.line(new LogLine(TIME, "", "x".repeat(100_000)));
            assertThat(Thread.interrupted()).isTrue();
            log.line(new LogLine(TIME, "", "more"));
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(trouble).isEmpty();
    }

    @Test
    void followsUntilTheDeploymentHasEndedAndAllIsRead() throws Exception {
        Path file = home.resolve("later/1.log");
        AtomicBoolean ended = new AtomicBoolean();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> {
            try {
                LogReader.follow(file, seen::add, ended::get);
            } catch (Exception e) {
                seen.add(e.toString());
            }
        });
        reader.start();
        try (LogFile log = new LogFile(file, trouble::add)) {
            log.line(new LogLine(TIME, "", "first ü"));
            await().until(() -> seen.size() == 1);
            for (int i = 0; i < 20_000; i++) {
                log.line(new LogLine(TIME, "web", "line " + i));
            }
        }
        Files.writeString(file, Files.readString(file) + "torn");
        ended.set(true);
        reader.join();

        assertThat(seen).hasSize(20_002).endsWith("torn");
        assertThat(seen.get(0)).endsWith("- first ü");
        assertThat(seen.get(20_000)).endsWith("line 19999");
    }

    @Test
    void followsNothingWhenTheDeploymentEndedWithoutALog() throws Exception {
        LogReader.follow(home.resolve("none.log"), trouble::add, () -> true);
        assertThat(trouble).isEmpty();
    }
}
