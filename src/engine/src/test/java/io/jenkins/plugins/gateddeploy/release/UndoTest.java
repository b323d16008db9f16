package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a task did is taken back once, and only where it did something, on real servers. */
class UndoTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    /** The trail stands for a database that all servers share. */
    private static final String MIGRATIONS = """
            [tasks]
            migrate = { run = "echo up $(cat version.txt) >> TRAIL", once = true, undo = "echo down $(cat version.txt) >> TRAIL" }
            seed = { run = "true", once = true }
            """;

    private static Path trailFile() {
        return directory.resolve("trail-" + world.appName());
    }

    private static List<String> trail() throws Exception {
        return Files.readAllLines(trailFile());
    }

    private static String migrations() {
        return MIGRATIONS.replace("TRAIL", trailFile().toString());
    }

    private static Result deploySkipping(String version, String... skipped) throws Exception {
        world.file("version.txt", version);
        Result result = world.deployer()
                .deploy(
                        new Deployer.Request(world.configuration(migrations()), List.of(), Set.of(skipped)),
                        world.version());
        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        return result;
    }

    private static Result back(String sections, String to, String... skipped) throws Exception {
        return world.deployer()
                .rollback(new Deployer.Request(world.configuration(sections), List.of(), Set.of(skipped)), to, true);
    }

    @Test
    void takesNothingBackOfATaskThatWasSkipped() throws Exception {
        String first = world.succeed("1", migrations()).record().release();
        world.succeed("2", migrations());
        deploySkipping("3", "migrate", "seed");

        Result previous = back(migrations(), "previous");
        assertThat(previous.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(trail()).containsExactly("up 1", "up 2");
        assertThat(world.log()).doesNotContain("Taking back").doesNotContain("Warning: seed");

        assertThat(back(migrations(), first).record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2");
    }

    @Test
    void leavesOutTheUndoOfATaskThatTheRollbackSkipsAndSaysSo() throws Exception {
        world.succeed("1", migrations());
        world.succeed("2", migrations());

        Result result = back(migrations(), "previous", "migrate");
        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(trail()).containsExactly("up 1", "up 2");
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(world.log()).contains("What these tasks did stays, since they are to be skipped: migrate of ");
    }
}
