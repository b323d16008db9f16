package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.cli.terminal.Screen;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Entrance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy --wait} while the environment is closed. */
class DoorstepTest {
    private static final String ICE_AGE =
            "freezes = [{ from = \"2020-01-01\", until = \"2999-12-31\", reason = \"Ice age\" }]\n";
    private static final String OFFICE =
            "windows = [{ from = \"09:00\", until = \"16:00\", zone = \"Europe/Berlin\" }]\n";
    private static final String WAIT = "outside = \"wait\"\n";
    /** By the clocks in Berlin it is 16:30. */
    private static final Instant AFTER_HOURS = Instant.parse("2026-11-20T15:30:00Z");

    private final StandingClock clock = new StandingClock(AFTER_HOURS);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Duration> rests = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void waitsUntilTheWindowOpensAndSaysOnceUntilWhen() throws Exception {
        Deployer.Request request = request(OFFICE + WAIT);

        doorstep(this::pass).await(request);

        assertThat(clock.instant())
                .isBetween(Instant.parse("2026-11-21T08:00:00Z"), Instant.parse("2026-11-21T08:00:01Z"));
        assertThat(new Entrance(clock).closed(request)).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("Waiting until 2026-11-21 09:00 (Europe/Berlin): production is closed, since");
        // The clock of the machine may be set while it waits.
        assertThat(rests).hasSizeGreaterThan(100);
    }

    @Test
    void waitsForNothingWhereItIsOpenOrRefuses() throws Exception {
        for (String settings : List.of("", OFFICE, ICE_AGE)) {
            doorstep(this::pass).await(request(settings));
        }
        assertThat(rests).isEmpty();
        assertThat(printed.size()).isZero();
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        Deployer.Request request = request(OFFICE + WAIT);
        Doorstep doorstep = doorstep(time -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> doorstep.await(request)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aCommandThatWaitsIsCancelledByASignalAndHasChangedNothing() throws Exception {
        try (Given given = new Given(directory, 1)) {
            given.configure(ICE_AGE + WAIT);
            CompletableFuture<String> said = new CompletableFuture<>();
            FutureTask<Integer> command = new FutureTask<>(() -> Cli.run(
                    new Outside(
                            telling(said),
                            new PrintStream(printed, true, StandardCharsets.UTF_8),
                            Map.of(),
                            Screen.none(),
                            directory),
                    given.options("deploy", "production", "--wait")));
            Thread thread = new Thread(command);
            thread.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> said.isDone() || command.isDone());
            assertThat(said.getNow("nothing")).startsWith("Waiting until 3000-01-01 00:00");

            // As a signal does.
            thread.interrupt();

            assertThat(command.get()).isEqualTo(ExitCode.CANCELLED);
            assertThat(given.current(1)).doesNotExist();
        }
    }

    @Test
    void aCommandIsRefusedWhereItDoesNotWaitOrMustNot() throws Exception {
        try (Given given = new Given(directory, 1)) {
            given.configure(ICE_AGE + WAIT);
            assertRefused(given.run("deploy", "production"));
            given.configure(ICE_AGE);
            assertRefused(given.run("deploy", "production", "--wait"));
            assertThat(given.run("deploy", "production", "--wait", "--emergency", "It burns")
                            .err())
                    .contains("--wait and --emergency exclude each other.");

            given.configure("");
            assertThat(given.run("deploy", "production", "--wait").code()).isZero();
            assertThat(given.current(1)).exists();
        }
    }

    private static void assertRefused(Given.Ran ran) {
        assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(ran.err()).contains("It opens next at 3000-01-01 00:00", "[window.closed]");
    }

    private Doorstep doorstep(Doorstep.Rest rest) {
        return new Doorstep(new PrintStream(printed, true, StandardCharsets.UTF_8), clock, rest);
    }

    private void pass(Duration time) {
        rests.add(time);
        clock.move(time);
    }

    private Deployer.Request request(String settings) throws Exception {
        Path file = directory.resolve("times.toml");
        Files.writeString(file, """
                app = "shop"
                [release]
                path = "/srv/shop"
                [environments.production]
                targets = ["web-1"]
                """ + settings);
        return new Deployer.Request(DeployFile.read(file).configuration("production"), List.of(), Set.of());
    }

    /** Tells the first line that speaks of waiting. */
    private static PrintStream telling(CompletableFuture<String> said) {
        return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.startsWith("Waiting")) {
                    said.complete(line);
                }
            }
        };
    }
}
