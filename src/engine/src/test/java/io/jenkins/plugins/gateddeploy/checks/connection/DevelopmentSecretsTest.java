package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of development, of test modes and of documentation have no place in production. */
class DevelopmentSecretsTest {
    private static final String OWN = " Use production's own, or name it in secrets.shared when it really is the same"
            + " everywhere. [credential.development]";

    private final Shop shop = new Shop();

    private static String production(String more) {
        return "[environments.production]\ntargets = [\"web-1\"]\n" + more + "\n";
    }

    private static String staging(String more) {
        return "[environments.staging]\ntargets = [\"web-1\"]\n" + more + "\n";
    }

    @Test
    void findsTheSecretOfAnotherEnvironmentUnderWhateverName() throws Exception {
        shop.secret("a", "correct horse").secret("b", " correct horse\n").secret("c", "another one");
        shop.file("p.toml", "name = \"correct horse\"\napi_key = \"battery staple\"\n")
                .file("s.toml", "other_key = \"battery staple\"\n");
        String both =
                staging("variables = { PW = { secret = \"a\" } }\nconfig = { file = \"s.toml\" }") + production("""
                        variables = { PASSWORD = { secret = "b" }, OTHER = { secret = "c" } }
                        config = { file = "p.toml" }""");

        assertThat(shop.lines(both))
                .containsExactly(
                        "The variable PASSWORD holds the same secret as the variable PW of staging." + OWN,
                        "p.toml:2:1: The key api_key of p.toml holds the same secret as the key other_key of s.toml of"
                                + " staging." + OWN,
                        "p.toml:1:1: The key name of p.toml holds the same secret as the variable PW of staging."
                                + OWN);
        assertThat(shop.lines(both + "secrets.shared = [\"PASSWORD\", \"api_key\", \"name\"]\n"))
                .isEmpty();
    }

    @Test
    void letsEnvironmentsShareWhatIsNoSecret() throws Exception {
        shop.file("p.toml", "api_version = \"2025-01\"\nembedded_key = true\n")
                .file("s.toml", "api_version = \"2025-01\"\n");

        assertThat(shop.lines("variables = { APP_NAME = \"storefront\", PIN_TOKEN = \"123\" }\n"
                        + staging("config = { file = \"s.toml\" }")
                        + production("config = { file = \"p.toml\" }")))
                .isEmpty();
    }

    @Test
    void comparesProductionsWithEachOtherOnlyWhenOneIsNotLive() throws Exception {
        shop.secret("a", "correct horse");
        String variables = "variables = { PW = { secret = \"a\" } }\n";
        String other = "[environments.production-eu]\ntargets = [\"a\"]\n";

        assertThat(shop.lines(variables + production("") + other)).isEmpty();
        assertThat(shop.ids(variables + production("") + other + "secrets.live = false\n"))
                .containsExactly("credential.development");
        assertThat(shop.ids(variables + production("secrets.live = false") + staging("")))
                .isEmpty();
    }

