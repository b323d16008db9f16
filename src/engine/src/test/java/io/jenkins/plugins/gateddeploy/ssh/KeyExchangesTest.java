package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that last longer than their first keys. */
class KeyExchangesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void requirePrograms() {
        RealPrograms.require("sshd", "ssh-keygen");
    }

    @Test
    void keepsTheConnectionThroughManyKeyExchanges() throws Exception {
        try (OpenSshServer rekeying = OpenSshServer.in(directory.resolve("rekeying"))
                        .config("RekeyLimit 1M")
                        .start();
                SshConnector connector = new SshConnector(HostKeys.knownHosts(write(rekeying.knownHosts())));
                Targets targets = connector.open(Given.access(rekeying.target(), rekeying.credential()))) {
            assertThat(targets.send(
                            Given.onEach(List.of(rekeying.target()), Given.script("wc -c")), Given.mebibytes(20)))
                    .containsValue(new Outcome.Exited(0, (20 << 20) + "\n", ""));
        }
    }

    @Test
    void verifiesAgainAtALaterKeyExchange() throws Exception {
        Path file = write("");
        try (OpenSshServer rekeying = OpenSshServer.in(directory.resolve("rekeying"))
                        .config("RekeyLimit 1M")
                        .start();
                SshConnector connector = new SshConnector(HostKeys.knownHosts(file));
                Targets targets = connector.open(Given.access(rekeying.target(), rekeying.credential()))) {
            Files.writeString(file, rekeying.knownHosts());
            assertThat(Given.only(targets, rekeying.target(), Given.script("true"))
                            .ok())
                    .isTrue();
            Files.writeString(file, "@revoked * " + rekeying.hostKey("ed25519").publicLine() + "\n");

            assertThat(targets.send(
                                    Given.onEach(List.of(rekeying.target()), Given.script("wc -c")),
                                    Given.mebibytes(20))
                            .get(rekeying.target()))
                    .isInstanceOfSatisfying(
                            Outcome.Unreached.class,
                            lost -> assertThat(lost.reason()).isEqualTo(Reason.LOST));
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "known_hosts", ""), text);
    }
}
