package io.jenkins.plugins.gateddeploy.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.embedded.EmbeddedServer;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several checks ask of the same targets. */
class TargetsRemoteTest {
    private static final Command SHELL = question("echo $$");
    private static final Command SAME_SHELL = question("echo $$ again");

    @TempDir
    private Path directory;

    private EmbeddedServer server;
    private SshConnector connector;
    private Targets targets;
    private Remote remote;
    private Target target;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedServer.start(directory);
        target = server.target();
        connector = new SshConnector(HostKeys.knownHosts());
        targets = connector.open(new Targets.Access(
                List.of(target),
                server.credential(),
                new Targets.Settings(Duration.ofSeconds(20), Duration.ofSeconds(15), 10, null)));
        remote = new TargetsRemote(List.of(target), targets);
    }

    @AfterEach
    void end() throws Exception {
        targets.close();
        connector.close();
        server.close();
    }

    @Test
    void asksWhatWasForeseenTogether() throws Exception {
        remote.foresee(Map.of(target, SHELL));
        remote.foresee(Map.of(target, SAME_SHELL));

        assertThat(answer(SAME_SHELL)).isEqualTo(answer(SHELL) + " again");
    }

    @Test
    void asksAnythingElseByItself() throws Exception {
        remote.foresee(Map.of(target, SHELL));
        remote.foresee(Map.of(target, SAME_SHELL.apart()));
        remote.foresee(Map.of());

        assertThat(answer(SHELL)).isNotEqualTo(answer(SHELL));
        assertThat(answer(SAME_SHELL.apart())).isNotEqualTo(answer(SHELL) + " again");
        assertThat(answer(question("echo else"))).isEqualTo("else");
    }

    @Test
    void thatOneGivesUpTakesNobodyElseTheAnswer() throws Exception {
        Command waits = question("cd " + directory + "; echo >>here; until [ -e go ]; do sleep 0.05; done; echo went");
        remote.foresee(Map.of(target, waits));
        remote.foresee(Map.of(target, SHELL));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread first = new Thread(() -> {
            try {
                remote.run(Map.of(target, waits));
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        first.start();
        await().until(() -> Files.exists(directory.resolve("here")));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> {
            try {
                return answer(SHELL);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        first.interrupt();

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
        Files.createFile(directory.resolve("go"));
        assertThat(second.get(60, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(answer(waits)).isEqualTo("went");
        // All that was asked once.
        assertThat(directory.resolve("here")).hasContent("\n");
    }

    private String answer(Command command) throws InterruptedException {
        Outcome outcome = remote.run(Map.of(target, command)).get(target);
        assertThat(outcome.ok()).as(outcome.describe()).isTrue();
        return ((Outcome.Exited) outcome).stdout().strip();
    }

    private static Command question(String script) {
        return Command.of("a question", script, Duration.ofSeconds(60));
    }
}
