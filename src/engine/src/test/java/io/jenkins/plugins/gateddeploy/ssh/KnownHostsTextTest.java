package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownHostsTextTest {
    private String key;

    @BeforeAll
    void makeKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        key = PublicKeyEntry.toString(pair.getPublic());
    }

    @Test
    void takesWhatOpenSshTakes() {
        String text = """
                # the servers of the shop

                web-1,[web-2]:2222 KEY root@web-1
                |1|c2FsdA==|aGFzaA== KEY
                @cert-authority *.example.org KEY
                \t@revoked\t*\tKEY\r
                """.replace("KEY", key);

        assertThat(KnownHostsText.problems(text)).isEmpty();
        assertThat(KnownHostsText.problems("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "web-1 ssh-ed25519, should name hosts",
        "web-1 ssh-ed25519 AAAA, cannot be read",
        "web-1 ssh-ed25519 !!!, cannot be read",
        "web-1 ssh-unheard-of AAAA, ssh-unheard-of",
        "@believe web-1 KEY, unknown marker",
        "|1|c2FsdA== KEY, |1|SALT|HASH",
        "-----BEGIN OPENSSH PRIVATE KEY-----, cannot be read"
    })
    void namesEachLineThatWouldBePassedOver(String line, String message) {
        String text = "web-9 " + key + "\n\n" + line.replace("KEY", key) + "\n";

        assertThat(KnownHostsText.problems(text))
                .singleElement()
                .extracting(Problem::oneLine)
                .asString()
                .startsWith("known_hosts:3: ")
                .contains(message);
    }

    @Test
    void refusesAKeyOfAnotherTypeThanItSays() {
        String other = key.replaceFirst("ecdsa-sha2-nistp256", "ssh-ed25519");

        assertThat(KnownHostsText.problems("web-1 " + other)).hasSize(1);
    }
}
