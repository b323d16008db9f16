package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.credential.Credential;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment's configuration file: there, readable, and what it should be. */
class ConnectionFileTest {
    private static final String APP = """
            # Learn more about configuring your app at https://shopify.dev/docs/apps/tools/cli/configuration
            client_id = "abc123"
            name = "Storefront"
            application_url = "https://shop.example.org"
            embedded = true

            [webhooks]
            api_version = "2025-01"

              [[webhooks.subscriptions]]
              topics = [ "app/uninstalled" ]
              uri = "/webhooks/app/uninstalled"

            [auth]
            redirect_urls = [ "https://shop.example.org/auth", "https://shop.example.org/callback" ]

            [api]
            access_token = "shpat_0123456789"
            """;

    private final Shop shop = new Shop();

    private static String production(String config) {
        return "[environments.production]\ntargets = [\"web-1\"]\nconfig = { file = \"shopify.app.toml\"" + config
                + " }\n";
    }

    @Test
    void findsNothingWhereNothingIsAsked() throws Exception {
        assertThat(shop.find(
                        "[environments.staging]\ntargets = [\"a\"]\n[environments.production]\ntargets = [\"a\"]\n"))
                .isEmpty();
        assertThat(shop.file("shopify.app.toml", APP).find(production(""))).isEmpty();
    }

    @Test
    void namesAFileThatIsNotInTheCommitAndSimilarOnes() throws Exception {
        shop.file("web/Shopify.app.toml", APP)
                .file("shopify.app.staging.toml", APP)
                .file("README.md", "x");

        assertThat(shop.lines(production("")))
                .containsExactly(
                        "shopify.app.toml: The environment's configuration file shopify.app.toml is not in main (a1b2c3d)."
                                + " Similar ones are there: shopify.app.staging.toml, web/Shopify.app.toml."
                                + " Commit it, or name the right one with config.file in deploy.toml. [toml.missing]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t\n", "# client_id = \"abc\"\n\n  # more", "\ufeff", "[auth]\n[webhooks]\n"})
    void takesAFileWithoutAnyValueForEmpty(String text) throws Exception {
        shop.file("shopify.app.toml", text);

        assertThat(shop.lines(production(", expect = { client_id = \"abc123\" }")))
                .singleElement()
                .asString()
                .startsWith("shopify.app.toml: The file ")
                .endsWith("[toml.empty]");
    }

