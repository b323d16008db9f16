package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.cli.terminal.Screen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all commands, before any of them does anything. */
class UsageTest {
    @TempDir
    private Path home;

    private Given.Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--config")) {
            all.addAll(List.of("--config", home.resolve("deploy.toml").toString()));
        }
        return Given.Ran.of(Map.of(), home, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify",
                "deploy",
                "rollback",
                "unpin",
                "releases",
                "history",
                "log",
                "unlock",
                "doctor",
                "serve",
                "demo",
                "completion"
            })
    void helpsAtEveryLevel(String command) {
        Given.Ran own = run(command, "--help");
        Given.Ran all = run("--help");

        assertThat(own.code()).isZero();
        assertThat(own.out()).startsWith("Usage: gated-deploy " + command).contains("--config", "--json");
        assertThat(all.out()).contains("\n  " + command + " ", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "deploi production",
                "deploy",
                "deploy production --reff x",
                "deploy production --source . --ref x",
                "deploy production --include *.html",
                "history --limit 0",
                "history --limit many",
                "history --since yesterday",
                "history --state great",
                "log x"
            })
    void endsWithTwoWhenTheCommandLineMakesNoSense(String line) {
        Given.Ran ran = run(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("gated-deploy: ").doesNotContain("Exception", "\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void saysWhichVersionItIs() {
        assertThat(run("--version").out()).startsWith("gated-deploy ");
    }

    @Test
    void namesEveryFlawOfTheConfigurationWithItsPlace() throws Exception {
        Files.writeString(home.resolve("deploy.toml"), "app = 7\ntaks = {}\n");

        Given.Ran ran = run("deploy", "production");
        Given.Ran json = run("deploy", "production", "--json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("gated-deploy: "));
        assertThat(ran.err()).contains("deploy.toml:1:", "deploy.toml:2:1: ");
        assertThat(json.json().get("exitCode").asInt()).isEqualTo(2);
        assertThat(json.json().get("problems").findValuesAsText("line"))
                .contains("2")
                .doesNotContain("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten megabytes", "nested tables", "nested lists", "random 1", "random 2", "random 3"})
    void refusesAConfigurationThatNoPersonWrote(String kind) throws Exception {
        Files.write(home.resolve("deploy.toml"), monstrous(kind));

        Given.Ran ran = run("deploy", "production");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .hasSizeBetween(1, 101)
                .allMatch(line -> line.startsWith("gated-deploy: ") && line.length() < 1000);
        assertThat(ran.err()).contains("deploy.toml").doesNotContain("Exception", "StackOverflow");
        assertThat(home.resolve(".gated-deploy")).doesNotExist();
    }

    private static byte[] monstrous(String kind) {
        if (kind.startsWith("random ")) {
            byte[] bytes = new byte[10_000];
            new Random(Long.parseLong(kind.substring("random ".length()))).nextBytes(bytes);
            return bytes;
        }
        String text = switch (kind) {
            case "ten megabytes" -> "app = \"shop\"\n" + "#".repeat(10_000_000);
            case "nested tables" -> "a = " + "{ a = ".repeat(1000) + "1" + " }".repeat(1000);
            case "nested lists" -> "a = " + "[".repeat(1000) + "]".repeat(1000);
            default -> throw new IllegalArgumentException(kind);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatThereIsNoConfiguration() {
        Given.Ran ran = run("deploy", "production");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("deploy.toml", "There is no such file.", "--config");
    }

    @Test
    void takesGlobalOptionsBeforeAndAfterTheCommand() throws Exception {
        Path config = home.resolve("other.toml");

        assertThat(run("--config", config.toString(), "deploy", "x").err()).contains("other.toml");
        assertThat(run("deploy", "x", "--config", config.toString()).err()).contains("other.toml");
        assertThat(run("--json", "history").json().get("deployments")).isEmpty();
        assertThat(run("history", "--json").json().get("deployments")).isEmpty();
    }

    @Test
    void keepsItsHomeForItsUserAlone() throws Exception {
        Path chosen = home.resolve("chosen");

        assertThat(Given.Ran.of(Map.of("GATED_DEPLOY_HOME", chosen.toString()), home, "history")
                        .code())
                .isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chosen)))
                .isEqualTo("rwx------");
        assertThat(home.resolve(".gated-deploy")).doesNotExist();
        run("history");
        assertThat(home.resolve(".gated-deploy/history")).isDirectory();
    }

    @Test
    void saysInOneLineThatItsHomeCannotBeUsed() throws Exception {
        Path file = Files.createFile(home.resolve("file"));

        Given.Ran ran = run("history", "--home", file.resolve("home").toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().asString().contains("home.unusable", "--home");
    }

    @Test
    void printsNoEscapeSequenceWhereNobodyLooks() {
        assertThat(run("--help").out() + run("deploi").err()).doesNotContain("\u001b");
        Given.Ran coloured = Given.Ran.of(Map.of(), home, new Screen(true, true, 100), "--help");
        assertThat(coloured.out()).contains("\u001b[");
    }

    @Test
    void completesInTheShell() {
        assertThat(run("completion").out()).contains("complete -F", "rollback", "--known-hosts");
    }
}
