package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of credential, against a real sshd. */
class LoginTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void programs() {
        RealPrograms.require("sshd", "ssh-keygen");
    }

    static Stream<List<String>> kinds() {
        return Stream.of(
                List.of("ed25519", ""),
                List.of("ed25519", "a passphrase ü"),
                List.of("ecdsa", ""),
                List.of("ecdsa", "secret", "-m", "PEM"),
                List.of("ecdsa", "secret", "-b", "521"),
                List.of("rsa", ""),
                List.of("rsa", "", "-m", "PEM"),
                List.of("rsa", "secret", "-m", "PEM"),
                List.of("rsa", "", "-m", "PKCS8"),
                List.of("rsa", "secret", "-m", "PKCS8"),
                List.of("ecdsa", "secret", "-m", "PKCS8"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void logsInWithAKey(List<String> kind) throws Exception {
        Keys.KeyFile key = Keys.generate(
                directory,
                "user",
                kind.get(0),
                kind.get(1),
                kind.subList(2, kind.size()).toArray(String[]::new));
        try (OpenSshServer server =
                OpenSshServer.in(directory.resolve("server")).userKey(key).start()) {
            assertThat(logIn(server, key.credential(OpenSshServer.user())).describe())
                    .isEqualTo("done");
        }
    }

    @Test
    void refusesAKeyThatTheServerDoesNotKnow() throws Exception {
        Keys.KeyFile stranger = Keys.generate(directory, "stranger", "ed25519");
        try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"))) {
            Outcome.Unreached refused = (Outcome.Unreached) logIn(server, stranger.credential(OpenSshServer.user()));

            assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION);
            assertThat(refused.message())
                    .contains("did not let in " + OpenSshServer.user(), "stranger", "key ssh-ed25519 SHA256:");
            assertThat(refused.mend()).contains("authorized_keys");
        }
    }

    @Test
    void triesEachKeyInTurn() throws Exception {
        Keys.KeyFile stranger = Keys.generate(directory, "stranger", "ed25519");
        try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"))) {
            List<SshCredential.PrivateKey> both = Stream.of(stranger.credential("x"), server.credential())
                    .flatMap(one -> one.keys().stream())
                    .toList();

            assertThat(logIn(server, new SshCredential("both", OpenSshServer.user(), both, null))
                            .ok())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RFC4716", "PEM", "PKCS8"})
    void saysThatAPassphraseIsMissingOrWrong(String format) throws Exception {
        String text = Keys.generate(directory, "locked", "ecdsa", "right", "-m", format)
                .privateText();
        try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"))) {
            assertThat(unusable(server, text, null)).contains("is encrypted and no passphrase was given");
            assertThat(unusable(server, text, "hunter2"))
                    .contains("cannot be decrypted with the passphrase given")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void saysThatATextIsNoPrivateKeyWithoutShowingIt() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"))) {
            String half = server.userKey().privateText().substring(0, 200);

            for (String text : List.of("", "hunter2", half, server.userKey().publicLine())) {
                assertThat(unusable(server, text, null))
                        .contains("is not a private key as OpenSSH writes it")
                        .doesNotContain("hunter2");
            }
        }
    }

    @Test
    void takesTheTargetsUserBeforeTheCredentials() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"))) {
            Target unnamed = new Target(null, "127.0.0.1", server.port(), Set.of(), server.hostKeyLines());
            SshCredential nobody = server.userKey().credential(null);

            assertThat(logIn(server.pinned(), server.userKey().credential("somebody-else"))
                            .ok())
                    .isTrue();
            assertThat(logIn(unnamed, server.credential()).ok()).isTrue();
            assertThat(logIn(unnamed, nobody)).isInstanceOfSatisfying(Outcome.Unreached.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION);
                assertThat(refused.message()).contains("as which user");
            });
        }
    }

    @Test
    void logsInWithAPassword() throws Exception {
        // A real sshd would need PAM or an entry in /etc/shadow for that.
        SshServer server = SshServer.setUpDefaultServer();
        SimpleGeneratorHostKeyProvider hostKeys = new SimpleGeneratorHostKeyProvider(directory.resolve("key"));
        hostKeys.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(hostKeys);
        server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
        server.setPasswordAuthenticator((user, password, session) -> user.equals("ann") && password.equals("right"));
        server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        server.start();
        try (server) {
            String pin = PublicKeyEntry.toString(hostKeys.loadKeys(null).get(0).getPublic());
            Target target = new Target("ann", "127.0.0.1", server.getPort(), Set.of(), List.of(pin));

            assertThat(logIn(target, password("right")).ok()).isTrue();
            assertThat(logIn(target, password("wrong")).describe())
                    .contains("did not let in ann", "a password")
                    .doesNotContain("wrong");
        }
    }

    @Test
    void offersNothingButTheCredential() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(directory.resolve("server"))) {
            SshCredential empty = new SshCredential("empty", OpenSshServer.user(), List.of(), null);

            assertThat(logIn(server, empty).describe()).contains("which offered nothing");
        }
    }

    private static SshCredential password(String text) {
        return new SshCredential("password", null, List.of(), Secret.of(text));
    }

    private static String unusable(OpenSshServer server, String text, String passphrase) throws InterruptedException {
        Secret secret = passphrase == null ? null : Secret.of(passphrase);
        Outcome outcome = logIn(
                server,
                new SshCredential(
                        "cred",
                        OpenSshServer.user(),
                        List.of(new SshCredential.PrivateKey("key file", Secret.of(text), secret)),
                        null));
        assertThat(((Outcome.Unreached) outcome).reason()).isEqualTo(Reason.AUTHENTICATION);
        return outcome.describe();
    }

    private static Outcome logIn(OpenSshServer server, SshCredential credential) throws InterruptedException {
        return logIn(server.pinned(), credential);
    }

    private static Outcome logIn(Target target, SshCredential credential) throws InterruptedException {
        try (SshConnector connector = new SshConnector(HostKeys.knownHosts());
                Targets targets = connector.open(Given.access(target, credential))) {
            return Given.only(targets, target, Given.script("true"));
        }
    }
}
