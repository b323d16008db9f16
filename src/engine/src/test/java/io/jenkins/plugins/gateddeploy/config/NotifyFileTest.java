package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyFileTest {
    @Test
    void readsEverySetting() throws Exception {
        NotifyFile file = NotifyFile.parse("notify.toml", """
                [mail]
                host = "smtp.example.org"
                port = 2525
                tls = "tls"
                from = "deploy@example.org"
                to = ["ops@example.org", "qa@example.org"]
                user = "deploy"
                password = { env = "SMTP_PASSWORD" }
                [mail.people]
                alice = "alice@example.org"
                "bob@corp" = "bob@example.org"
                [webhook]
                url = { secret = "chat-hook" }
                template = "chat.json"
                secret = { env = "HOOK_SECRET" }
                """);

        assertThat(file.mail())
                .contains(new MailSettings(
                        "smtp.example.org",
                        2525,
                        MailSettings.Tls.TLS,
                        "deploy@example.org",
                        List.of("ops@example.org", "qa@example.org"),
                        Map.of("alice", "alice@example.org", "bob@corp", "bob@example.org"),
                        Optional.of("deploy"),
                        Optional.of(new SecretPlace.Variable("SMTP_PASSWORD"))));
        assertThat(file.webhook())
                .contains(new WebhookSettings(
                        new SecretPlace.Credential("chat-hook"),
                        Optional.of("chat.json"),
                        Optional.of(new SecretPlace.Variable("HOOK_SECRET"))));
    }

    @ParameterizedTest
    @CsvSource({"starttls, 587", "tls, 465", "none, 25"})
    void takesTheUsualPort(String tls, int port) throws Exception {
        NotifyFile file = NotifyFile.parse(
                "notify.toml",
                "mail = { host = \"mx\", from = \"a@b.org\", to = [\"c@d.org\"], tls = \"" + tls + "\" }");

        assertThat(file.mail().orElseThrow().port()).isEqualTo(port);
    }

    @Test
    void tellsNobodyWhenNothingIsWritten() throws Exception {
        assertThat(NotifyFile.parse("notify.toml", "")).isEqualTo(NotifyFile.nothing());
    }

    @Test
    void namesAllFlawsAtOnce() {
        assertThatThrownBy(() -> NotifyFile.parse("notify.toml", """
                        [mail]
                        hosst = "smtp.example.org"
                        from = "Deployments"
                        port = 70000
                        user = "deploy"
                        [webhook]
                        url = "https://hooks.example.org/t0ken"
                        [chat]
                        """))
                .hasMessageContaining("notify.toml:2")
                .hasMessageContaining("Did you mean host?")
                .hasMessageContaining("mail.host is missing")
                .hasMessageContaining("mail.from must be an e-mail address")
                .hasMessageContaining("mail.port must be an integer from 1 to 65535")
                .hasMessageContaining("mail.to is missing")
                .hasMessageContaining("mail.password is missing")
                .hasMessageContaining("webhook.url must be { env = ")
                .hasMessageContaining("chat is not a known key")
                .message()
                .doesNotContain("t0ken");
    }

    @Test
    void sendsNoPasswordInTheClear() {
        String toml = """
                [mail]
                host = "HOST"
                tls = "none"
                from = "a@b.org"
                to = ["c@d.org"]
                user = "u"
                password = { env = "P" }
                """;

        assertThatThrownBy(() -> NotifyFile.parse("notify.toml", toml.replace("HOST", "smtp.example.org")))
                .hasMessageContaining("mail.tls must be \"starttls\" or \"tls\" where a password is sent");
        org.assertj.core.api.Assertions.assertThatNoException()
                .isThrownBy(() -> NotifyFile.parse("notify.toml", toml.replace("HOST", "localhost")));
    }

    @Test
    void wantsExactlyOnePlaceForASecret() {
        assertThatThrownBy(() -> NotifyFile.parse("notify.toml", "[webhook]\nurl = { env = \"A\", secret = \"b\" }"))
                .hasMessageContaining("webhook.url must have exactly one of env, secret, but has env and secret");
    }
}
