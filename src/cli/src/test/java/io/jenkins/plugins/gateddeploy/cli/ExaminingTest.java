package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} and {@code doctor} find. */
class ExaminingTest {
    @TempDir
    private Path directory;

    private Given given;

    @BeforeEach
    void startServers() throws Exception {
        given = new Given(directory, 1);
        given.configure("");
    }

    @AfterEach
    void stopServers() throws Exception {
        given.close();
    }

    @Test
    void verifiesWhatIsReady() throws Exception {
        Given.Ran ran = given.run("verify", "production");
        JsonNode json = given.run("verify", "production", "--json").json();

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("First page", "Fit to be deployed to");
        assertThat(json.get("ok").asBoolean()).isTrue();
        assertThat(json.get("commit").asText()).hasSize(40);
        assertThat(json.get("problems").findValuesAsText("severity")).doesNotContain("ERROR");
        assertThat(json.at("/targets/0/current").asText()).isEmpty();
    }

    @Test
    void findsAllThatIsWrongAtOnce() throws Exception {
        given.configure("strategy = { kind = \"rolling\" }\n");
        given.servers.get(0).close();

        Given.Ran ran = given.run("verify", "production", "--ref", "no-such-branch");
        JsonNode json = given.run("verify", "production", "--ref", "no-such-branch", "--json")
                .json();

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).contains("[config.not-built]", "strategy", "[target.unreachable]", "[source.not-found]");
        assertThat(json.get("ok").asBoolean()).isFalse();
        assertThat(json.get("problems").findValuesAsText("id"))
                .contains("config.not-built", "source.not-found", "target.unreachable");
        assertThat(given.run("deploy", "production").code()).isEqualTo(2);
    }

    @Test
    void findsAHostKeyThatChanged() throws Exception {
        Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.1]:" + given.servers.get(0).port()
                        + " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIFEgEgwA1jDBcRYjWmYA1gaQDAQvXKnuEiEbV5TFrEN\n");

        Given.Ran ran = given.run("verify", "production");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).contains("[target.host-key]");
    }

    @Test
    void examinesATargetAndSaysHowToMendIt() throws Exception {
        Files.createDirectories(given.disk(1).resolve("srv/shop/current"));

        Given.Ran ran = given.run("doctor", "production");
        JsonNode json = given.run("doctor", "production", "--json").json();

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).contains("[target.current]", "mv current releases/before-gated-deploy", "programs");
        assertThat(json.at("/targets/0/facts/clock").asText()).isNotEmpty();
        assertThat(json.at("/targets/0/problems/0/mend").asText()).contains("ln -s");
    }

    @Test
    void writesWhatItFoundForOtherTools() throws Exception {
        Files.createDirectories(given.disk(1).resolve("srv/shop/current"));
        Path sarif = directory.resolve("checks.sarif");
        Path junit = directory.resolve("checks.xml");

        Given.Ran ran = given.run("verify", "production", "--sarif", sarif.toString(), "--junit", junit.toString());

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).contains("[target.current]", "1 problem");
        assertThat(Files.readString(sarif)).contains("2.1.0", "target.current");
        assertThat(Files.readString(junit)).contains("failures=\"1\"", "target.current");
    }

    @Test
    void letsPassWhatIsAllowed() throws Exception {
        Files.createDirectories(given.disk(1).resolve("srv/shop/current"));
        String[] allowing = {"--allow-problems", "toml.missing,target.current", "--reason", "agreed with ops"};

        Given.Ran ran = given.run("verify", "production", allowing[0], allowing[1], allowing[2], allowing[3]);
        JsonNode json = given.run("verify", "production", "--force", "--json").json();
        Given.Ran dry = given.run("deploy", "production", "--dry-run");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("target.current: \"agreed with ops\"", "1 forced");
        assertThat(json.get("problems").findValuesAsText("forced")).contains("true");
        assertThat(dry.code()).isNotZero();
    }
}
