package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Stdin;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one shell that starts the commands of a connection, on OpenSSH. */
class StandingShellTest {
    private static final Command PARENT = Given.script("echo $PPID");

    @TempDir
    private Path directory;

    private OpenSshServer server;
    private SshConnector connector;
    private Targets targets;

    private void start(String... config) {
        OpenSshServer.Builder builder = OpenSshServer.in(directory);
        for (String line : config) {
            builder.config(line);
        }
        server = builder.start();
        connector = new SshConnector(HostKeys.knownHosts());
        targets = connector.open(Given.access(server.pinned(), server.credential()));
    }

    @AfterEach
    void end() {
        if (server != null) {
            connector.close();
            server.close();
        }
    }

    private Outcome run(Command command) throws InterruptedException {
        return Given.only(targets, server.pinned(), command);
    }

    private String text(Command command) throws InterruptedException {
        Outcome outcome = run(command);
        assertThat(outcome.ok()).as(outcome.describe()).isTrue();
        return ((Outcome.Exited) outcome).stdout().strip();
    }

    @Test
    void startsOneCommandAfterTheOther() throws InterruptedException {
        start();
        String first = text(PARENT);

        assertThat(text(PARENT)).isEqualTo(first);
        assertThat(run(Given.script("exit 9"))).isEqualTo(new Outcome.Exited(9, "", ""));
        assertThat(run(Given.script("kill -KILL $$"))).isEqualTo(new Outcome.Exited(137, "", ""));
        assertThat(run(Given.script("if"))).extracting("code").isEqualTo(2);
        assertThat(text(PARENT)).isEqualTo(first);
    }

    @Test
    void nothingThatACommandSetsReachesTheNext() throws InterruptedException {
        start();
        text(Given.script("cd / && umask 0 && export SET=1 && exec 3>&- && trap '' TERM"));

        assertThat(text(Given.script("echo $(umask) ${SET-none} $(pwd)")))
                .isEqualTo(text(Given.script("echo $(umask) ${SET-none} $(pwd)").apart()));
    }

    @Test
    void aCommandReadsItsOwnInputAndNotTheShells() throws InterruptedException {
        start();

        assertThat(text(Given.script("cat"))).isEmpty();
        assertThat(text(new Command("cat", "cat", input("it's\n\\n é %s"), Given.TIMEOUT)))
                .isEqualTo("it's\n\\n é %s");
        assertThat(text(new Command("leave it", "true", input("x".repeat(60_000)), Given.TIMEOUT)))
                .isEmpty();
        assertThat(text(PARENT)).isNotEmpty();
    }

    private static Stdin input(String text) {
        return Stdin.of(text.getBytes(StandardCharsets.UTF_8), "input");
    }

    @Test
    void passesOutputOnAsItComesWithoutLookingAtIt() throws Exception {
        start();
        ByteArrayOutputStream live = new ByteArrayOutputStream();
        CompletableFuture<Void> came = new CompletableFuture<>();
        CompletableFuture<Map<Target, Outcome>> outcome = CompletableFuture.supplyAsync(() -> {
            try {
                return targets.run(
                        Map.of(
                                server.pinned(),
                                Given.script("printf 'half a line\\036'; until [ -e " + directory
                                        + "/go ]; do sleep 0.05; done; printf '\\036x 0\\036\\nno end'")),
                        (target, bytes, at, count) -> {
                            live.write(bytes, at, count);
                            came.complete(null);
                        });
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        came.get(60, TimeUnit.SECONDS);
        assertThat(live.toString(StandardCharsets.UTF_8)).startsWith("half a line");
        Files.createFile(directory.resolve("go"));

        assertThat(outcome.get(60, TimeUnit.SECONDS).values()).containsOnly(new Outcome.Exited(0, "", ""));
        assertThat(live.toString(StandardCharsets.UTF_8)).isEqualTo("half a line\036\036x 0\036\nno end");
    }

    @Test
    void aSecondCommandAtTheSameTimeGetsAChannelOfItsOwn() throws Exception {
        start();
        String shell = text(PARENT);
        CompletableFuture<Outcome> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return run(Given.script("cd " + directory + "; : >here; until [ -e go ]; do sleep 0.05; done"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> Files.exists(directory.resolve("here")));

        assertThat(text(PARENT)).isNotEqualTo(shell);
        Files.createFile(directory.resolve("go"));

        assertThat(waiting.get(60, TimeUnit.SECONDS).ok()).isTrue();
    }

    @Test
    void whatOthersWroteRunsApart() throws InterruptedException {
        start();

        assertThat(text(PARENT.apart())).isNotEqualTo(text(PARENT));
    }

    @Test
    void anotherShellComesWhenOneWasEnded() throws InterruptedException {
        start();
        String first = text(PARENT);

        text(Given.script("kill -KILL " + first).apart());

        assertThat(text(PARENT)).isNotEqualTo(first);
        String next = text(PARENT);
        assertThat(text(PARENT)).isEqualTo(next);
    }

    @Test
    void aCommandWhoseShellEndsUnderItIsLost() throws InterruptedException {
        start();

        assertThat(Given.reason(run(Given.script("kill -KILL $PPID; sleep 1")))).isEqualTo(Outcome.Reason.LOST);
        assertThat(text(PARENT)).isNotEmpty();
    }

    @Test
    void aCommandThatTakesTooLongTakesTheShellWithIt() throws InterruptedException {
        start();
        String first = text(PARENT);

        assertThat(Given.reason(run(Given.script("sleep 600").within(Duration.ofMillis(500)))))
                .isEqualTo(Outcome.Reason.TIMEOUT);
        assertThat(text(PARENT)).isNotEqualTo(first);
    }

    @Test
    void aServerThatGivesNoShellIsAskedByChannelsOfTheirOwn() throws InterruptedException {
        // It refuses to be asked for a shell alone, as a wrapper around known commands may.
        start("ForceCommand [ \"$SSH_ORIGINAL_COMMAND\" != \"exec sh\" ] && eval \"$SSH_ORIGINAL_COMMAND\"");

        assertThat(text(Given.script("echo here"))).isEqualTo("here");
        assertThat(text(Given.script("echo again"))).isEqualTo("again");
    }

    @Test
    void anAccountThatLetsNobodyInSaysSo() throws InterruptedException {
        start("ForceCommand echo 'This account is not available.'; exit 1");

        assertThat(run(Given.script("true"))).isEqualTo(new Outcome.Exited(1, "This account is not available.\n", ""));
    }
}
