package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are not there, go away or say nothing; a real sshd wherever there is one. */
@Timeout(120)
class ConnectionFaultsTest {
    @TempDir
    private Path directory;

    private OpenSshServer server;
    private SshConnector connector;

    @BeforeEach
    void start() {
        RealPrograms.require("sshd", "ssh-keygen");
        server = OpenSshServer.start(directory.resolve("server"));
        connector = new SshConnector(HostKeys.knownHosts());
    }

    @AfterEach
    void end() {
        if (server != null) {
            connector.close();
            server.close();
        }
    }

    @Test
    void saysThatAPortIsRefused() throws Exception {
        Outcome.Unreached outcome = unreached(nobodyListens());

        assertThat(outcome.reason()).isEqualTo(Reason.REFUSED);
        assertThat(outcome.message()).contains("Connection refused");
    }

    @Test
    void saysThatANameHasNoAddress() throws Exception {
        Outcome.Unreached outcome = unreached(new Target("x", "no-such-host.invalid", 22, Set.of(), List.of()));

        assertThat(outcome.reason()).isEqualTo(Reason.UNRESOLVED);
        assertThat(outcome.message()).contains("no-such-host.invalid");
    }

    @Test
    void givesUpAServerThatTakesTheConnectionAndNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Outcome.Unreached outcome = unreached(
                    new Target("x", "127.0.0.1", silent.getLocalPort(), Set.of(), List.of()), Duration.ofSeconds(1));

