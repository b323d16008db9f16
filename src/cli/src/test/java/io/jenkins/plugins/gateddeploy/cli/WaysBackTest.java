package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back from a terminal: pins, the way in git, and the way by another environment. */
class WaysBackTest {
    @TempDir
    private Path directory;

    private Given given;

    @BeforeEach
    void twoVersions() throws Exception {
        given = new Given(directory, 1);
        given.configure("");
        given.run("deploy", "production");
        given.commit("v2", "Second page");
        given.run("deploy", "production", "--ref", "v2");
    }

    @AfterEach
    void stopServers() throws Exception {
        given.close();
    }

    private String served() throws Exception {
        return Files.readString(given.current(1).resolve("index.html")).strip();
    }

    @Test
    void liftsThePinThatARollbackHasLeft() throws Exception {
        Given.Ran back = given.run("rollback", "production");
        assertThat(back.code()).isZero();
        assertThat(back.out() + back.err()).contains("production is pinned");

        JsonNode lifted = given.run("unpin", "production", "--reason", "Mended", "--json")
                .json()
                .get("lifted");
        assertThat(lifted).hasSize(1);
        assertThat(lifted.get(0).get("commit").asText()).hasSize(40);
        assertThat(given.run("unpin", "production").out()).contains("production is not pinned.");
        assertThat(given.run("history", "--verify", "--json").json().get("faults"))
                .isEmpty();
    }

    @Test
    void takesBackInGitAndLeavesTheTargetsAlone() throws Exception {
        Given.Ran made = given.run("rollback", "production", "--commit", "--push", "--json");

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(served()).isEqualTo("v2");
        assertThat(made.json().get("pushed").asBoolean()).isTrue();
        String branch = made.json().get("branch").asText();
        assertThat(branch).startsWith("return-production-to-");
        try (Git git = Git.open(given.repository().toFile())) {
            ObjectId commit = git.getRepository().resolve("refs/heads/" + branch);
            assertThat(commit.name()).isEqualTo(made.json().get("commit").asText());
            var message = git.log().add(commit).setMaxCount(1).call().iterator().next();
            assertThat(message.getFullMessage())
                    .startsWith("Return to ")
                    .contains("Takes back what is current in production (v2):", "Second page");
            assertThat(git.getRepository().resolve(branch + "^{tree}"))
                    .isEqualTo(git.getRepository().resolve("v2~1^{tree}"));
        }
        assertThat(given.run("rollback", "production", "--push").code()).isEqualTo(2);
        assertThat(given.run("rollback", "production", "--commit").err())
                .contains("is no git repository that has both commits");
    }

    @Test
    void goesByWayOfAnotherEnvironmentAndAsksThere() throws Exception {
        withStaging("");

        Given.Ran asked = given.run("rollback", "production", "--via", "staging");
        assertThat(asked.code()).as(asked.out() + asked.err()).isEqualTo(4);
        assertThat(served()).isEqualTo("v2");
        assertThat(Files.readString(given.disk(1).resolve("srv/staging/current/index.html"))
                        .strip())
                .isEqualTo("v1");
        String gate = asked.out()
                .lines()
                .filter(line -> line.contains("gated-deploy approve "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();

        assertThat(given.run("rollback", "production", "--via", "staging").code())
                .isEqualTo(4);
        assertThat(given.run("approve", gate).code()).isZero();
        Given.Ran back = given.run("rollback", "production", "--via", "staging");
        assertThat(back.code()).as(back.out() + back.err()).isZero();
        assertThat(served()).isEqualTo("v1");
    }

    private void withStaging(String more) throws Exception {
        String toml = Files.readString(given.config());
        String production = toml.substring(toml.indexOf("[environments.production]"));
        Files.writeString(
                given.config(),
                toml
                        + production.replace("[environments.production", "[environments.staging")
                        + "\n[environments.staging.release]\npath = \""
                        + io.jenkins.plugins.gateddeploy.embedded.EmbeddedServer.ROOT
                        + "/srv/staging\"\n" + more);
    }

    @Test
    void refusesToGoByWayOfItselfOrOnlyToShowIt() throws Exception {
        Given.Ran itself = given.run("rollback", "production", "--via", "production", "--json");
        assertThat(itself.code()).isEqualTo(2);
        assertThat(itself.json().at("/problems/0/id").asText()).isEqualTo("rollback.via");
        Given.Ran shown = given.run("rollback", "production", "--via", "staging", "--dry-run", "--json");
        assertThat(shown.code()).isEqualTo(2);
        assertThat(shown.json().at("/problems/0/id").asText()).isEqualTo("usage.via");
        assertThat(given.run("rollback", "production", "--via", "staging", "--commit")
                        .err())
                .contains("[usage.via]");
        assertThat(served()).isEqualTo("v2");
    }

    @Test
    void saysInOneDocumentHowItFailedInTheFirstEnvironment() throws Exception {
        withStaging("[environments.staging.health]\nrun = \"false\"\nfrom = \"target\"\ntimeout = \"1s\"\n");

        Given.Ran failed = given.run("rollback", "production", "--via", "staging", "--json");

        assertThat(failed.code()).as(failed.out() + failed.err()).isEqualTo(1);
        assertThat(failed.json().at("/deployment/environment").asText()).isEqualTo("staging");
        assertThat(failed.json().at("/deployment/state").asText()).isNotEqualTo("SUCCEEDED");
        assertThat(served()).isEqualTo("v2");
    }
}
