package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.credential.SshCredential.PrivateKey;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over SSH, from a real OpenSSH server and the git program behind it. */
class GitSshTest {
    @TempDir
    Path folder;

    private SampleRepository sample;
    private String commit;
    private Process sshd;
    private int port;

    @BeforeEach
    void start() throws Exception {
        RealPrograms.require("sshd", "ssh-keygen", "git");
        sample = SampleRepository.create(folder.resolve("sample repo.git"));
        commit = sample.file("a", "hello").commit("Hello");
        key("host", "ed25519", "");
        key("id_ed25519", "ed25519", "");
        key("id_rsa", "rsa", "");
        key("id_ecdsa", "ecdsa", "");
        key("id_encrypted", "ed25519", "pass phrase");
        key("id_stranger", "ed25519", "");
        StringBuilder authorized = new StringBuilder();
        for (String name : List.of("id_ed25519", "id_rsa", "id_ecdsa", "id_encrypted")) {
            authorized.append(Files.readString(folder.resolve(name + ".pub")));
        }
        Files.writeString(folder.resolve("authorized"), authorized);
        port = freePort();
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
        Files.writeString(folder.resolve("sshd_config"), """
                ListenAddress 127.0.0.1
                Port %1$d
                HostKey %2$s/host
                AuthorizedKeysFile %2$s/authorized
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                """.formatted(port, folder));
        sshd = new ProcessBuilder(
                        RealPrograms.find("sshd").orElseThrow().toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Awaitility.await().until(this::answers);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (sshd != null) {
            sshd.destroy();
            sshd.waitFor();
            sample.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"id_ed25519,", "id_rsa,", "id_ecdsa,", "id_encrypted,pass phrase"})
    void logsInWithAKey(String key, String passphrase) throws Exception {
        Version version = source(location(), key, passphrase).resolve("main");

        assertThat(version.revision().id()).isEqualTo(commit);
    }

    @Test
    void readsAnAddressAsScpWritesIt() throws Exception {
        // Without a port of its own such an address cannot reach this server: the refusal shows that it was understood.
        GitLocation location = GitLocation.of("nobody@127.0.0.1.invalid:repo.git", folder.resolve("cache"))
                .withKnownHosts(folder.resolve("known_hosts"));

        assertThatThrownBy(() -> source(location, "id_ed25519", null).resolve("main"))
                .hasMessageContaining("the host's name has no address")
                .hasMessageEndingWith("[source.unreachable]");
    }

    @Test
    void saysThatTheKeyWasRefused() {
        assertThatThrownBy(() -> source(location(), "id_stranger", null).resolve("main"))
                .isInstanceOf(ProblemException.class)
                .hasMessageEndingWith("[source.unauthorized]");
    }

    @Test
    void saysThatAPassphraseIsWrong() {
        assertThatThrownBy(() -> source(location(), "id_encrypted", "no").resolve("main"))
                .hasMessageContaining("The private key id_encrypted for git cannot be read")
                .hasMessageEndingWith("[source.unauthorized]");
    }

    @Test
    void refusesAHostThatItDoesNotKnow() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        String fingerprint =
                Programs.text(folder, "ssh-keygen", "-lf", "host.pub").split(" ", 3)[1];

        assertThatThrownBy(() -> source(location().withKnownHosts(empty), "id_ed25519", null)
                        .resolve("main"))
                .hasMessageContaining("is not one that is trusted")
                .hasMessageContaining(fingerprint)
                .hasMessageEndingWith("[source.unreachable]");
        assertThat(empty).isEmptyFile();
    }

    @Test
    void refusesAHostWhoseKeyHasChanged() throws Exception {
        Path other = folder.resolve("other_hosts");
        Files.writeString(other, "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("id_stranger.pub")));

        assertThatThrownBy(() -> source(location().withKnownHosts(other), "id_ed25519", null)
                        .resolve("main"))
                .hasMessageContaining("is not one that is trusted")
                .hasMessageEndingWith("[source.unreachable]");
    }

    @Test
    void saysThatThereIsNoSuchRepository() {
        GitLocation nothing = GitLocation.of(url("nothing 403.git"), folder.resolve("cache"))
                .withKnownHosts(folder.resolve("known_hosts"));

        assertThatThrownBy(() -> source(nothing, "id_ed25519", null).resolve("main"))
                .hasMessageEndingWith("[source.unreachable]");
    }

    private GitLocation location() {
        return GitLocation.of(url("sample repo.git"), folder.resolve("cache"))
                .withKnownHosts(folder.resolve("known_hosts"));
    }

    private String url(String name) {
        return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + folder.resolve(name);
    }

    private GitSource source(GitLocation location, String key, String passphrase) throws IOException, ProblemException {
        PrivateKey privateKey = new PrivateKey(
                key,
                Secret.of(Files.readString(folder.resolve(key))),
                passphrase == null ? null : Secret.of(passphrase));
        SshCredential credential = new SshCredential(key, null, List.of(privateKey), null);
        return new GitSource(location.withCredential(new GitCredential.Ssh(credential)));
    }

    private void key(String name, String type, String passphrase) throws IOException, InterruptedException {
        Programs.text(folder, "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