            assertThat(outcome.reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
            assertThat(outcome.message()).contains("did not answer", "within 1 s");
        }
    }

    @Test
    void saysThatAnotherKindOfServerAnswers() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
                try (var client = web.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Outcome.Unreached outcome =
                    unreached(new Target("x", "127.0.0.1", web.getLocalPort(), Set.of(), List.of()));

            answering.get(30, TimeUnit.SECONDS);
            assertThat(outcome.reason()).isEqualTo(Reason.REFUSED);
            assertThat(outcome.message()).contains("no SSH session came of it");
        }
    }

    @Test
    void answersForTheOthersWhenSomeFail() throws Exception {
        try (OpenSshServer second = another("second");
                OpenSshServer third = another("third");
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Target mute = new Target("x", "127.0.0.1", silent.getLocalPort(), Set.of(), List.of());
            List<Target> five = List.of(mute, server.pinned(), nobodyListens(), second.pinned(), third.pinned());
            try (Targets targets = open(five, Duration.ofSeconds(15))) {
                Map<Target, Outcome> outcomes =
                        targets.send(Given.onEach(five, Given.script("wc -c")), Given.mebibytes(1));

                assertThat(outcomes.keySet()).containsExactlyElementsOf(five);
                for (OpenSshServer living : List.of(server, second, third)) {
                    assertThat(outcomes).containsEntry(living.pinned(), new Outcome.Exited(0, (1 << 20) + "\n", ""));
                }
                assertThat(reason(outcomes.get(mute))).isEqualTo(Reason.CONNECT_TIMEOUT);
                assertThat(reason(outcomes.get(five.get(2)))).isEqualTo(Reason.REFUSED);
            }
        }
    }

    @Test
    void losesTheConnectionWhileACommandRunsAndOpensItAnew() throws Exception {
        try (Targets targets = open()) {
            Path mark = directory.resolve("running");
            CompletableFuture<Outcome> running = inBackground(targets, Given.script("touch " + mark + "; sleep 60"));
            await().until(() -> Files.exists(mark));

            server.cutConnections();

            assertThat(reason(running.get(30, TimeUnit.SECONDS))).isEqualTo(Reason.LOST);
            assertThat(running.join().describe()).contains("was lost while");
            assertThat(Given.only(targets, server.pinned(), Given.script("echo again")))
                    .isEqualTo(new Outcome.Exited(0, "again\n", ""));
        }
    }

    @Test
    void opensAConnectionAnewThatBrokeWhileNobodyUsedIt() throws Exception {
        try (Targets targets = open()) {
            Given.only(targets, server.pinned(), Given.script("true"));
            for (int i = 0; i < 10; i++) {
                server.cutConnections();

                assertThat(Given.only(targets, server.pinned(), Given.script("true"))
                                .describe())
                        .isEqualTo("done");
            }
        }
    }

    @Test
    void losesTheConnectionWhileAPayloadTravelsAndTheOthersGetAll() throws Exception {
        try (OpenSshServer second = another("second");
                Targets targets = open(List.of(server.pinned(), second.pinned()), Duration.ofSeconds(15))) {
            Path mark = directory.resolve("received");
            Command count = Given.script("tee " + mark + ".$$ | wc -c");
            CompletableFuture<Map<Target, Outcome>> sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return targets.send(
                            Given.onEach(List.of(server.pinned(), second.pinned()), count), slowMebibytes(mark));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> Files.exists(mark));
            server.cutConnections();
            Files.delete(mark);

            Map<Target, Outcome> outcomes = sending.get(60, TimeUnit.SECONDS);
            assertThat(reason(outcomes.get(server.pinned()))).isEqualTo(Reason.LOST);
            assertThat(outcomes).containsEntry(second.pinned(), new Outcome.Exited(0, (20 << 20) + "\n", ""));
            assertThat(Given.only(targets, server.pinned(), Given.script("true"))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void dropsATargetThatStopsTakingThePayload() throws Exception {
        try (OpenSshServer second = another("second");
                Targets targets = open(List.of(server.pinned(), second.pinned()), Duration.ofSeconds(15))) {
            targets.run(Given.onEach(List.of(server.pinned(), second.pinned()), Given.script("true")));
            Command idle = Command.of("take nothing", "sleep 60", Duration.ofSeconds(2));

            Map<Target, Outcome> outcomes = targets.send(
                    Map.of(server.pinned(), idle, second.pinned(), Given.script("wc -c")), Given.mebibytes(20));

            assertThat(reason(outcomes.get(server.pinned()))).isEqualTo(Reason.TIMEOUT);
            assertThat(outcomes).containsEntry(second.pinned(), new Outcome.Exited(0, (20 << 20) + "\n", ""));
        }
    }

    @Test
    void takesTheOutcomeOfACommandThatDoesNotReadThePayload() throws Exception {
        try (Targets targets = open()) {
            assertThat(targets.send(
                            Map.of(server.pinned(), Given.script("echo full >&2; exit 1")), Given.mebibytes(100)))
                    .containsEntry(server.pinned(), new Outcome.Exited(1, "", "full\n"));
        }
    }

    @Test
    void saysThatThePayloadCouldNotBeRead() throws Exception {
        try (Targets targets = open()) {
            Outcome outcome = targets.send(Map.of(server.pinned(), Given.script("cat")), new Unreadable())
                    .get(server.pinned());

            assertThat(outcome.describe()).contains("could not be read to its end", "the disk is gone");
        }
    }

    @Test
    void endsACommandThatTakesTooLong() throws Exception {
        try (Targets targets = open()) {
            Outcome outcome =
                    Given.only(targets, server.pinned(), Command.of("wait", "sleep 60", Duration.ofMillis(300)));

            assertThat(reason(outcome)).isEqualTo(Reason.TIMEOUT);
            assertThat(outcome.describe()).contains("\"wait\" did not end within 300 ms");
            assertThat(Given.only(targets, server.pinned(), Given.script("true"))
                            .ok())
                    .as("the connection is still good")
                    .isTrue();
        }
    }

    @Test
    void endsAStreamingCommandThatTakesTooLong() throws Exception {
        try (Targets targets = open()) {
            Outcome outcome = targets.run(
                            Map.of(server.pinned(), Command.of("wait", "echo x; sleep 60", Duration.ofMillis(300))),
                            (target, bytes, offset, length) -> {})
                    .get(server.pinned());

            assertThat(reason(outcome)).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void losesAServerThatLeavesThreeKeepAlivesUnanswered() throws Exception {
        Targets.Settings impatient = new Targets.Settings(Duration.ofSeconds(20), Duration.ofSeconds(1), 10, null);
        try (Targets targets =
                connector.open(new Targets.Access(List.of(server.pinned()), server.credential(), impatient))) {
            assertThat(Given.only(targets, server.pinned(), Given.script("sleep 4; echo ok")))
                    .as("one that answers is kept")
                    .isEqualTo(new Outcome.Exited(0, "ok\n", ""));
            Path mark = directory.resolve("running");
            CompletableFuture<Outcome> running = inBackground(targets, Given.script("touch " + mark + "; sleep 60"));
            await().until(() -> Files.exists(mark));
            server.pause();
            try {
                assertThat(reason(running.get(30, TimeUnit.SECONDS))).isEqualTo(Reason.LOST);
            } finally {
                server.resume();
            }
            assertThat(Given.only(targets, server.pinned(), Given.script("true"))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void comesBackAfterTheServerWasRestarted() throws Exception {
        try (Targets targets = open()) {
            Given.only(targets, server.pinned(), Given.script("true"));
            server.kill();
            assertThat(reason(Given.only(targets, server.pinned(), Given.script("true"))))
                    .isEqualTo(Reason.REFUSED);
            server.restart();

            assertThat(Given.only(targets, server.pinned(), Given.script("true"))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        try (Targets targets = open()) {
            Path mark = directory.resolve("running");
            FutureTask<Outcome> task = new FutureTask<>(
                    () -> Given.only(targets, server.pinned(), Given.script("touch " + mark + "; exec cat /dev/zero")));
            Thread caller = new Thread(task);
            caller.start();
            await().until(() -> Files.exists(mark));

            caller.interrupt();

            assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(Given.only(targets, server.pinned(), Given.script("true"))
                            .ok())
                    .as("the connection is still good")
                    .isTrue();
        }
    }

    @Test
    void stopsSendingWhenInterrupted() throws Exception {
        try (Targets targets = open()) {
            Path mark = directory.resolve("running");
            FutureTask<Map<Target, Outcome>> task = new FutureTask<>(() -> targets.send(
                    Map.of(server.pinned(), Given.script("touch " + mark + "; sleep 60")), Given.mebibytes(100)));
            Thread caller = new Thread(task);
            caller.start();
            await().until(() -> Files.exists(mark));

            caller.interrupt();

            assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void closesWhileACommandRuns() throws Exception {
        Targets targets = open();
        Path mark = directory.resolve("running");
        CompletableFuture<Outcome> running = inBackground(targets, Given.script("touch " + mark + "; sleep 60"));
        await().until(() -> Files.exists(mark));

        targets.close();

        assertThat(reason(running.get(30, TimeUnit.SECONDS))).isEqualTo(Reason.LOST);
        assertThatThrownBy(() -> Given.only(targets, server.pinned(), Given.script("true")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reachesTargetsThroughAJumpHost() throws Exception {
        try (OpenSshServer jump = another("jump");
                OpenSshServer second = another("second");
                Targets targets = through(jump.pinned(), server.pinned(), second.pinned())) {
            Map<Target, Outcome> outcomes = targets.send(
                    Given.onEach(List.of(server.pinned(), second.pinned()), Given.script("wc -c")),
                    Given.mebibytes(20));

            assertThat(outcomes).hasSize(2);
            assertThat(outcomes.values()).containsOnly(new Outcome.Exited(0, (20 << 20) + "\n", ""));
            assertThat(jump.log().split("Accepted publickey", -1))
                    .as("one login at the jump host")
                    .hasSize(2);
        }
    }

    @Test
    void verifiesTheJumpHostAndWhatIsBehindIt() throws Exception {
        try (OpenSshServer jump = another("jump");
                Targets wrongJump = through(wronglyPinned(jump), server.pinned());
                Targets wrongTarget = through(jump.pinned(), wronglyPinned(server))) {
            Outcome atJump = Given.only(wrongJump, server.pinned(), Given.script("true"));
            Outcome behind = Given.only(wrongTarget, wronglyPinned(server), Given.script("true"));

            assertThat(reason(atJump)).isEqualTo(Reason.HOST_KEY);
            assertThat(atJump.describe()).startsWith(jump.pinned().name());
            assertThat(reason(behind)).isEqualTo(Reason.HOST_KEY);
            assertThat(behind.describe()).startsWith(server.pinned().name());
        }
    }

    @Test
    void saysThatTheJumpHostDoesNotReachTheTarget() throws Exception {
        try (OpenSshServer jump = another("jump");
                Targets targets = through(jump.pinned(), nobodyListens())) {
            Outcome outcome = Given.only(targets, nobodyListens(), Given.script("true"));

            assertThat(reason(outcome)).isEqualTo(Reason.REFUSED);
            assertThat(outcome.describe())
                    .contains("through the jump host " + jump.pinned().name());
        }
    }

    @Test
    void reachesAnIpv6Address() throws Exception {
        RealPrograms.require(hasIpv6Loopback(), "no IPv6 loopback address ::1");
        try (OpenSshServer six =
                OpenSshServer.in(directory.resolve("six")).address("::1").start()) {
            SshConnector byFile = new SshConnector(
                    HostKeys.knownHosts(Files.writeString(directory.resolve("known"), six.knownHosts())));
            try (byFile;
                    Targets targets = byFile.open(Given.access(six.target(), six.credential()))) {
                assertThat(six.target().name()).startsWith("[::1]:");
                assertThat(Given.only(targets, six.target(), Given.script("true"))
                                .describe())
                        .isEqualTo("done");
            }
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** A payload that writes its first half, makes the file, and the rest once the file is gone. */
    private static Payload slowMebibytes(Path mark) {
        return new Halves(mark.toString());
    }

    private record Halves(String mark) implements Payload {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            Given.mebibytes(10).writeTo(out);
            Path file = Path.of(mark);
            Files.writeString(file, "half");
            await().until(() -> !Files.exists(file));
            Given.mebibytes(10).writeTo(out);
        }

        @Override
        public String describe() {
            return "two halves";
        }
    }

    private record Unreadable() implements Payload {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            Given.mebibytes(1).writeTo(out);
            throw new IOException("the disk is gone");
        }

        @Override
        public String describe() {
            return "unreadable";
        }
    }

    private Targets open() {
        return open(List.of(server.pinned()), Duration.ofSeconds(15));
    }

    private Targets open(List<Target> targets, Duration keepAlive) {
        return connector.open(new Targets.Access(
                targets, server.credential(), new Targets.Settings(Duration.ofSeconds(8), keepAlive, 10, null)));
    }

    private Targets through(Target jump, Target... targets) {
        return connector.open(new Targets.Access(
                List.of(targets),
                server.credential(),
                new Targets.Settings(Duration.ofSeconds(10), Duration.ofSeconds(15), 10, jump)));
    }

    private OpenSshServer another(String name) {
        return OpenSshServer.in(directory.resolve(name))
                .userKey(server.userKey())
                .start();
    }

    private Target wronglyPinned(OpenSshServer of) {
        return new Target(
                OpenSshServer.user(),
                "127.0.0.1",
                of.port(),
                Set.of(),
                List.of(server.userKey().publicLine()));
    }

    private Outcome.Unreached unreached(Target target) throws InterruptedException {
        return unreached(target, Duration.ofSeconds(20));
    }

    private Outcome.Unreached unreached(Target target, Duration within) throws InterruptedException {
        Targets.Settings settings = new Targets.Settings(within, Duration.ofSeconds(15), 10, null);
        try (Targets targets = connector.open(new Targets.Access(List.of(target), server.credential(), settings))) {
            return (Outcome.Unreached) Given.only(targets, target, Given.script("true"));
        }
    }

    private CompletableFuture<Outcome> inBackground(Targets targets, Command command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Given.only(targets, server.pinned(), command);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Target nobodyListens() {
        // Port 1 (tcpmux) of an address that nobody binds.
        return new Target("x", "127.0.99.99", 1, Set.of(), List.of());
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unreached.class);
        return ((Outcome.Unreached) outcome).reason();
    }
}
