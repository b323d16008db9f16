package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments to a server that lets a connection have few sessions at once. */
class FewSessionsDeploymentTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void goThereAndBackWithChecksAndWhileATaskOutlastsTheLease(int most) throws Exception {
        String health = "[health]\nrun = \"test -e version.txt\"\nfrom = \"target\"\n";
        String slow = health + "[tasks]\nslow = { run = \"echo begun; sleep 5; echo done\", at = \"switched\" }\n";
        try (World world = new World(directory, 2, "MaxSessions " + most)) {
            world.fresh();
            world.host().limits(Duration.ofSeconds(3), Duration.ofSeconds(20));
            world.succeed("1", health);
            world.succeed("2", slow);

            Result back = world.rollback(world.configuration(slow), "previous");

            assertThat(back.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
            assertThat(world.everywhere("version.txt")).containsExactly("1", "1");
            world.assertTidy();
        }
    }
}
