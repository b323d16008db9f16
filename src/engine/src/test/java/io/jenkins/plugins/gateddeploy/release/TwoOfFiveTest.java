package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two of five servers go down for good in the middle of each phase, and come back when it is over. */
class TwoOfFiveTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 5);

    private static final String SECTIONS = """
            [tasks]
            build = "cp version.txt built"
            restart = { run = "cat version.txt >> ../../told", at = "switched" }
            [health]
            run = "test -s built"
            retries = 1
            interval = "10ms"
            """;

    @ParameterizedTest
    @CsvSource({
        "lock, FAILED, 1",
        "receive files, FAILED, 1",
        "run build, FAILED, 1",
        "switch, ROLLED_BACK, 1",
        "run restart, ROLLED_BACK, 1",
        "health check, ROLLED_BACK, 1",
        "end, SUCCEEDED, 2"
    })
    void everyTargetIsWhole(String phase, State expected, String current) throws Exception {
        String first = world.succeed("1", SECTIONS).record().release();
        world.host().limits(Duration.ofSeconds(30), Duration.ofMillis(200));
        world.file("version.txt", "2");
        world.meddling()
                .before(phase, () -> List.of(1, 3).forEach(s -> world.server(s).kill()));
        Result result;
        try {
            result = world.deploy(world.configuration(SECTIONS));
        } finally {
            List.of(1, 3).forEach(s -> world.server(s).restart());
        }

        assertThat(result.record().state()).as(world.log()).isEqualTo(expected);
        assertThat(world.last()).isEqualTo(result.record());
        List<TargetOutcome> outcomes = result.record().targets();
        assertThat(outcomes).extracting(o -> o.message().isEmpty()).containsExactly(true, false, true, false, true);
        assertThat(List.of(
                        outcomes.get(0).current(),
                        outcomes.get(2).current(),
                        outcomes.get(4).current()))
                .as("said to be current")
                .containsOnly(expected == State.SUCCEEDED ? result.record().release() : first);
        if (expected != State.SUCCEEDED) {
            assertThat(result.record().message())
                    .contains(world.name(1), world.name(3))
                    .doesNotContain(world.name(0));
        }
        List<Integer> reachable = List.of(0, 2, 4);
        world.assertTidy(reachable);
        for (int server : reachable) {
            assertThat(world.current(server).resolve("version.txt")).hasContent(current);
        }

        Unlocked unlocked = world.deployer().unlock(world.configuration(SECTIONS), false);

        assertThat(unlocked.done()).as(unlocked.message() + "\n" + world.log()).isTrue();
        assertThat(world.everywhere("version.txt")).as(world.log()).containsOnly(current);
        world.assertTidy();
        world.succeed("3", SECTIONS);
        assertThat(world.everywhere("built")).containsOnly("3");
    }
}
