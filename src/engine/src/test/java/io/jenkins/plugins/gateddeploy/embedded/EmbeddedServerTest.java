package io.jenkins.plugins.gateddeploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Stdin;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    private EmbeddedServer one;
    private EmbeddedServer two;
    private SshConnector connector;
    private Targets targets;

    @BeforeEach
    void start() throws IOException {
        RealPrograms.require("sh");
        one = EmbeddedServer.start(first);
        two = EmbeddedServer.start(second, one);
        connector = new SshConnector(HostKeys.knownHosts());
        targets = open(List.of(one.target(), two.target()));
    }

    @AfterEach
    void end() throws IOException {
        if (one != null) {
            targets.close();
            connector.close();
            one.close();
            two.close();
        }
    }

    @Test
    void runsCommandsInItsDirectory() throws Exception {
        assertThat(run("pwd -P; echo error >&2; exit 3"))
                .isEqualTo(new Outcome.Exited(3, first.toRealPath() + "\n", "error\n"));
    }

    @Test
    void countsASignalAsAShellDoes() throws Exception {
        assertThat(run("kill -KILL $$")).isEqualTo(new Outcome.Exited(128 + 9, "", ""));
    }

    @Test
    void givesACommandItsInputAndTheEndOfIt() throws Exception {
        Command command =
                new Command("count", "wc -c", Stdin.of("12345".getBytes(StandardCharsets.UTF_8), "text"), TIMEOUT);

        assertThat(targets.run(Map.of(one.target(), command)))
                .containsEntry(one.target(), new Outcome.Exited(0, "5\n", ""));
    }

    @Test
    void takesAPayloadOnBothServers() throws Exception {
        Command command = Command.of("receive", "cat > received; wc -c < received", TIMEOUT);

        Map<Target, Outcome> outcomes = targets.send(Map.of(one.target(), command, two.target(), command), new Zeros());

        assertThat(outcomes.values()).containsOnly(new Outcome.Exited(0, Zeros.SIZE + "\n", ""));
        assertThat(first.resolve("received")).hasSize(Zeros.SIZE);
        assertThat(second.resolve("received")).hasSize(Zeros.SIZE);
    }

    @Test
    void doesNotWaitForACommandThatReadsNothing() throws Exception {
        assertThat(targets.send(Map.of(one.target(), Command.of("refuse", "exit 4", TIMEOUT)), new Zeros()))
                .containsEntry(one.target(), new Outcome.Exited(4, "", ""));
    }

    @Test
    void streamsLongOutput() throws Exception {
        AtomicLong count = new AtomicLong();

        Map<Target, Outcome> outcomes = targets.run(
                Map.of(one.target(), Command.of("print", "head -c 20000000 /dev/zero", TIMEOUT)),
                (target, bytes, offset, length) -> count.addAndGet(length));

        assertThat(outcomes).containsEntry(one.target(), new Outcome.Exited(0, "", ""));
        assertThat(count).hasValue(20_000_000);
    }

    @Test
    void endsACommandWhoseChannelIsClosed() throws Exception {
        Command command = Command.of("wait", "echo $$ > pid; exec sleep 60", Duration.ofMillis(500))
                .apart();

        assertThat(targets.run(Map.of(one.target(), command)).get(one.target()))
                .isInstanceOfSatisfying(
                        Outcome.Unreached.class,
                        outcome -> assertThat(outcome.reason()).isEqualTo(Outcome.Reason.TIMEOUT));
        long pid = Long.parseLong(Files.readString(first.resolve("pid")).strip());
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void letsNobodyElseIn() throws Exception {
        try (EmbeddedServer stranger = EmbeddedServer.start(second);
                Targets wrongKey =
                        connector.open(new Targets.Access(List.of(one.target()), stranger.credential(), settings()))) {
            assertThat(wrongKey.run(Map.of(one.target(), Command.of("try", "true", TIMEOUT)))
                            .get(one.target())
                            .describe())
                    .contains("did not let in");
        }
        Target otherUser = new Target(
                "root", "127.0.0.1", one.port(), Set.of(), one.target().hostKeys());
        try (Targets wrongUser = open(List.of(otherUser))) {
            assertThat(wrongUser
                            .run(Map.of(otherUser, Command.of("try", "true", TIMEOUT)))
                            .get(otherUser)
                            .describe())
                    .contains("did not let in root");
        }
    }

    private Outcome run(String script) throws InterruptedException {
        return targets.run(Map.of(one.target(), Command.of("a command", script, TIMEOUT)))
                .get(one.target());
    }

    private Targets open(List<Target> all) {
        return connector.open(new Targets.Access(all, one.credential(), settings()));
    }

    private static Targets.Settings settings() {
        return new Targets.Settings(Duration.ofSeconds(10), Duration.ofSeconds(15), 10, null);
    }

    private record Zeros() implements Payload {
        static final int SIZE = 20 << 20;

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(new byte[SIZE]);
        }

        @Override
        public String describe() {
            return "zeros";
        }
    }
}
