package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom we believe to be the server we meant, against a real sshd with an ed25519 and an ECDSA key. */
class HostKeysTest {
    @TempDir
    private static Path shared;

    private static OpenSshServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        RealPrograms.require("sshd", "ssh-keygen");
        server = OpenSshServer.start(shared.resolve("server"));
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void believesAKnownServer() throws Exception {
        assertThat(connect(server.knownHosts())).isEqualTo(Reached.YES);
    }

    @Test
    void believesAServerKnownByItsEcdsaKeyAlone() throws Exception {
        assertThat(connect(line(server.hostKey("ecdsa")))).isEqualTo(Reached.YES);
    }

    @Test
    void believesAHashedName() throws Exception {
        Path file = write(server.knownHosts());
        Keys.sshKeygen("-H", "-f", file.toString());
        assertThat(Files.readString(file)).startsWith("|1|").doesNotContain("127.0.0.1");

        assertThat(connect(HostKeys.knownHosts(file), server.target())).isEqualTo(Reached.YES);
    }

    @Test
    void believesPatterns() throws Exception {
        String key = server.hostKey("ed25519").publicLine();

        assertThat(connect("other,[127.0.*]:" + server.port() + " " + key)).isEqualTo(Reached.YES);
        assertThat(connect("* " + key)).isEqualTo(Reached.YES);
        assertThat(connect("127.0.0.? " + key))
                .as("without its port, as ssh does")
                .isEqualTo(Reached.YES);
    }

    @Test
    void honoursANegatedPattern() throws Exception {
        String key = server.hostKey("ed25519").publicLine();

        assertThat(connect("*,!" + server.knownHostsName() + " " + key)).isEqualTo(Reached.YES);
        assertThat(connect("*,!*127.0.0.1* " + key)).isEqualTo(Reached.NO);
    }

    @Test
    void passesOverCommentsAndLinesThatItCannotRead() throws Exception {
        assertThat(connect("# comment\n\nhalf\n@future * ssh-ed25519 AAAA\nx ssh-new !!!\n" + server.knownHosts()))
                .isEqualTo(Reached.YES);
    }

    @Test
    void looksIntoEachFile() throws Exception {
        Path missing = directory.resolve("none");

        assertThat(connect(HostKeys.knownHosts(missing, write(server.knownHosts())), server.target()))
                .isEqualTo(Reached.YES);
    }

    @Test
    void refusesAnUnknownServerWithTheLineThatWouldAcceptIt() throws Exception {
        Path file = write("[127.0.0.1]:1 " + server.hostKey("ed25519").publicLine() + "\n");

        Outcome.Unreached refused = refusal(HostKeys.knownHosts(file), server.target());

        assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY);
        assertThat(refused.message()).contains("not known", "ssh-ed25519 " + fingerprint("ed25519"), file.toString());
        assertThat(refused.mend()).contains(file.toString()).endsWith(": " + line(server.hostKey("ed25519")));

