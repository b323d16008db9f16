package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that show a certificate in place of a key that is known. */
class HostCertificatesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void requirePrograms() {
        RealPrograms.require("sshd", "ssh-keygen");
    }

    @Test
    void believesACertificateOfAKnownAuthority() throws Exception {
        Keys.KeyFile authority = Keys.generate(directory, "authority", "ed25519");
        try (OpenSshServer certified = certified(authority, "127.0.0.1")) {
            assertThat(outcome("@cert-authority * " + authority.publicLine(), certified)
                            .ok())
                    .isTrue();
        }
    }

    @Test
    void refusesACertificateOfAnotherAuthorityOrForAnotherName() throws Exception {
        Keys.KeyFile authority = Keys.generate(directory, "authority", "ed25519");
        Keys.KeyFile stranger = Keys.generate(directory, "stranger", "ed25519");
        try (OpenSshServer certified = certified(authority, "127.0.0.1")) {
            assertThat(refusal("@cert-authority * " + stranger.publicLine(), certified)
                            .message())
                    .contains("no @cert-authority line");
        }
        try (OpenSshServer misnamed = certified(authority, "other.example.org")) {
            assertThat(refusal("@cert-authority * " + authority.publicLine(), misnamed)
                            .message())
                    .contains("not known", "no certificate that a known authority signed for this name");
        }
    }

    private OpenSshServer certified(Keys.KeyFile authority, String principal) throws IOException {
        Path files = directory.resolve("certified-for-" + principal);
        Files.createDirectories(files);
        Keys.KeyFile host = Keys.generate(files, "certified", "ed25519");
        Keys.sshKeygen(
                "-q",
                "-s",
                authority.file().toString(),
                "-h",
                "-I",
                "test",
                "-n",
                principal,
                "-V",
                "-5m:+1h",
                host.file() + ".pub");
        return OpenSshServer.in(files.resolve("server"))
                .config("HostKey " + host.file())
                .config("HostCertificate " + host.file() + "-cert.pub")
                .hostKeys("ecdsa")
                .start();
    }

    private Outcome.Unreached refusal(String knownHosts, OpenSshServer server)
            throws IOException, InterruptedException {
        return (Outcome.Unreached) outcome(knownHosts, server);
    }

    private Outcome outcome(String knownHosts, OpenSshServer server) throws IOException, InterruptedException {
        return Given.outcome(HostKeys.knownHosts(write(knownHosts)), server.target(), server.credential());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "known_hosts", ""), text);
    }
}
