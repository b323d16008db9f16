package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    @Test
    void anUndoThatWasDoneBeforeAnotherFailedIsNotDoneAgain() throws Exception {
        Path mended = directory.resolve("mended-" + world.appName());
        String fragile = migrations().replace("undo = \"", "undo = \"grep -q 3 version.txt || cat " + mended + " && ");
        String first = world.succeed("1", fragile).record().release();
        world.succeed("2", fragile);
        world.succeed("3", fragile);

        Result half = back(fragile, first);
        assertThat(half.record().state()).as(world.log()).isEqualTo(State.FAILED);
        assertThat(trail()).containsExactly("up 1", "up 2", "up 3", "down 3");

        Files.writeString(mended, "");
        Result whole = back(fragile, first);
        assertThat(whole.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(trail()).containsExactly("up 1", "up 2", "up 3", "down 3", "down 2");
        assertThat(world.log())
                .contains(" was taken back already by #" + half.record().number() + ".");
    }

    @Test
    void undosThatWereDoneBeforeTheHealthCheckFailedAreNotDoneAgain() throws Exception {
        String unwell = "[health]\nrun = \"grep -q 2 version.txt\"\nretries = 0\n";
        world.succeed("1", migrations());
        world.succeed("2", migrations());
        assertThat(back(migrations() + unwell, "previous").record().state())
                .as(world.log())
                .isEqualTo(State.ROLLED_BACK);
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2");

        assertThat(back(migrations(), "previous").record().state())
                .as(world.log())
                .isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2");
    }

    /** The hosts have a history each, so the one learns from the targets what the other did. */
    @Test
    void whatAnotherHostHasTakenBackIsNotTakenBackAgain() throws Exception {
        String unwell = "[health]\nrun = \"grep -q 2 version.txt\"\nretries = 0\n";
        world.succeed("1", migrations());
        world.succeed("2", migrations());
        Result failed = back(migrations() + unwell, "previous");
        assertThat(failed.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);

        try (Host laptop = world.host("laptop-" + world.appName())) {
            Configuration configuration = world.configuration(migrations());
            Undos seen = laptop.deployer()
                    .look(configuration)
                    .undos()
                    .get(failed.record().release());
            assertThat(seen.possible()).isEmpty();
            Result went = laptop.deployer()
                    .rollback(new Deployer.Request(configuration, List.of(), Set.of()), "previous", true);
            assertThat(went.record().state()).as(laptop.log()).isEqualTo(State.SUCCEEDED);
            assertThat(laptop.log())
                    .contains(" was taken back already by #" + failed.record().number() + " of " + Processes.host()
                            + ".");
        }
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2");
    }

    @Test
    void aTargetThatIsBroughtAlongLaterTakesBackWhatItDidItselfAndNoneOfWhatIsShared() throws Exception {
        String tasks = migrations()
                + "own = { run = \"true\", undo = \"echo own >> ../../own\" }\n"
                + "told = { run = \"true\", at = \"switched\", undo = \"echo told >> ../../told\" }\n";
        world.succeed("1", tasks);
        world.succeed("2", tasks);
        for (int server : world.servers()) {
            Result result = world.deployer()
                    .rollback(
                            new Deployer.Request(world.configuration(tasks), List.of(world.name(server)), Set.of()),
                            "previous",
                            true);
            assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        }

        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2");
        for (int server : world.servers()) {
            assertThat(world.on(server).resolve("own")).hasContent("own");
            assertThat(world.on(server).resolve("told")).hasContent("told");
        }
    }

    @Test
    void takesBackAgainWhatRanAgain() throws Exception {
        String tasks =
                migrations() + "told = { run = \"true\", at = \"switched\", undo = \"echo told >> ../../told\" }\n";
        world.succeed("1", tasks);
        String second = world.succeed("2", tasks).record().release();
        back(tasks, "previous");
        assertThat(world.rollback(world.configuration(tasks), second).record().state())
                .as(world.log())
                .isEqualTo(State.SUCCEEDED);
        back(tasks, "previous");

        assertThat(world.everywhere("version.txt")).containsOnly("1");
        assertThat(world.on(0).resolve("told")).hasContent("told\ntold");
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2");

        world.succeed("2", tasks);
        back(tasks, "previous");
        assertThat(trail()).containsExactly("up 1", "up 2", "down 2", "up 2", "down 2");
    }

    @Test
    void refusesToTakeBackWhatMayHaveBeenTakenBackWhenAHostDied() throws Exception {
        world.succeed("1", migrations());
        String second = world.succeed("2", migrations()).record().release();
        DeploymentRecord dead = world.history()
                .begin(
                        world.appName(),
                        "production",
                        Kind.ROLLBACK,
                        "previous",
                        "alice",
                        Processes.self(),
                        Instant.now());
        TakenBack.of(world.host().ports(), world.appName(), "production", List.of())
                .note(
                        dead.id(),
                        TakenBack.Mark.BEGUN,
                        second,
                        world.configuration(migrations()).tasks().get(0),
                        world.fleet().targets());
        world.history().event(new Event(dead.id(), Instant.now(), State.INTERRUPTED, "The host died."));

        assertThatThrownBy(() -> back(migrations(), "previous"))
                .hasMessageContaining("Nobody knows whether these tasks were taken back: migrate of ")
                .hasMessageContaining(", begun by #" + dead.number());
        assertThat(trail()).containsExactly("up 1", "up 2");
        assertThat(back(migrations(), "previous", "migrate").record().state())
                .as(world.log())
                .isEqualTo(State.SUCCEEDED);
    }

    @Test
    void aLookTellsWhatARollbackTakesBackAndWhyItWouldRefuseTo() throws Exception {
        String tasks = migrations() + "backup = { run = \"true\", once = true, undo = \"true\" }\n";
        String first = world.succeed("1", tasks).record().release();
        String second = world.succeed("2", tasks).record().release();
        world.succeed("3", tasks);
        Undos before = look(tasks, first);
        assertThat(before.possible())
                .extracting(Undos.Undo::task)
                .containsExactly("backup", "migrate", "backup", "migrate");
        assertThat(before.refusals()).isEmpty();

        back(tasks, second);
        world.succeed("4", tasks);
        world.run(0, "rm -r " + world.base() + "/releases/" + second);
        Undos pruned = look(tasks, first);
        assertThat(pruned.possible())
                .extracting(Undos.Undo::task)
                .containsExactly("backup", "migrate", "backup", "migrate");
        assertThat(pruned.refusals())
                .singleElement()
                .satisfies(
                        problem -> assertThatThrownBy(() -> back(tasks, first)).hasMessage(problem.oneLine()));
    }

    private static Undos look(String sections, String release) throws Exception {
        return world.deployer().look(world.configuration(sections)).undos().get(release);
    }
}
