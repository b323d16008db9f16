package io.jenkins.plugins.gateddeploy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.credential.CredentialsFile.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told of a file of credentials that cannot be used as it is. */
class CredentialsFileErrorsTest {
    @TempDir
    private Path directory;

    private Person person;

    @BeforeEach
    void makeHome() throws IOException {
        person = Person.in(directory);
    }

    @Test
    void saysWhatToDoWhenNobodyIsThereToAsk() throws Exception {
        Person.keygen(directory.resolve("key"), "ed25519", Person.PASSPHRASE);
        person.write("[a]\nkey = \"key\"\n");
        CredentialsFile unattended = new CredentialsFile(
                person.file(), new Surroundings(person.userHome(), person.environment(), null, null));

        assertRefused(() -> unattended.ssh("a"), "is encrypted", "passphrase = { env = \"NAME\" }");
    }

    @Test
    void refusesACredentialOfAnotherKind() throws Exception {
        Person.keygen(directory.resolve("key"), "ed25519", "");
        person.write("[k]\nkey = \"key\"\n[s]\nsecret = \"text\"\n");

        assertRefused(() -> person.credentials().secret("k"), "\"k\" in " + person.file(), "a secret text");
        assertRefused(() -> person.credentials().ssh("s"), "\"s\" in " + person.file(), "an SSH credential");
        assertRefused(() -> person.credentials().git("s"), "a credential for git");
    }

    @Test
    void namesFileAndIdOfAMissingCredentialAndWhatToAdd() throws Exception {
        assertRefused(
                () -> person.credentials().ssh("production-ssh"),
                "\"production-ssh\" in " + person.file(),
                "does not exist yet",
                "[production-ssh]\nkey = ");
        person.write("[other]\nsecret = \"x\"\n");
        assertRefused(() -> person.credentials().secret("a b\"c"), "[\"a b\\\"c\"]\nsecret = ");
    }

    @Test
    void namesVariablesAndFilesThatAreMissing() throws Exception {
        person.write(
                "[a]\nsecret = { env = \"NOT_SET\" }\n[b]\nsecret = { file = \"gone.txt\" }\n[c]\nkey = \"gone\"\n");
        person.environment().put("EMPTY", "");

        assertRefused(() -> person.credentials().secret("a"), person.file() + ":2: ", "NOT_SET, which is not set");
        assertRefused(
                () -> person.credentials().secret("b"),
                directory.resolve("gone.txt").toString());
        assertRefused(() -> person.credentials().ssh("c"), "no key file " + directory.resolve("gone"));
    }

    @Test
    void reportsEveryMistakeWithItsPlace() throws Exception {
        person.write("""
                top = 1
                [a]
                kee = "x"
                [b]
                key = 5
                passphrase = { environment = "X" }
                [c]
                secret = { env = "X", file = "y" }
                user = "z"
                [d]
                password = ["x"]
                secret = "s"
                """);
        assertRefused(
                () -> person.credentials().ssh("a"),
                person.file() + ":1:1: Expected a table",
                person.file() + ":2:1: Expected exactly one of key, password and secret in [a], found none",
                person.file()
                        + ":3:1: Unknown key kee in [a]: expected one of expires, key, passphrase, password, secret, user."
                        + " Did you mean key?",
                person.file() + ":5:1: Expected a text in quotes for key",
                "Unknown key environment in passphrase: expected one of env, file.",
                person.file() + ":8:1: Expected either env or file for secret",
                person.file() + ":9:1: A secret text has no user",
                person.file() + ":11:1: Expected password = { env",
                "found 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[a]\nsecret = \"hunter2\nx", "[a]\nsecret = hunter2\n", "[a]\nhunter2\n", "hunter2", "[a\n"})
    void pointsAtASyntaxErrorWithoutShowingWhatIsWritten(String text) throws Exception {
        person.write(text);
        assertThatThrownBy(() -> person.credentials().secret("a"))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining(person.file() + ":")
                .hasMessageContaining("no TOML")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesTextsInAFileThatOthersCanRead() throws Exception {
        person.write("[a]\nsecret = \"hunter2\"\n[b]\nsecret = { env = \"X\" }\n");
        person.environment().put("X", "x");
        Person.permit(person.file(), "rw-r-----");

        assertThatThrownBy(() -> person.credentials().secret("b"))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining(person.file() + ":2:1: ")
                .hasMessageContaining("Run: chmod 600 '" + person.file() + "'")
                .hasMessageNotContaining("hunter2");

        person.write("[b]\nsecret = { env = \"X\" }\n");
        Person.permit(person.file(), "rw-r--r--");
        assertThat(person.credentials().secret("b")).isEqualTo(Secret.of("x"));
    }

    @Test
    void refusesAPrivateKeyThatOthersCanRead() throws Exception {
        Path key = directory.resolve("it's a key");
        Person.keygen(key, "ed25519", "");
        Person.permit(key, "rw----r--");
        person.write("[a]\nkey = \"it's a key\"\n");

        assertRefused(
                () -> person.credentials().ssh("a"),
                "can be read or changed by other users",
                "chmod 600 '" + directory + "/it'\\''s a key'");
    }

    @Test
    void recognisesFilesThatAreNoPrivateKeys() throws Exception {
        Path key = directory.resolve("key");
        Person.keygen(key, "ed25519", "");
        Files.writeString(directory.resolve("ppk"), "PuTTY-User-Key-File-3: ssh-ed25519\n");
        Files.writeString(directory.resolve("half"), Files.readString(key).substring(0, 45));
        person.write("""
                [pub]
                key = "key.pub"
                [ppk]
                key = "ppk"
                [toml]
                key = "credentials.toml"
                [half]
                key = "half"
                [dir]
                key = "."
                """);

        assertRefused(() -> person.credentials().ssh("pub"), "a public key", "without .pub");
        assertRefused(() -> person.credentials().ssh("ppk"), "PuTTY", "puttygen");
        assertRefused(() -> person.credentials().ssh("toml"), "no private key");
        assertRefused(() -> person.credentials().ssh("half"), "no private key");
        assertRefused(() -> person.credentials().ssh("dir"), "is a directory");
    }

    private static void assertRefused(ThrowingCallable lookUp, String... parts) {
        assertThatThrownBy(lookUp).isInstanceOf(CredentialException.class).hasMessageContainingAll(parts);
    }
}
