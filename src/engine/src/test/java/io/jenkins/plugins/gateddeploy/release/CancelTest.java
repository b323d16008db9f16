package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person cancels a deployment at any moment. */
class CancelTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private static final String SECTIONS = """
            [tasks]
            build = "echo building; sleep 0.3; cp version.txt built"
            restart = { run = "echo restarting; sleep 0.3; cat version.txt >> ../../told", at = "switched" }
            [health]
            run = "test -s built"
            """;

    /** Deploys in a thread of its own, whose interruption is what cancelling means here. */
    private static Result cancelled(Configuration configuration, AtomicReference<Thread> thread) throws Exception {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Version version = world.version();
        thread.set(new Thread(() -> {
            try {
                result.complete(world.host().deploy(configuration, version));
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        }));
        thread.get().start();
        return result.get();
    }

    @ParameterizedTest
    @CsvSource({
        "before, lock, CANCELLED, 1",
        "after, lock, CANCELLED, 1",
        "before, receive files, CANCELLED, 1",
        "after, receive files, CANCELLED, 1",
        "line, building, CANCELLED, 1",
        "before, switch, CANCELLED, 1",
        "after, switch, CANCELLED, 1",
        "line, restarting, CANCELLED, 1",
        "before, health check, CANCELLED, 1",
        "after, health check, CANCELLED, 1",
        "before, end, SUCCEEDED, 2",
        "after, end, SUCCEEDED, 2"
    })
    void everythingStopsCleanly(String when, String what, State state, String served) throws Exception {
        world.succeed("1", SECTIONS);
        AtomicReference<Thread> thread = new AtomicReference<>();
        switch (when) {
            case "before" -> world.meddling().before(what, () -> thread.get().interrupt());
            case "after" -> world.meddling().after(what, () -> thread.get().interrupt());
            default ->
                world.host().reader(line -> {
                    if (line.text().equals(what)) {
                        thread.get().interrupt();
                    }
                });
        }
        world.file("version.txt", "2");
        Result result = cancelled(world.configuration(SECTIONS), thread);

        assertThat(result.record().state()).as(world.log()).isEqualTo(state);
        assertThat(world.last()).isEqualTo(result.record());
        assertThat(world.everywhere("built")).containsOnly(served);
        world.assertTidy();
        boolean looked = !(when + what).equals("beforelock");
        for (int server : world.servers()) {
            assertThat(result.record().targets().get(server).current())
                    .isEqualTo(looked ? world.currentRelease(server) : "");
        }
    }

    @Test
    void aTaskThatRunsIsEndedWithItsWholeProcessGroup() throws Exception {
        world.succeed("1", "");
        AtomicReference<Thread> thread = new AtomicReference<>();
        world.host().reader(line -> {
            if (line.text().equals("hanging")) {
                thread.get().interrupt();
            }
        });
        String mark = "33" + System.nanoTime() % 100000000;
        world.file("version.txt", "2");
        Result result = cancelled(
                world.configuration("[tasks]\nhang = \"sleep " + mark + " & echo hanging; sleep " + mark + "\"\n"),
                thread);

        assertThat(result.record().state()).isEqualTo(State.CANCELLED);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.allProcesses()
                        .map(p -> String.join(" ", p.info().arguments().orElse(new String[0])))
                        .noneMatch(mark::equals));
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();
    }

    @Test
    void waitingForAHealthyAnswerEndsAtOnce() throws Exception {
        world.succeed("1", "");
        AtomicReference<Thread> thread = new AtomicReference<>();
        world.host().reader(line -> {
            if (line.text().startsWith("Health check 1 of")) {
                thread.get().interrupt();
            }
        });
        world.file("version.txt", "2");
        Result result =
                cancelled(world.configuration("[health]\nrun = \"false\"\nretries = 5\ninterval = \"10m\"\n"), thread);

        assertThat(result.record().state()).isEqualTo(State.CANCELLED);
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        world.assertTidy();
    }
}
