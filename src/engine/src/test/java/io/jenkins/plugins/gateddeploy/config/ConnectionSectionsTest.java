package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.credential.Credential;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionSectionsTest {

    @Test
    void readsWhatAConfigurationFileHasToBe() throws Exception {
        ConfigFile config = Written.live("""
                        config.file = "./app.toml"
                        config.expect = { client_id = "a", "auth.urls" = ["b", { c = 1 }], pos = { embedded = true, "x.y" = 2.5 } }
                        config.absent = ["build . dev"]
                        config.unordered = ["auth"]
                        config.reference = { secret = "file" }
                        config.except = ["build"]
                        config.specific = ["client_id"]
                        config.development = "dev.toml"
                        """).checks().config().orElseThrow();

        assertThat(config.file()).isEqualTo("app.toml");
        assertThat(config.expected().values())
                .isEqualTo(Map.of(
                        "client_id",
                        "a",
                        "auth.urls",
                        List.of("b", Map.of("c", 1L)),
                        "pos.embedded",
                        true,
                        "pos.x.y",
                        2.5));
        assertThat(config.expected().absent()).containsExactly("build.dev");
        assertThat(config.reference())
                .contains(new ConfigFile.Reference(new ConfigFile.SecretFile("file"), List.of("build")));
        assertThat(config.specific()).isEqualTo(new ConfigFile.Specific(List.of("client_id"), Optional.of("dev.toml")));
    }

    @Test
    void overridesExpectedValuesKeyByKeyHoweverTheyAreWritten() throws Exception {
        ConfigFile config = Written.only("""
                        app = "x"
                        release.path = "/srv/x"
                        [config]
                        file = "app.toml"
                        expect = { "auth.url" = "top", "auth.other" = "top" }
                        [environments.live]
                        targets = ["web-1"]
                        config.expect.auth.url = "live"
                        """).checks().config().orElseThrow();

        assertThat(config.expected().values()).isEqualTo(Map.of("auth.url", "live", "auth.other", "top"));
    }

    @Test
    void readsWhatIsRequired() throws Exception {
        Requirements requires = Written.live("""
                        requires.credentials = ["a", { id = "b", type = "ssh-key" }]
                        requires.variables = ["DATABASE_URL"]
                        requires.variables_from.file = "config//.env"
                        """).checks().requires();

        assertThat(requires.credentials())
                .containsExactly(
                        new Requirements.Needed("a", Optional.empty()),
                        new Requirements.Needed("b", Optional.of(Credential.Type.SSH_KEY)));
        assertThat(requires.place()).contains(new Requirements.InFile("config/.env"));
        assertThat(Written.live("requires.variables_from.service = \"shop@1.service\"")
                        .checks()
                        .requires()
                        .place())
                .contains(new Requirements.OfService("shop@1.service"));
    }

    @Test
    void anEnvironmentNamesAnotherPlaceForVariables() throws Exception {
        Requirements requires = Written.only("""
                        app = "x"
                        release.path = "/srv/x"
                        requires.variables_from.file = ".env"
                        [environments.live]
                        targets = ["web-1"]
                        requires.variables_from.command = "env"
                        """).checks().requires();

        assertThat(requires.place()).contains(new Requirements.FromCommand("env"));
    }

    @Test
    void readsWhichSecretsMustNotBeThere() throws Exception {
        SecretRules secrets = Written.live("secrets = { deny = [\"a\", { secret = \"b\" }], shared = [\"C\"] }")
                .checks()
                .secrets();

        assertThat(secrets.live()).isEmpty();
        assertThat(secrets.deny()).containsExactly(new Variable.Literal("a"), new Variable.SecretReference("b"));
        assertThat(secrets.shared()).containsExactly("C");
    }
}