    @Test
    void saysThatSecretsOfOtherEnvironmentsCannotBeRead() throws Exception {
        assertThat(shop.locked("theirs")
                        .lines(staging("variables = { PW = { secret = \"theirs\" } }") + production("")))
                .containsExactly("Secrets of staging cannot be read here, so nothing was compared with them: theirs."
                        + " [credential.development]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
                "pk_test_TYooMQauvdEDq54NiTphI7jx",
                "https://user:sk_test_4eC39HqLyjWDarjtT1zdp7dc@api.example.org/",
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "rzp_test_1DP5mmOlF5G5ag",
                "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
                "access-sandbox-de3ce8ef-33f8-452c-a685-8671031fc0f6",
                "AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
                "6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe",
                "1x0000000000000000000000000000000AA",
                "https://api-m.sandbox.paypal.com/v2",
                "django-insecure-x7#k2p0q9w8e7r6t5y4u3i2o1",
                "postgres://minioadmin:minioadmin@db/shop",
                "changeme",
            })
    void findsKeysOfTestModesAndDocumentation(String value) throws Exception {
        shop.secret("a", value)
                .file("p.toml", "x = [{ y = '" + value + "' }]")
                .file(".env.production", "K=\"" + value + "\"");

        assertThat(shop.lines(production("variables = { A = '" + value + "', B = { secret = \"a\" } }\n"
                        + "requires = { credentials = [\"a\"] }\nconfig = { file = \"p.toml\" }\n"
                        + "secrets = { files = [\".env.production\"] }")))
                .hasSize(5)
                .allMatch(line -> line.endsWith("[credential.development]"))
                .noneMatch(line -> line.contains(value));
        assertThat(shop.lines(production("") + "variables.A = '" + value + "'\nsecrets.live = false\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
                "pk_live_TYooMQauvdEDq54NiTphI7jx",
                "AKIAQYLPMN5HFIQR7XYA",
                "test_mode",
                "latest_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
                "sk_test_",
                "risk_test_results_of_may",
                "minioadmin.example.org",
                "AIzaSyB0123456789abcdefghijklmnopqrstuv",
                "https://api-m.paypal.com/v2",
                "production",
                "",
            })
    void passesLiveKeysAndOrdinaryValues(String value) throws Exception {
        assertThat(shop.lines(production("variables.A = '" + value + "'"))).isEmpty();
    }

    @Test
    void leavesCommentsOfFilesOut() throws Exception {
        shop.file(
                        ".env.production",
                        "# K=sk_test_4eC39HqLyjWDarjtT1zdp7dc\n\nexport A=1\n\"k\": \"sk_test_4eC39HqLyjWDarjtT1zdp7dc\",\nchangeme\n")
                .file("p.toml", "# sk_test_4eC39HqLyjWDarjtT1zdp7dc\na = 1\n");

        assertThat(shop.lines(
                        production("config = { file = \"p.toml\" }\nsecrets = { files = [\".env.production\"] }")))
                .containsExactly(
                        ".env.production:4: The key k of .env.production holds a key of test mode (Stripe)." + OWN,
                        ".env.production:5: Line 5 of .env.production holds a placeholder (Nobody)." + OWN);
        assertThat(shop.ids(production("secrets = { files = [\"none\"] }"))).containsExactly("check.failed");
    }

    @Test
    void findsWhatTheEnvironmentDenies() throws Exception {
        shop.secret("old", "leaked secret").secret("own", "leaked secret");
        String denied = "variables = { A = \"demo-1\", B = { secret = \"own\" }, C = \"mine\" }\n"
                + "secrets = { deny = [\"demo-*\", { secret = \"old\" }], live = false }";

        assertThat(shop.lines(production(denied)))
                .containsExactly(
                        "The variable A holds what secrets.deny in deploy.toml forbids." + OWN,
                        "The variable B holds the same secret as the credential \"old\", which secrets.deny in deploy.toml"
                                + " forbids." + OWN);
        assertThat(shop.locked("old").ids(production(denied)))
                .containsExactly("check.failed", "credential.development");
    }

    @Test
    void takesFurtherShapesFromAFileOfTheUser() throws Exception {
        String asked = production("variables.A = \"acme_sandbox_0123456789\"\nsecrets.test_keys = \"ci/keys.toml\"");
        shop.file(
                "ci/keys.toml",
                "[[key]]\nprovider = \"Acme\"\nwhat = \"a key of the sandbox\"\nbegins = [\"acme_sandbox_\"]\n");

        assertThat(shop.lines(asked)).containsExactly("The variable A holds a key of the sandbox (Acme)." + OWN);
        assertThat(new Shop().ids(asked)).containsExactly("check.failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | empty or no TOML",
                "a = 1 | tables [[key]]",
                "key = [1] | no table",
                "[[key]]\\nprovider = 1 | without provider",
                "[[key]]\\nprovider = \"a\"\\nwhat = \"b\" | without provider",
                "[[key]]\\nprovider = \"a\"\\nwhat = \"b\"\\nis = [\"abc\"] | four characters",
                "[[key]]\\nprovider = \"a\"\\nwhat = \"b\"\\nis = \"abcd\" | four characters",
                "[[key]]\\nprovider = \"a\"\\nwhat = \"b\"\\nregex = \"(a+)+\" | another key",
                "[[key]]\\nprovider = \"a\"\\nwhat = \"b\"\\nbegins = [\"abcd\"]\\nleast = -1 | without provider",
            })
    void refusesAFileWithShapesThatIsNotAsItShouldBe(String text, String message) throws Exception {
        shop.file("keys.toml", text.replace("\\n", "\n"));

        assertThat(shop.lines(production("secrets.test_keys = \"keys.toml\"")))
                .singleElement()
                .asString()
                .contains(message)
                .endsWith("[check.failed]");
    }
}
