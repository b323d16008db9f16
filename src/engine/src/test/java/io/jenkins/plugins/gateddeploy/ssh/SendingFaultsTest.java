package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that break off, and servers that go away or stop listening while one travels. */
@Timeout(120)
class SendingFaultsTest {
    @TempDir
    private Path directory;

    @RegisterExtension
    private final SshServers ssh = new SshServers(() -> directory);

    @Test
    void answersForTheOthersWhenSomeFail() throws Exception {
        try (OpenSshServer second = ssh.another("second");
                OpenSshServer third = ssh.another("third");
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Target mute = new Target("x", "127.0.0.1", silent.getLocalPort(), Set.of(), List.of());
            List<Target> five =
                    List.of(mute, ssh.server().pinned(), Given.nobodyListens(), second.pinned(), third.pinned());
            try (Targets targets = ssh.open(five, Duration.ofSeconds(15))) {
                Map<Target, Outcome> outcomes =
                        targets.send(Given.onEach(five, Given.script("wc -c")), Given.mebibytes(1));

                assertThat(outcomes.keySet()).containsExactlyElementsOf(five);
                for (OpenSshServer living : List.of(ssh.server(), second, third)) {
                    assertThat(outcomes).containsEntry(living.pinned(), new Outcome.Exited(0, (1 << 20) + "\n", ""));
                }
                assertThat(Given.reason(outcomes.get(mute))).isEqualTo(Reason.CONNECT_TIMEOUT);
                assertThat(Given.reason(outcomes.get(five.get(2)))).isEqualTo(Reason.REFUSED);
            }
        }
    }

    @Test
    void losesTheConnectionWhileAPayloadTravelsAndTheOthersGetAll() throws Exception {
        try (OpenSshServer second = ssh.another("second");
                Targets targets = ssh.open(List.of(ssh.server().pinned(), second.pinned()), Duration.ofSeconds(15))) {
            Path mark = directory.resolve("received");
            Command count = Given.script("tee " + mark + ".$$ | wc -c");
            CompletableFuture<Map<Target, Outcome>> sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return targets.send(
                            Given.onEach(List.of(ssh.server().pinned(), second.pinned()), count), slowMebibytes(mark));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> Files.exists(mark));
            ssh.server().cutConnections();
            Files.delete(mark);

            Map<Target, Outcome> outcomes = sending.get(60, TimeUnit.SECONDS);
            assertThat(Given.reason(outcomes.get(ssh.server().pinned()))).isEqualTo(Reason.LOST);
            assertThat(outcomes).containsEntry(second.pinned(), new Outcome.Exited(0, (20 << 20) + "\n", ""));
            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("true"))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void dropsATargetThatStopsTakingThePayload() throws Exception {
        try (OpenSshServer second = ssh.another("second");
                Targets targets = ssh.open(List.of(ssh.server().pinned(), second.pinned()), Duration.ofSeconds(15))) {
            targets.run(Given.onEach(List.of(ssh.server().pinned(), second.pinned()), Given.script("true")));
            Command idle = Command.of("take nothing", "sleep 60", Duration.ofSeconds(2));

            Map<Target, Outcome> outcomes = targets.send(
                    Map.of(ssh.server().pinned(), idle, second.pinned(), Given.script("wc -c")), Given.mebibytes(20));

            assertThat(Given.reason(outcomes.get(ssh.server().pinned()))).isEqualTo(Reason.TIMEOUT);
            assertThat(outcomes).containsEntry(second.pinned(), new Outcome.Exited(0, (20 << 20) + "\n", ""));
        }
    }

    @Test
    void takesTheOutcomeOfACommandThatDoesNotReadThePayload() throws Exception {
        try (Targets targets = ssh.open()) {
            assertThat(targets.send(
                            Map.of(ssh.server().pinned(), Given.script("echo full >&2; exit 1")), Given.mebibytes(100)))
                    .containsEntry(ssh.server().pinned(), new Outcome.Exited(1, "", "full\n"));
        }
    }

    @Test
    void saysThatThePayloadCouldNotBeRead() throws Exception {
        try (Targets targets = ssh.open()) {
            Outcome outcome = targets.send(Map.of(ssh.server().pinned(), Given.script("cat")), new Unreadable())
                    .get(ssh.server().pinned());

            assertThat(outcome.describe()).contains("could not be read to its end", "the disk is gone");
        }
    }

    @Test
    void stopsSendingWhenInterrupted() throws Exception {
        try (Targets targets = ssh.open()) {
            Path mark = directory.resolve("running");
            FutureTask<Map<Target, Outcome>> task = new FutureTask<>(() -> targets.send(
                    Map.of(ssh.server().pinned(), Given.script("touch " + mark + "; sleep 60")), Given.mebibytes(100)));
            Thread caller = new Thread(task);
            caller.start();
            await().until(() -> Files.exists(mark));

            caller.interrupt();

            assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
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
}
