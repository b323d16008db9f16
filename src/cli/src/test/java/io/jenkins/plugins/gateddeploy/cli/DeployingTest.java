package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that change targets do, and how they end. */
class DeployingTest {
    @TempDir
    private Path directory;

    private Given given;

    @BeforeEach
    void startServers() throws Exception {
        given = new Given(directory, 2);
        given.configure("");
    }

    @AfterEach
    void stopServers() throws Exception {
        given.close();
    }

    private String served(int server) throws Exception {
        return Files.readString(given.current(server).resolve("index.html")).strip();
    }

    @Test
    void deploysAndRollsBackAndRemembersIt() throws Exception {
        Given.Ran first = given.run("deploy", "production");
        given.commit("v2", "Second page");
        Given.Ran second = given.run("deploy", "production", "--ref", "v2", "--reason", "Spring sale");
        assertThat(served(1) + served(2)).isEqualTo("v2v2");
        Given.Ran back = given.run("rollback", "production", "--reason", "Prices were wrong");

        assertThat(List.of(first.code(), second.code(), back.code())).containsOnly(0);
        assertThat(served(1) + served(2)).isEqualTo("v1v1");
        assertThat(second.out())
                .contains("Deploying shop to production", "v2 → ", "\"Second page\" by Ada Example")
                .containsPattern("#2 succeeded in .*Release .* is current");
        JsonNode history = given.run("history", "--json").json().get("deployments");
        assertThat(history).hasSize(3);
        assertThat(history.get(0).get("kind").asText()).isEqualTo("ROLLBACK");
        assertThat(history.get(1).get("tag").asText()).isEqualTo("v2");
        assertThat(history.get(1).get("targets")).hasSize(2);
        assertThat(history.findValuesAsText("reason")).containsExactly("Prices were wrong", "Spring sale", "");
        assertThat(given.run("history").out()).contains("REASON", "Prices were wrong", "Spring sale");
        assertThat(given.run("history", "--search", "second").out()).contains("Second page");
        assertThat(given.run("history", "--state", "failed").out()).contains("No deployment matches.");
    }

    @Test
    void showsReleasesAndInWhatTheTargetsDiffer() throws Exception {
        given.run("deploy", "production");
        given.commit("v2", "Second page");
        String only = "127.0.0.1:" + given.servers.get(0).port();
        Given.Ran one = given.run("deploy", "production", "--target", only);
        assertThat(one.code()).isZero();

        Given.Ran table = given.run("releases", "production");
        JsonNode releases = given.run("releases", "production", "--json").json();

        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("current on " + only, "The targets differ", "not on 127.0.0.1:");
        assertThat(releases.get("uniform").asBoolean()).isFalse();
        assertThat(releases.get("targets")).hasSize(2);
        assertThat(releases.at("/releases/0/tag").asText()).isEqualTo("v2");
        assertThat(releases.at("/releases/0/missing/0").asText())
                .isEqualTo("127.0.0.1:" + given.servers.get(1).port());
    }

