package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that do not end by themselves, and tasks that talk too much. */
class TaskEndsTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    @Test
    void oneThatNeverEndsIsEndedAfterItsTimeWithItsWholeProcessGroup() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        String mark = "31" + System.nanoTime() % 100000000;
        Result result = world.deploy(world.configuration("""
                [tasks]
                hang = { run = "(trap '' TERM; sleep %s; sleep %s) & sleep %s | cat", timeout = "1s" }
                """.formatted(mark, mark, mark)));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message())
                .contains("task hang did not end within 1s and was ended with all its processes");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(processes(mark)).isEmpty());
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();
    }

    @Test
    void oneThatDoesNotHeedTheSignalIsKilled() throws Exception {
        String mark = "32" + System.nanoTime() % 100000000;
        world.file("version.txt", "1");
        Result result = world.deploy(world.configuration("""
                [tasks]
                hang = { run = "trap 'echo no' TERM; while :; do sleep %s; done", timeout = "500ms" }
                """.formatted(mark)));

        assertThat(result.record().message()).contains("did not end within 0.5s");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(processes(mark)).isEmpty());
        world.assertTidy();
    }

    private static List<String> processes(String argument) throws Exception {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .map(TaskEndsTest::commandLine)
                    .filter(line -> line.startsWith("sleep") && line.contains(argument))
                    .toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (java.io.IOException e) {
            return "";
        }
    }

    @Test
    void oneThatPrintsAHundredMegabytesIsHeardToTheEnd() throws Exception {
        AtomicLong bytes = new AtomicLong();
        AtomicLong lines = new AtomicLong();
        world.host().onlyReader(line -> {
            if (line.text().startsWith("0123")) {
                bytes.addAndGet(line.text().length() + 1);
                lines.incrementAndGet();
            }
        });
        long before = used();
        world.file("version.txt", "1");
        String text = "0123456789".repeat(10);
        Result result = world.deploy(
                world.configuration("[tasks]\ntalk = { run = \"yes " + text + " | head -c 50500000\" }\n"));

        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(bytes).hasValue(2 * 50_500_000L);
        assertThat(lines).hasValue(2 * 500_000L);
        assertThat(used() - before).as("bytes kept in memory").isLessThan(30_000_000);
        world.assertTidy();
    }

    @Test
    void oneThatPrintsNoLineEndIsHeardToo() throws Exception {
        AtomicLong bytes = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        world.host().onlyReader(line -> {
            if (line.text().startsWith("zzz")) {
                bytes.addAndGet(line.text().length());
                longest.accumulateAndGet(line.text().length(), Math::max);
            }
        });
        world.file("version.txt", "1");
        Result result = world.deploy(world.configuration(
                "[tasks]\ntalk = { run = \"head -c 5000000 /dev/zero | tr '\\\\0' z\", once = true }\n"));

        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(bytes).hasValueGreaterThanOrEqualTo(5_000_000);
        assertThat(longest).hasValueLessThan(100_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
