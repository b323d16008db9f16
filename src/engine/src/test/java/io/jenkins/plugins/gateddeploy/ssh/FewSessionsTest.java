package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSH servers that let a connection have few sessions at once. Hardening guides ask for two. */
class FewSessionsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void commandsTakeTurns(int most) {
        try (OpenSshServer server = OpenSshServer.in(directory)
                        .config("MaxSessions " + most)
                        .start();
                SshConnector connector = new SshConnector(HostKeys.knownHosts());
                Targets targets = connector.open(Given.access(server.pinned(), server.credential()))) {
            for (int round = 1; round <= 3; round++) {
                List<CompletableFuture<Outcome>> outcomes = IntStream.range(0, 6)
                        .mapToObj(i -> {
                            Command command = Given.script("sleep 0.2; echo " + i);
                            return CompletableFuture.supplyAsync(
                                    () -> run(targets, server, i % 2 == 0 ? command : command.apart()));
                        })
                        .toList();

                assertThat(outcomes.stream().map(CompletableFuture::join))
                        .allSatisfy(outcome ->
                                assertThat(outcome.ok()).as(outcome.describe()).isTrue());
            }
        }
    }

    private static Outcome run(Targets targets, OpenSshServer server, Command command) {
        try {
            return Given.only(targets, server.pinned(), command);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
