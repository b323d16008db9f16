package io.jenkins.plugins.gateddeploy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential that is looked for by its id, whatever its type. */
class AnyCredentialTest {
    @TempDir
    private Path directory;

    @Test
    void findsACredentialOfWhateverTypeWithItsEndAndAsksNobody() throws Exception {
        Person person = Person.in(directory);
        Person.keygen(directory.resolve("key"), "ed25519", Person.PASSPHRASE);
        Files.writeString(directory.resolve("app.toml"), "a = 1\n");
        person.write("""
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
        CredentialsFile credentials = person.credentials();

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
        assertThat(person.questions()).isEmpty();
        assertThat(key + " " + login).doesNotContain("pass word", "BEGIN");

        Files.delete(directory.resolve("key"));
        assertThatThrownBy(() -> person.credentials().find("key", Set.of()))
                .hasMessageContaining("There is no key file");
        person.write("[a]\nsecret = \"x\"\nexpires = \"2027-01-31\"\n");
        assertThatThrownBy(() -> person.credentials().find("a", Set.of()))
                .hasMessageContaining("Expected a date for expires");
    }
}