        Files.writeString(file, refused.mend().substring(refused.mend().indexOf(": ") + 2));
        assertThat(connect(HostKeys.knownHosts(file), server.target())).isEqualTo(Reached.YES);
    }

    @Test
    void refusesAChangedKeyWithBothFingerprints() throws Exception {
        Keys.KeyFile old = Keys.generate(directory, "old", "ed25519");
        Path file = write("# first line\n" + line(old) + "\n");

        Outcome.Unreached refused = refusal(HostKeys.knownHosts(file), server.target());

        assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY);
        assertThat(refused.message())
                .contains("has changed", "line 2 of " + file, fingerprint(old), fingerprint("ed25519"));
        assertThat(refused.mend()).endsWith(line(server.hostKey("ed25519")));
    }

    @Test
    void refusesARevokedKeyThoughItIsKnown() throws Exception {
        String revoked =
                server.knownHosts() + "@revoked * " + server.hostKey("ed25519").publicLine() + "\n";

        Outcome.Unreached refused = refusal(HostKeys.knownHosts(write(revoked)), server.target());

        assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY);
        assertThat(refused.message()).contains("revoked", fingerprint("ed25519"));
    }

    @Test
    void believesPinnedKeysAlone() throws Exception {
        HostKeys wrongFile = HostKeys.knownHosts(write(line(Keys.generate(directory, "wrong", "ed25519"))));

        assertThat(connect(wrongFile, server.pinned())).isEqualTo(Reached.YES);
        assertThat(connect(wrongFile, pinned(server.hostKey("ecdsa").publicLine() + " a comment")))
                .isEqualTo(Reached.YES);
    }

    @Test
    void refusesAnotherKeyThanThosePinned() throws Exception {
        Keys.KeyFile other = Keys.generate(directory, "other", "ed25519");

        Outcome.Unreached refused =
                refusal(HostKeys.knownHosts(write(server.knownHosts())), pinned(other.publicLine()));

        assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY);
        assertThat(refused.message()).contains("pinned", fingerprint("ed25519"));
        assertThat(refused.mend()).endsWith(server.hostKey("ed25519").publicLine());
    }

    @Test
    void refusesEveryoneWhenAFileCannotBeRead() throws Exception {
        Outcome.Unreached refused = refusal(HostKeys.knownHosts(directory), server.target());

        assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY);
        assertThat(refused.message()).contains("cannot be read", directory.toString());
    }

    @Test
    void learnsAnUnknownServerWhenTold() throws Exception {
        Path file = write("other ssh-ed25519 AAAA");
        HostKeys trusting = HostKeys.knownHosts(file).trustingOnFirstUse();

        assertThat(connect(trusting, server.target())).isEqualTo(Reached.YES);

        assertThat(Files.readAllLines(file)).containsExactly("other ssh-ed25519 AAAA", line(server.hostKey("ed25519")));
        assertThat(connect(HostKeys.knownHosts(file), server.target())).isEqualTo(Reached.YES);
    }

    @Test
    void doesNotLearnAChangedKey() throws Exception {
        String old = line(Keys.generate(directory, "old", "ed25519"));
        Path file = write(old);

        Outcome.Unreached refused = refusal(HostKeys.knownHosts(file).trustingOnFirstUse(), server.target());

        assertThat(refused.message()).contains("has changed");
        assertThat(file).hasContent(old);
    }

    @Test
    void learnsAServerOnceHoweverManyMeetItAtOnce() throws Exception {
        Path file = directory.resolve("new/known_hosts");
        List<CompletableFuture<Reached>> meetings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            meetings.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return connect(HostKeys.knownHosts(file).trustingOnFirstUse(), server.target());
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        assertThat(meetings).allSatisfy(meeting -> assertThat(meeting.join()).isEqualTo(Reached.YES));
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    private enum Reached {
        YES,
        NO
    }

    private Reached connect(String knownHosts) throws IOException, InterruptedException {
        return connect(HostKeys.knownHosts(write(knownHosts)), server.target());
    }

    private Reached connect(HostKeys hostKeys, Target target) throws IOException, InterruptedException {
        return Given.outcome(hostKeys, target, server.credential()).ok() ? Reached.YES : Reached.NO;
    }

    private Outcome.Unreached refusal(HostKeys hostKeys, Target target) throws InterruptedException {
        return (Outcome.Unreached) Given.outcome(hostKeys, target, server.credential());
    }

    private Target pinned(String... keys) {
        return new Target(OpenSshServer.user(), "127.0.0.1", server.port(), Set.of(), List.of(keys));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "known_hosts", ""), text);
    }

    private static String line(Keys.KeyFile key) {
        return server.knownHostsName() + " " + key.publicLine();
    }

    private static String fingerprint(String type) throws IOException {
        return fingerprint(server.hostKey(type));
    }

    private static String fingerprint(Keys.KeyFile key) throws IOException {
        Process keygen = new ProcessBuilder("ssh-keygen", "-l", "-f", key.file() + ".pub").start();
        return new String(keygen.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .split(" ", -1)[1];
    }
}
