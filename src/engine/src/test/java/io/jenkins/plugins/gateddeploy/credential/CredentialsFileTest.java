package io.jenkins.plugins.gateddeploy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.credential.CredentialsFile.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person keeps in a file of credentials, as the command reads it. */
class CredentialsFileTest {
    @TempDir
    private Path directory;

    private Person person;

    @BeforeEach
    void makeHome() throws IOException {
        person = Person.in(directory);
    }

    @Test
    void readsAKeyBesideTheFileAndOneInTheHomeDirectory() throws Exception {
        Person.keygen(directory.resolve("deploy key"), "ed25519", "");
        Person.keygen(person.userHome().resolve(".ssh/id_other"), "rsa", "");
        person.write("[a]\nkey = \"deploy key\"\nuser = \"deploy\"\n[\"b.c\"]\nkey = \"~/.ssh/id_other\"\n");

        SshCredential a = person.credentials().ssh("a");
        SshCredential b = person.credentials().ssh("b.c");

        assertThat(a.id()).isEqualTo("a");
        assertThat(a.defaultUser()).contains("deploy");
        assertThat(a.password()).isNull();
        assertThat(a.keys()).hasSize(1);
        assertThat(a.keys().get(0).name())
                .isEqualTo(directory.resolve("deploy key").toString());
        assertLoads(a);
        assertThat(b.defaultUser()).isEmpty();
        assertLoads(b);
        assertThat(person.questions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "rsa,", "ecdsa,", "rsa,PEM", "rsa,PKCS8", "ecdsa,PEM"})
    void seesWhichKeysAreEncryptedWhateverTheirFormat(String type, String format) throws Exception {
        for (String passphrase : List.of("", Person.PASSPHRASE)) {
            Path key = directory.resolve("key" + passphrase.length());
            Person.keygen(key, type, passphrase, format == null ? List.of() : List.of("-m", format));
            person.write("[a]\nkey = \"" + key.getFileName() + "\"\n");
            person.questions().clear();

            SshCredential credential = person.credentials().ssh("a");

            assertThat(person.questions()).hasSize(passphrase.isEmpty() ? 0 : 1);
            assertLoads(credential);
        }
    }

    @Test
    void asksForAPassphraseOnceAndOnlyWhenNoVariableIsNamed() throws Exception {
        Person.keygen(directory.resolve("key"), "ed25519", Person.PASSPHRASE);
        person.write("[asked]\nkey = \"key\"\n[named]\nkey = \"key\"\npassphrase = { env = \"PASS\" }\n");
        person.environment().put("PASS", Person.PASSPHRASE);
        CredentialsFile credentials = person.credentials();

        assertLoads(credentials.ssh("named"));
        assertThat(person.questions()).isEmpty();
        assertLoads(credentials.ssh("asked"));
        credentials.ssh("asked");
        assertThat(person.questions()).containsExactly("Passphrase for " + directory.resolve("key"));
    }

    @Test
    void readsPasswordsAndSecretTexts() throws Exception {
        Files.writeString(directory.resolve("stripe.txt"), "sk_live_1\n");
        person.environment().put("PW", "pass word");
        person.write("""
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
        CredentialsFile credentials = person.credentials();

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
        Person.keygen(directory.resolve("key"), "ed25519", "");
        person.write("[a]\nkey = \"key\"\nuser = \"git\"\n");

        assertThat(person.credentials().git("a"))
                .isEqualTo(new GitCredential.Ssh(person.credentials().ssh("a")));
    }

    @Test
    void takesTheIdentityInPlaceOfEveryLookUp() throws Exception {
        Path identity = directory.resolve("identity");
        Person.keygen(identity, "ed25519", "");
        CredentialsFile credentials = new CredentialsFile(
                person.file(), new Surroundings(person.userHome(), person.environment(), identity, person::answer));

        assertThat(credentials.ssh("not-there").keys().get(0).name()).isEqualTo(identity.toString());
        assertThat(credentials.ssh(null).keys().get(0).name()).isEqualTo(identity.toString());
        assertRefused(() -> credentials.secret("not-there"), "not-there");
    }

    @Test
    void takesTheDefaultKeysThatExistAndCanBeUsed() throws Exception {
        Path ssh = person.userHome().resolve(".ssh");
        assertRefused(() -> person.credentials().ssh(null), ssh.toString(), "--identity");

        Person.keygen(ssh.resolve("id_rsa"), "rsa", "");
        Person.keygen(ssh.resolve("id_ed25519"), "ed25519", Person.PASSPHRASE);
        assertThat(person.credentials().ssh(null).keys())
                .extracting(SshCredential.PrivateKey::name)
                .containsExactly(
                        ssh.resolve("id_ed25519").toString(),
                        ssh.resolve("id_rsa").toString());

        CredentialsFile unattended = new CredentialsFile(
                person.file(), new Surroundings(person.userHome(), person.environment(), null, null));
        assertThat(unattended.ssh(null).keys())
                .extracting(SshCredential.PrivateKey::name)
                .containsExactly(ssh.resolve("id_rsa").toString());
    }

    /** The key can be read with the passphrase that came with it. */
    private void assertLoads(SshCredential credential) throws Exception {
        SshCredential.PrivateKey key = credential.keys().get(0);
        Path copy = directory.resolve("copy");
        Files.writeString(copy, key.text().reveal());
        Person.permit(copy, "rw-------");
        String passphrase = key.passphrase() == null ? "" : key.passphrase().reveal();
        assertThat(Person.sshKeygen(List.of("-y", "-P", passphrase, "-f", copy.toString())))
                .contains("AAAA");
    }

    private static void assertRefused(ThrowingCallable lookUp, String... parts) {
        assertThatThrownBy(lookUp).isInstanceOf(CredentialException.class).hasMessageContainingAll(parts);
    }
}
