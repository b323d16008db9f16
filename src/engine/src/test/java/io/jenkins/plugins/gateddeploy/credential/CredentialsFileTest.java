package io.jenkins.plugins.gateddeploy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.gateddeploy.credential.CredentialsFile.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {
    private static final String PASSPHRASE = "open sesame";

    @TempDir
    Path directory;

    private Path file;
    private Path userHome;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> questions = new ArrayList<>();

    @BeforeEach
    void makeHome() throws IOException {
        userHome = Files.createDirectories(directory.resolve("user home"));
        Files.createDirectories(userHome.resolve(".ssh"));
        file = directory.resolve("credentials.toml");
    }

    @Test
    void readsAKeyBesideTheFileAndOneInTheHomeDirectory() throws Exception {
        keygen(directory.resolve("deploy key"), "ed25519", "");
        keygen(userHome.resolve(".ssh/id_other"), "rsa", "");
        write("[a]\nkey = \"deploy key\"\nuser = \"deploy\"\n[\"b.c\"]\nkey = \"~/.ssh/id_other\"\n");

        SshCredential a = credentials().ssh("a");
        SshCredential b = credentials().ssh("b.c");

        assertThat(a.id()).isEqualTo("a");
        assertThat(a.defaultUser()).contains("deploy");
        assertThat(a.password()).isNull();
        assertThat(a.keys()).hasSize(1);
        assertThat(a.keys().get(0).name())
                .isEqualTo(directory.resolve("deploy key").toString());
        assertLoads(a);
        assertThat(b.defaultUser()).isEmpty();
        assertLoads(b);
        assertThat(questions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "rsa,", "ecdsa,", "rsa,PEM", "rsa,PKCS8", "ecdsa,PEM"})
    void seesWhichKeysAreEncryptedWhateverTheirFormat(String type, String format) throws Exception {
        for (String passphrase : List.of("", PASSPHRASE)) {
            Path key = directory.resolve("key" + passphrase.length());
            keygen(key, type, passphrase, format == null ? List.of() : List.of("-m", format));
            write("[a]\nkey = \"" + key.getFileName() + "\"\n");
            questions.clear();

            SshCredential credential = credentials().ssh("a");

            assertThat(questions).hasSize(passphrase.isEmpty() ? 0 : 1);
            assertLoads(credential);
        }
    }

    @Test
    void asksForAPassphraseOnceAndOnlyWhenNoVariableIsNamed() throws Exception {
        keygen(directory.resolve("key"), "ed25519", PASSPHRASE);
        write("[asked]\nkey = \"key\"\n[named]\nkey = \"key\"\npassphrase = { env = \"PASS\" }\n");
        environment.put("PASS", PASSPHRASE);
        CredentialsFile credentials = credentials();

        assertLoads(credentials.ssh("named"));
        assertThat(questions).isEmpty();
        assertLoads(credentials.ssh("asked"));
        credentials.ssh("asked");
        assertThat(questions).containsExactly("Passphrase for " + directory.resolve("key"));
    }

    @Test
    void findsACredentialOfWhateverTypeWithItsEndAndAsksNobody() throws Exception {
        keygen(directory.resolve("key"), "ed25519", PASSPHRASE);
        Files.writeString(directory.resolve("app.toml"), "a = 1\n");
        write("""
                [key]
                key = "key"
                expires = 2027-01-31T10:00:00Z
                [login]
                user = "deploy"
                password = "pass word"
                expires = 2027-01-31
                [file]
                secret = { file = "app.toml" }
                """);
        CredentialsFile credentials = credentials();

        Credential key = credentials.find("key", Set.of()).orElseThrow();
        assertThat(key.types()).containsExactly(Credential.Type.SSH_KEY);
        assertThat(key.end()).contains(Instant.parse("2027-01-31T10:00:00Z"));
        Credential login =
                credentials.find("login", Set.of(Credential.Type.TEXT)).orElseThrow();
        assertThat(login.types()).containsExactly(Credential.Type.LOGIN);
        assertThat(login.secrets()).containsExactly(Secret.of("pass word"));
        assertThat(login.end())
                .contains(LocalDate.of(2027, 2, 1)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant());
        Credential text = credentials.find("file", Set.of(Credential.Type.FILE)).orElseThrow();
        assertThat(text.types()).containsExactlyInAnyOrder(Credential.Type.TEXT, Credential.Type.FILE);
        assertThat(text.secrets()).containsExactly(Secret.of("a = 1"));
        assertThat(text.end()).isEmpty();
        assertThat(credentials.find("nobody", Set.of())).isEmpty();
        assertThat(questions).isEmpty();
        assertThat(key + " " + login).doesNotContain("pass word", "BEGIN");

        Files.delete(directory.resolve("key"));
        assertRefused(() -> credentials().find("key", Set.of()), "There is no key file");
        write("[a]\nsecret = \"x\"\nexpires = \"2027-01-31\"\n");
        assertRefused(() -> credentials().find("a", Set.of()), "Expected a date for expires");
    }

    @Test
    void saysWhatToDoWhenNobodyIsThereToAsk() throws Exception {
        keygen(directory.resolve("key"), "ed25519", PASSPHRASE);
        write("[a]\nkey = \"key\"\n");
        CredentialsFile unattended = new CredentialsFile(file, new Surroundings(userHome, environment, null, null));

        assertRefused(() -> unattended.ssh("a"), "is encrypted", "passphrase = { env = \"NAME\" }");
    }

    @Test
    void readsPasswordsAndSecretTexts() throws Exception {
        Files.writeString(directory.resolve("stripe.txt"), "sk_live_1\n");
        environment.put("PW", "pass word");
        write("""
                [login]
                user = "deploy"
                password = { env = "PW" }
                [token]
                password = { env = "PW" }
                [stripe]
                secret = { file = "stripe.txt" }
                [literal]
                secret = "in the file"
                """);
        CredentialsFile credentials = credentials();

        assertThat(credentials.ssh("login"))
                .isEqualTo(new SshCredential("login", "deploy", List.of(), Secret.of("pass word")));
        assertThat(credentials.git("login"))
                .isEqualTo(new GitCredential.UserPassword("deploy", Secret.of("pass word")));
        assertThat(credentials.git("token")).isEqualTo(new GitCredential.UserPassword("", Secret.of("pass word")));
        assertThat(credentials.secret("stripe")).isEqualTo(Secret.of("sk_live_1"));
        assertThat(credentials.secret("literal")).isEqualTo(Secret.of("in the file"));
    }

    @Test
    void givesAKeyForGitOverSsh() throws Exception {
        keygen(directory.resolve("key"), "ed25519", "");
        write("[a]\nkey = \"key\"\nuser = \"git\"\n");

        assertThat(credentials().git("a"))
                .isEqualTo(new GitCredential.Ssh(credentials().ssh("a")));
    }

    @Test
    void refusesACredentialOfAnotherKind() throws Exception {
        keygen(directory.resolve("key"), "ed25519", "");
        write("[k]\nkey = \"key\"\n[s]\nsecret = \"text\"\n");

        assertRefused(() -> credentials().secret("k"), "\"k\" in " + file, "a secret text");
        assertRefused(() -> credentials().ssh("s"), "\"s\" in " + file, "an SSH credential");
        assertRefused(() -> credentials().git("s"), "a credential for git");
    }

    @Test
    void namesFileAndIdOfAMissingCredentialAndWhatToAdd() throws Exception {
        assertRefused(
                () -> credentials().ssh("production-ssh"),
                "\"production-ssh\" in " + file,
                "does not exist yet",
                "[production-ssh]\nkey = ");
        write("[other]\nsecret = \"x\"\n");
        assertRefused(() -> credentials().secret("a b\"c"), "[\"a b\\\"c\"]\nsecret = ");
    }

    @Test
    void namesVariablesAndFilesThatAreMissing() throws Exception {
        write("[a]\nsecret = { env = \"NOT_SET\" }\n[b]\nsecret = { file = \"gone.txt\" }\n[c]\nkey = \"gone\"\n");
        environment.put("EMPTY", "");

        assertRefused(() -> credentials().secret("a"), file + ":2: ", "NOT_SET, which is not set");
        assertRefused(
                () -> credentials().secret("b"), directory.resolve("gone.txt").toString());
        assertRefused(() -> credentials().ssh("c"), "no key file " + directory.resolve("gone"));
    }

    @Test
    void reportsEveryMistakeWithItsPlace() throws Exception {
        write("""
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
                () -> credentials().ssh("a"),
                file + ":1:1: Expected a table",
                file + ":2:1: Expected exactly one of key, password and secret in [a], found none",
                file + ":3:1: Unknown key kee in [a]: expected one of expires, key, passphrase, password, secret, user."
                        + " Did you mean key?",
                file + ":5:1: Expected a text in quotes for key",
                "Unknown key environment in passphrase: expected one of env, file.",
                file + ":8:1: Expected either env or file for secret",
                file + ":9:1: A secret text has no user",
                file + ":11:1: Expected password = { env",
                "found 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[a]\nsecret = \"hunter2\nx", "[a]\nsecret = hunter2\n", "[a]\nhunter2\n", "hunter2", "[a\n"})
    void pointsAtASyntaxErrorWithoutShowingWhatIsWritten(String text) throws Exception {
        write(text);
        assertThatThrownBy(() -> credentials().secret("a"))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining(file + ":")
                .hasMessageContaining("no TOML")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesTextsInAFileThatOthersCanRead() throws Exception {
        write("[a]\nsecret = \"hunter2\"\n[b]\nsecret = { env = \"X\" }\n");
        environment.put("X", "x");
        permit(file, "rw-r-----");

        assertThatThrownBy(() -> credentials().secret("b"))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining(file + ":2:1: ")
                .hasMessageContaining("Run: chmod 600 '" + file + "'")
                .hasMessageNotContaining("hunter2");

        write("[b]\nsecret = { env = \"X\" }\n");
        permit(file, "rw-r--r--");
        assertThat(credentials().secret("b")).isEqualTo(Secret.of("x"));
    }

    @Test
    void refusesAPrivateKeyThatOthersCanRead() throws Exception {
        Path key = directory.resolve("it's a key");
        keygen(key, "ed25519", "");
        permit(key, "rw----r--");
        write("[a]\nkey = \"it's a key\"\n");

        assertRefused(
                () -> credentials().ssh("a"),
                "can be read or changed by other users",
                "chmod 600 '" + directory + "/it'\\''s a key'");
    }

    @Test
    void recognisesFilesThatAreNoPrivateKeys() throws Exception {
        Path key = directory.resolve("key");
        keygen(key, "ed25519", "");
        Files.writeString(directory.resolve("ppk"), "PuTTY-User-Key-File-3: ssh-ed25519\n");
        Files.writeString(directory.resolve("half"), Files.readString(key).substring(0, 45));
        write("""
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

        assertRefused(() -> credentials().ssh("pub"), "a public key", "without .pub");
        assertRefused(() -> credentials().ssh("ppk"), "PuTTY", "puttygen");
        assertRefused(() -> credentials().ssh("toml"), "no private key");
        assertRefused(() -> credentials().ssh("half"), "no private key");
        assertRefused(() -> credentials().ssh("dir"), "is a directory");
    }

    @Test
    void takesTheIdentityInPlaceOfEveryLookUp() throws Exception {
        Path identity = directory.resolve("identity");
        keygen(identity, "ed25519", "");
        CredentialsFile credentials =
                new CredentialsFile(file, new Surroundings(userHome, environment, identity, this::answer));

        assertThat(credentials.ssh("not-there").keys().get(0).name()).isEqualTo(identity.toString());
        assertThat(credentials.ssh(null).keys().get(0).name()).isEqualTo(identity.toString());
        assertRefused(() -> credentials.secret("not-there"), "not-there");
    }

    @Test
    void takesTheDefaultKeysThatExistAndCanBeUsed() throws Exception {
        Path ssh = userHome.resolve(".ssh");
        assertRefused(() -> credentials().ssh(null), ssh.toString(), "--identity");

        keygen(ssh.resolve("id_rsa"), "rsa", "");
        keygen(ssh.resolve("id_ed25519"), "ed25519", PASSPHRASE);
        assertThat(credentials().ssh(null).keys())
                .extracting(SshCredential.PrivateKey::name)
                .containsExactly(
                        ssh.resolve("id_ed25519").toString(),
                        ssh.resolve("id_rsa").toString());

        CredentialsFile unattended = new CredentialsFile(file, new Surroundings(userHome, environment, null, null));
        assertThat(unattended.ssh(null).keys())
                .extracting(SshCredential.PrivateKey::name)
                .containsExactly(ssh.resolve("id_rsa").toString());
    }

    private CredentialsFile credentials() {
        return new CredentialsFile(file, new Surroundings(userHome, environment, null, this::answer));
    }

    private Secret answer(String question) {
        questions.add(question);
        return Secret.of(PASSPHRASE);
    }

    private void write(String toml) throws IOException {
        Files.writeString(file, toml);
        permit(file, "rw-------");
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static void keygen(Path key, String type, String passphrase) throws Exception {
        keygen(key, type, passphrase, List.of());
    }

    private static void keygen(Path key, String type, String passphrase, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-q", "-t", type, "-N", passphrase, "-f", key.toString()));
        arguments.addAll(more);
        assertThat(sshKeygen(arguments)).isEmpty();
    }

    private static String sshKeygen(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(Boolean.getBoolean("gateddeploy.requireServers"), "ssh-keygen is not installed");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** The key can be read with the passphrase that came with it. */
    private void assertLoads(SshCredential credential) throws Exception {
        SshCredential.PrivateKey key = credential.keys().get(0);
        Path copy = directory.resolve("copy");
        Files.writeString(copy, key.text().reveal());
        permit(copy, "rw-------");
        String passphrase = key.passphrase() == null ? "" : key.passphrase().reveal();
        assertThat(sshKeygen(List.of("-y", "-P", passphrase, "-f", copy.toString())))
                .contains("AAAA");
    }

    private static void assertRefused(ThrowingCallable lookUp, String... parts) {
        assertThatThrownBy(lookUp).isInstanceOf(CredentialException.class).hasMessageContainingAll(parts);
    }
}