    @Test
    void endsWithOneAndSaysWhatIsCurrentWhenATaskFails() throws Exception {
        given.run("deploy", "production");
        given.configure("[tasks]\nbreak = \"exit 3\"\n");

        Given.Ran ran = given.run("deploy", "production");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()
                        .lines()
                        .toList()
                        .subList(
                                ran.out().lines().toList().size() - 3,
                                ran.out().lines().toList().size()))
                .anyMatch(line -> line.contains("current 2"))
                .anyMatch(line -> line.contains("#2 failed"));
        assertThat(served(1)).isEqualTo("v1");
    }

    @Test
    void printsOneDocumentAndItsLogBesideIt() throws Exception {
        Given.Ran ran = given.run("--json", "deploy", "production");

        assertThat(ran.json().at("/deployment/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ran.json().at("/deployment/targets")).hasSize(2);
        assertThat(ran.json().get("locked").asBoolean()).isFalse();
        assertThat(ran.err()).contains("Deploying shop", "Switched to");
    }

    @Test
    void printsEveryCommandOfADryRunAndChangesNothing() throws Exception {
        Given.Ran ran = given.run("deploy", "production", "--dry-run");

        assertThat(ran.code()).isZero();
        String name = "127.0.0.1:" + given.servers.get(0).port();
        assertThat(ran.out())
                .contains("# " + name + ": lock", "# " + name + ": receive files", "# " + name + ": switch");
        assertThat(ran.out().indexOf(name + ": lock")).isLessThan(ran.out().indexOf(name + ": switch"));
        assertThat(given.disk(1).resolve("srv")).doesNotExist();
        JsonNode json = given.run("deploy", "production", "--dry-run", "--json").json();
        assertThat(json.at("/commands/0/name").asText()).isEqualTo("lock");
        assertThat(json.at("/commands/0/script").asText()).contains(Given.PATH);
        assertThat(given.run("history", "--json").json().get("deployments")).isEmpty();
    }

    @Test
    void deploysAFolderWithoutWhatIsExcluded() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("dist"));
        Files.writeString(folder.resolve("index.html"), "built\n");
        Files.writeString(folder.resolve("index.map"), "map\n");

        Given.Ran ran = given.run("deploy", "production", "--source", folder.toString(), "--exclude", "**/*.map");

        assertThat(ran.code()).isZero();
        assertThat(served(2)).isEqualTo("built");
        assertThat(given.current(2).resolve("index.map")).doesNotExist();
    }

    @Test
    void endsWithFiveWhileSomebodyElseDeploys() throws Exception {
        Path go = directory.resolve("go");
        Path started = directory.resolve("started");
        given.configure("[tasks]\nwait = \"touch " + started + "; while [ ! -e " + go + " ]; do sleep 0.1; done\"\n");
        CompletableFuture<Given.Ran> slow = CompletableFuture.supplyAsync(() -> given.run("deploy", "production"));
        try {
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(started));
            Given.Ran late = given.run("deploy", "production", "--json");
            assertThat(late.code()).isEqualTo(5);
            assertThat(late.json().get("locked").asBoolean()).isTrue();
            assertThat(late.json().get("heldBy").asText()).contains("Deploy");
            assertThat(given.run("unlock", "production").code()).isEqualTo(5);
        } finally {
            Files.createFile(go);
        }
        assertThat(slow.get(60, TimeUnit.SECONDS).code()).isZero();
        assertThat(given.run("unlock", "production").code()).isZero();
    }

    @Test
    void showsTheLogOfADeployment() throws Exception {
        given.configure("[tasks]\nhello = \"echo here I am\"\n");
        given.run("deploy", "production");

        Given.Ran log = given.run("log", "#1", "--follow");

        assertThat(log.code()).isZero();
        assertThat(log.out()).contains("here I am", "Switched to");
        assertThat(given.run("log", "1", "--json").json().get("lines").toString())
                .contains("here I am");
        assertThat(given.run("log", "7").code()).isEqualTo(2);
    }

    @Test
    void neverPrintsASecretAndNamesTheOneThatIsMissing() throws Exception {
        given.configure(
                "[variables]\nTOKEN = { secret = \"api\" }\n[tasks]\nleak = \"echo token is $TOKEN; env | grep TOKEN\"\n");
        Given.Ran without = given.run("deploy", "production");
        Files.writeString(directory.resolve("home/credentials.toml"), "[api]\nsecret = { env = \"API_TOKEN\" }\n");
        Given.Ran with = Given.Ran.of(
                Map.of("API_TOKEN", "correct-horse-battery"), directory, given.options("deploy", "production"));
        Given.Ran dry = Given.Ran.of(
                Map.of("API_TOKEN", "correct-horse-battery"),
                directory,
                given.options("deploy", "production", "--dry-run"));

        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("TOKEN", "api", "credentials.toml");
        assertThat(with.code()).isZero();
        assertThat(with.out()).contains("token is ****");
        assertThat(with.out() + with.err() + dry.out() + dry.err()).doesNotContain("correct-horse-battery");
        assertThat(given.run("log", "1").out()).contains("token is ****").doesNotContain("correct-horse");
    }
}
