package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment names has to be on the host, of the right type, and not past its end. */
class CredentialsOfEnvironmentTest {
    private final Shop shop = new Shop();

    private static String production(String more) {
        return "[environments.production]\ntargets = [\"web-1\"]\n" + more + "\n";
    }

    @Test
    void findsCredentialsThatAreNotThere() throws Exception {
        shop.secret("here", "a secret");

        assertThat(shop.lines(production("requires.credentials = [\"here\", \"stripe-live\"]\n"
                        + "variables = { KEY = { secret = \"other\" } }")))
                .containsExactly(
                        "The credential \"stripe-live\", which requires.credentials in deploy.toml names, is not on this host."
                                + " Add it where the host keeps credentials, or correct the id. [credential.missing]",
                        "The credential \"other\", which the variable KEY names, is not on this host. Add it where the host"
                                + " keeps credentials, or correct the id. [credential.missing]");
    }

    @Test
    void findsCredentialsOfAnotherTypeEmptyOrOutOfReach() throws Exception {
        shop.credential("a", Credential.Type.LOGIN, "pw", null)
                .secret("b", " \n")
                .locked("c")
                .credential("d", Credential.Type.FILE, "x", null);

        assertThat(
                        shop.lines(
                                production(
                                        "requires.credentials = [{ id = \"a\", type = \"ssh-key\" }, \"b\", \"c\", { id = \"d\", type = \"file\" }]")))
                .containsExactly(
                        "The credential \"a\", which requires.credentials in deploy.toml names, should be an SSH key, but is a"
                                + " user name with password. Name another one, or make one of that type."
                                + " [credential.unusable]",
                        "The credential \"b\", which requires.credentials in deploy.toml names, is empty. Enter the secret"
                                + " where the host keeps it. [credential.unusable]",
                        "The credential \"c\", which requires.credentials in deploy.toml names, cannot be read: the vault is"
                                + " out of reach. Look at it where the host keeps credentials, and replace it there."
                                + " [credential.unusable]");
    }

    @Test
    void findsWhatHasExpiredAndWarnsBefore() throws Exception {
        shop.credential("over", Credential.Type.TEXT, "x", Shop.NOW.minusSeconds(1))
                .credential("soon", Credential.Type.TEXT, "x", Shop.NOW.plus(Duration.ofDays(3)))
                .credential("far", Credential.Type.TEXT, "x", Shop.NOW.plus(Duration.ofDays(30)));

        assertThat(shop.find(production("requires.credentials = [\"over\", \"soon\", \"far\"]")))
                .extracting(p -> p.severity() + " " + p.message())
                .containsExactly(
                        "ERROR The credential \"over\", which requires.credentials in deploy.toml names, expired on"
                                + " 2026-03-01T11:59:59Z.",
                        "WARNING The credential \"soon\", which requires.credentials in deploy.toml names, expires on"
                                + " 2026-03-04T12:00:00Z.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
    void readsTheEndOfRealSshCertificates(String type, @TempDir Path directory) throws Exception {
        RealPrograms.require("ssh-keygen");
        Keys.KeyFile authority = Keys.generate(directory, "authority", "ed25519");
        Keys.KeyFile user = Keys.generate(directory, "user", type);

        Keys.sshKeygen(
                "-q",
                "-s",
                authority.file().toString(),
                "-I",
                "deploy",
                "-n",
                "deploy,web",
                "-V",
                "20240102030405Z:20250102030405Z",
                user.file() + ".pub");
        assertThat(end(Files.readString(directory.resolve("user-cert.pub"))))
                .contains(Instant.parse("2025-01-02T03:04:05Z"));

        Keys.sshKeygen("-q", "-s", authority.file().toString(), "-I", "deploy", user.file() + ".pub");
        assertThat(end(Files.readString(directory.resolve("user-cert.pub"))))
                .as("for ever")
                .isEmpty();
        assertThat(end(Files.readString(Path.of(user.file() + ".pub")))).isEmpty();
    }

    @Test
    void readsTheEndOfARealX509Certificate(@TempDir Path directory) throws Exception {
        RealPrograms.require("openssl");
        Path certificate = directory.resolve("cert.pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-subj",
                        "/CN=shop",
                        "-days",
                        "2",
                        "-keyout",
                        directory.resolve("key.pem").toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(openssl.waitFor()).isZero();
        String both = Files.readString(directory.resolve("key.pem")) + Files.readString(certificate);

        assertThat(end(both))
                .get()
                .satisfies(end -> assertThat(Duration.between(Instant.now(), end))
                        .isBetween(Duration.ofHours(40), Duration.ofHours(49)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----",
                "ssh-ed25519-cert-v01@openssh.com AAAA",
                "ssh-ed25519-cert-v01@openssh.com f////w==",
                "ssh-new-cert-v01@openssh.com AAAA comment",
                "ssh-rsa-cert-v01@openssh.com ====",
            })
    void takesWhatOnlyLooksLikeACertificateForNone(String text) {
        assertThat(end(text)).isEmpty();
    }

    private static java.util.Optional<Instant> end(String text) {
        return EndOfValidity.of(new Credential("a", "a", Set.of(Credential.Type.TEXT), List.of(Secret.of(text)), null));
    }
}
