package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are not there, go away or say nothing; a real sshd wherever there is one. */
@Timeout(120)
class ConnectionFaultsTest {
    @TempDir
    private Path directory;

    @RegisterExtension
    private final SshServers ssh = new SshServers(() -> directory);

    @Test
    void saysThatAPortIsRefused() throws Exception {
        Outcome.Unreached outcome = ssh.unreached(Given.nobodyListens());

        assertThat(outcome.reason()).isEqualTo(Reason.REFUSED);
        assertThat(outcome.message()).contains("Connection refused");
    }

    @Test
    void saysThatANameHasNoAddress() throws Exception {
        Outcome.Unreached outcome = ssh.unreached(new Target("x", "no-such-host.invalid", 22, Set.of(), List.of()));

        assertThat(outcome.reason()).isEqualTo(Reason.UNRESOLVED);
        assertThat(outcome.message()).contains("no-such-host.invalid");
    }

    @Test
    void givesUpAServerThatTakesTheConnectionAndNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Outcome.Unreached outcome = ssh.unreached(
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
                    ssh.unreached(new Target("x", "127.0.0.1", web.getLocalPort(), Set.of(), List.of()));

            answering.get(30, TimeUnit.SECONDS);
            assertThat(outcome.reason()).isEqualTo(Reason.REFUSED);
            assertThat(outcome.message()).contains("no SSH session came of it");
        }
    }

    @Test
    void losesTheConnectionWhileACommandRunsAndOpensItAnew() throws Exception {
        try (Targets targets = ssh.open()) {
            Path mark = directory.resolve("running");
            CompletableFuture<Outcome> running =
                    ssh.inBackground(targets, Given.script("touch " + mark + "; sleep 60"));
            await().until(() -> Files.exists(mark));

            ssh.server().cutConnections();

            assertThat(Given.reason(running.get(30, TimeUnit.SECONDS))).isEqualTo(Reason.LOST);
            assertThat(running.join().describe()).contains("was lost while");
            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("echo again")))
                    .isEqualTo(new Outcome.Exited(0, "again\n", ""));
        }
    }

    @Test
    void opensAConnectionAnewThatBrokeWhileNobodyUsedIt() throws Exception {
        try (Targets targets = ssh.open()) {
            Given.only(targets, ssh.server().pinned(), Given.script("true"));
            for (int i = 0; i < 10; i++) {
                ssh.server().cutConnections();

                assertThat(Given.only(targets, ssh.server().pinned(), Given.script("true"))
                                .describe())
                        .isEqualTo("done");
            }
        }
    }

    @Test
    void endsACommandThatTakesTooLong() throws Exception {
        try (Targets targets = ssh.open()) {
            Outcome outcome =
                    Given.only(targets, ssh.server().pinned(), Command.of("wait", "sleep 60", Duration.ofMillis(300)));

            assertThat(Given.reason(outcome)).isEqualTo(Reason.TIMEOUT);
            assertThat(outcome.describe()).contains("\"wait\" did not end within 300 ms");
            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("true"))
                            .ok())
                    .as("the connection is still good")
                    .isTrue();
        }
    }

    @Test
    void endsAStreamingCommandThatTakesTooLong() throws Exception {
        try (Targets targets = ssh.open()) {
            Outcome outcome = targets.run(
                            Map.of(
                                    ssh.server().pinned(),
                                    Command.of("wait", "echo x; sleep 60", Duration.ofMillis(300))),
                            (target, bytes, offset, length) -> {})
                    .get(ssh.server().pinned());

            assertThat(Given.reason(outcome)).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void losesAServerThatLeavesThreeKeepAlivesUnanswered() throws Exception {
        Targets.Settings impatient = new Targets.Settings(Duration.ofSeconds(20), Duration.ofSeconds(1), 10, null);
        try (Targets targets = ssh.connector()
                .open(new Targets.Access(
                        List.of(ssh.server().pinned()), ssh.server().credential(), impatient))) {
            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("sleep 4; echo ok")))
                    .as("one that answers is kept")
                    .isEqualTo(new Outcome.Exited(0, "ok\n", ""));
            Path mark = directory.resolve("running");
            CompletableFuture<Outcome> running =
                    ssh.inBackground(targets, Given.script("touch " + mark + "; sleep 60"));
            await().until(() -> Files.exists(mark));
            ssh.server().pause();
            try {
                assertThat(Given.reason(running.get(30, TimeUnit.SECONDS))).isEqualTo(Reason.LOST);
            } finally {
                ssh.server().resume();
            }
            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("true"))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void comesBackAfterTheServerWasRestarted() throws Exception {
        try (Targets targets = ssh.open()) {
            Given.only(targets, ssh.server().pinned(), Given.script("true"));
            ssh.server().kill();
            assertThat(Given.reason(Given.only(targets, ssh.server().pinned(), Given.script("true"))))
                    .isEqualTo(Reason.REFUSED);
            ssh.server().restart();

            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("true"))
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        try (Targets targets = ssh.open()) {
            Path mark = directory.resolve("running");
            FutureTask<Outcome> task = new FutureTask<>(() ->
                    Given.only(targets, ssh.server().pinned(), Given.script("touch " + mark + "; exec cat /dev/zero")));
            Thread caller = new Thread(task);
            caller.start();
            await().until(() -> Files.exists(mark));

            caller.interrupt();

            assertThatThrownBy(() -> task.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(Given.only(targets, ssh.server().pinned(), Given.script("true"))
                            .ok())
                    .as("the connection is still good")
                    .isTrue();
        }
    }

    @Test
    void closesWhileACommandRuns() throws Exception {
        Targets targets = ssh.open();
        Path mark = directory.resolve("running");
        CompletableFuture<Outcome> running = ssh.inBackground(targets, Given.script("touch " + mark + "; sleep 60"));
        await().until(() -> Files.exists(mark));

        targets.close();

        assertThat(Given.reason(running.get(30, TimeUnit.SECONDS))).isEqualTo(Reason.LOST);
        assertThatThrownBy(() -> Given.only(targets, ssh.server().pinned(), Given.script("true")))
                .isInstanceOf(IllegalStateException.class);
    }
}