    @Test
    void saysWhereAFileIsNoTomlWithoutShowingWhatItFound() throws Exception {
        shop.file("shopify.app.toml", "client_id = \"a\"\napi_key = sk_live_hunter2\nname = \"x\nclient_id = \"b\"\n");

        assertThat(shop.lines(production("")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("[toml.syntax]"))
                .noneMatch(line -> line.contains("hunter2"))
                .first()
                .asString()
                .startsWith("shopify.app.toml:2:11: This is no TOML");
    }

    @Test
    void refusesWhatIsNotUtf8OrFarTooLarge() throws Exception {
        shop.file("shopify.app.toml", "name = \"Käse\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(shop.lines(production(""))).singleElement().asString().contains("not UTF-8");

        shop.file("shopify.app.toml", new byte[5_000_000]);
        assertThat(shop.lines(production(""))).singleElement().asString().contains("5000000 bytes; at most 128 KiB");
    }

    @Test
    void showsADifferenceByKeyWithItsPlace() throws Exception {
        shop.file("shopify.app.toml", APP);

        assertThat(shop.lines(production("""
                , expect = { client_id = "xyz", "auth.redirect_urls" = ["https://shop.example.org/auth", "https://shop.example.org/new"], embedded = "true", "pos.embedded" = false, webhooks = "x" }, absent = ["api"]""")))
                .containsExactly(
                        "shopify.app.toml:15:1: auth.redirect_urls lacks [\"https://shop.example.org/new\"] and has"
                                + " [\"https://shop.example.org/callback\"], which should not be in it. Mend the file, or"
                                + " config in deploy.toml when that is out of date. [toml.mismatch]",
                        "shopify.app.toml:2:1: client_id must be \"xyz\", but is \"abc123\". Mend the file, or config in"
                                + " deploy.toml when that is out of date. [toml.mismatch]",
                        "shopify.app.toml:5:1: embedded must be \"true\", but is true (a string, not a boolean). Mend the"
                                + " file, or config in deploy.toml when that is out of date. [toml.mismatch]",
                        "shopify.app.toml: pos.embedded must be false, but is not there. Mend the file, or config in"
                                + " deploy.toml when that is out of date. [toml.mismatch]",
                        "shopify.app.toml: webhooks must be \"x\", but is a table with webhooks.api_version. Mend the file,"
                                + " or config in deploy.toml when that is out of date. [toml.mismatch]",
                        "shopify.app.toml:18:1: api.access_token must not be there, but is ****. Mend the file, or config"
                                + " in deploy.toml when that is out of date. [toml.mismatch]");
    }

    @Test
    void comparesListsInOrderUnlessToldOtherwise() throws Exception {
        shop.file("shopify.app.toml", APP);
        String swapped =
                ", expect = { auth.redirect_urls = [\"https://shop.example.org/callback\", \"https://*.example.org/auth\"] }";

        assertThat(shop.lines(production(swapped)))
                .singleElement()
                .asString()
                .contains("auth.redirect_urls has the expected values in another order");
        assertThat(shop.lines(production(swapped + ", unordered = [\"auth\"]"))).isEmpty();
        assertThat(
                        shop.lines(
                                production(
                                        ", expect = { \"webhooks.subscriptions\" = [{ uri = \"/webhooks/**\", topics = [\"app/uninstalled\"] }] }")))
                .isEmpty();
    }

    @Test
    void findsTheOneWayToPairPatternsWithValues() throws Exception {
        shop.file("shopify.app.toml", "urls = [\"ab\", \"ac\"]");

        assertThat(shop.lines(production(", expect = { urls = [\"a*\", \"ab\"] }, unordered = [\"urls\"]")))
                .isEmpty();
        assertThat(shop.lines(production(", expect = { urls = [\"ac\", \"ab*\"] }, unordered = [\"urls\"]")))
                .isNotEmpty();
    }

    @Test
    void agreesWithAReferenceWithoutShowingAnythingOfIt() throws Exception {
        shop.file("shopify.app.toml", APP.replace("abc123", "abc124").replace("embedded = true", "pos = true"));
        shop.credential("shopify-production", Credential.Type.FILE, APP, null);
        String reference = ", reference = { secret = \"shopify-production\" }";

        assertThat(shop.lines(production(reference)))
                .containsExactly(
                        "shopify.app.toml:2:1: client_id is \"abc124\", which is not what the reference has (credential"
                                + " \"shopify-production\"). Mend the file, or config in deploy.toml when that is out of"
                                + " date. [toml.mismatch]",
                        "shopify.app.toml: embedded must be what the reference has (credential \"shopify-production\"), but"
                                + " is not there. Mend the file, or config in deploy.toml when that is out of date."
                                + " [toml.mismatch]",
                        "shopify.app.toml:5:1: pos is true, but the reference has no such key (credential"
                                + " \"shopify-production\"). Mend the file, or config in deploy.toml when that is out of"
                                + " date. [toml.mismatch]");
        assertThat(shop.lines(production(
                        reference + ", except = [\"embedded\", \"pos\"], expect = { client_id = \"abc*\" }")))
                .isEmpty();
    }

    @Test
    void agreesWithEveryVersionThatIsCurrent() throws Exception {
        shop.file("shopify.app.toml", APP);
        String reference = ", reference = \"current\"";
        assertThat(shop.lines(production(reference))).singleElement().asString().contains("no release yet");

        shop.current("v1 (1111111)", "shopify.app.toml", "# the same\n" + APP);
        assertThat(shop.lines(production(reference))).isEmpty();

        shop.current("v0 (0000000)", "shopify.app.toml", APP.replace("Storefront", "Shop"));
        assertThat(shop.lines(production(reference)))
                .singleElement()
                .asString()
                .contains("name must be \"Shop\", but is \"Storefront\" (v0 (0000000), which is current).");

        shop.current("v2 (2222222)", "other.toml", APP);
        assertThat(shop.lines(production(reference)))
                .last()
                .asString()
                .contains("has no shopify.app.toml")
                .endsWith("[check.failed]");
    }

    @Test
    void doesNotPassWhenTheReferenceCannotBeRead() throws Exception {
        shop.file("shopify.app.toml", APP)
                .locked("locked")
                .secret("broken", "hunter2 = hunter2")
                .secret("text", "x=1");
        String reference = ", reference = { secret = \"%s\" }";

        assertThat(shop.ids(production(reference.formatted("nobody")))).contains("check.failed", "credential.missing");
        assertThat(shop.lines(production(reference.formatted("locked"))))
                .anyMatch(line -> line.contains("the vault is out of reach") && line.endsWith("[check.failed]"));
        assertThat(shop.lines(production(reference.formatted("broken"))))
                .anyMatch(line -> line.endsWith("[check.failed]"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void masksWhatMightBeASecretInADifference() throws Exception {
        shop.file("shopify.app.toml", """
                        name = "x-hunter22-y"
                        dsn = "postgres://app:letmein1@db/shop"
                        [hooks]
                        signing_secret = "whsec_1234"
                        list = [{ password = "opensesame", name = "a" }]
                        """);
        shop.secret("known", "hunter22");

        assertThat(shop.lines(production(
                                ", expect = { name = \"x\", dsn = \"y\", \"hooks.list\" = [], \"hooks.signing_secret\" = \"abc\" }")
                        + "requires = { credentials = [\"known\"] }\n"))
                .hasSize(4)
                .noneMatch(line -> line.contains("hunter22")
                        || line.contains("letmein1")
                        || line.contains("whsec_1234")
                        || line.contains("opensesame"));
    }

    @Test
    void showsTheFirstHundredDifferencesAndSaysThatThereAreMore() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 250; i++) {
            many.append("key_").append(i).append(" = 1\n");
        }
        shop.file("shopify.app.toml", "a = 1").current("v1", "shopify.app.toml", many.toString());

        assertThat(shop.lines(production(", reference = \"current\"")))
                .hasSize(101)
                .last()
                .asString()
                .contains("151 more keys differ");
    }

    @Test
    void findsValuesOfDevelopmentInWhatBelongsToTheEnvironment() throws Exception {
        shop.file("shopify.app.toml", APP)
                .file(
                        "shopify.app.dev.toml",
                        APP.replace("application_url = \"https://shop", "application_url = \"https://dev")
                                .replace("shpat_0", "shpat_1"));
        String specific = ", specific = [\"client_id\", \"application_url\", \"auth\"]";
        String development = "[environments.development]\ntargets = [\"a\"]\nconfig = { file = \"%s\" }\n";

        assertThat(shop.lines(production(specific + ", development = \"shopify.app.dev.toml\"")))
                .containsExactly(
                        "shopify.app.toml:15:1: auth.redirect_urls is [\"https://shop.example.org/auth\","
                                + " \"https://shop.example.org/callback\"], the same as in shopify.app.dev.toml for"
                                + " development, but it should belong to this environment alone. Write this environment's"
                                + " own value. [toml.development-value]",
                        "shopify.app.toml:2:1: client_id is \"abc123\", the same as in shopify.app.dev.toml for"
                                + " development, but it should belong to this environment alone. Write this environment's"
                                + " own value. [toml.development-value]");
        assertThat(shop.ids(production(specific) + development.formatted("shopify.app.dev.toml")))
                .containsExactly("toml.development-value", "toml.development-value");
        assertThat(shop.lines(production(specific) + development.formatted("shopify.app.toml")))
                .singleElement()
                .asString()
                .contains("Development reads the same file");
        assertThat(shop.ids(production(specific))).containsExactly("check.failed");
        assertThat(shop.ids(production(specific) + development.formatted("nowhere.toml")))
                .containsExactly("check.failed");
    }
}
