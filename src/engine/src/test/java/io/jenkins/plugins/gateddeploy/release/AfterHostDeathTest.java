package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows the death of a host: the next deployment, rollbacks, more deaths. */
class AfterHostDeathTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private Dynasty dynasty;

    @BeforeEach
    void fresh() {
        dynasty = new Dynasty(world, directory);
    }

    @ParameterizedTest
    @CsvSource({"line building", "amid switch", "before end", "amid end"})
    void theNextDeploymentSettlesEverythingAndGoesOn(String moment) throws Exception {
        dynasty.release("1");
        world.file("version.txt", "2");
        dynasty.die("deploy", moment);
        world.file("version.txt", "3");
        Version third = world.version();
        try (Host host = dynasty.host()) {
            Configuration configuration = world.configuration(Dynasty.QUICK);
            Result result = host.deploy(configuration, third);

            assertThat(result.record().state()).as(host.log()).isEqualTo(State.SUCCEEDED);
            assertThat(result.record().number()).isEqualTo(3);
            dynasty.assertServed("3");
            world.assertTidy();
            assertThat(dynasty.history(host))
                    .extracting(DeploymentRecord::state)
                    .containsExactly(
                            State.SUCCEEDED,
                            moment.equals("amid end") ? State.SUCCEEDED : State.INTERRUPTED,
                            State.SUCCEEDED);
            host.rollback(configuration, "previous");
            dynasty.assertServed(moment.equals("amid end") ? "2" : "1");
        }
    }

    @ParameterizedTest
    @CsvSource({"amid switch, 2", "before end, 2", "after end, 1", "amid unpack, 2"})
    void aRollbackIsSettledTheSameWay(String moment, String served) throws Exception {
        dynasty.release("1");
        String first = world.currentRelease(0);
        dynasty.release("2");
        if (moment.contains("unpack")) {
            world.run(1, "rm -r " + world.base() + "/releases/" + first);
            world.run(2, "rm -r " + world.base() + "/releases/" + first);
        }
        dynasty.die("previous", moment);
        try (Host host = dynasty.host()) {
            assertThat(host.deployer()
                            .unlock(world.configuration(Dynasty.QUICK), false)
                            .done())
                    .isTrue();
            dynasty.assertServed(served);
            world.assertTidy();
            assertThat(dynasty.history(host).get(0).state())
                    .isEqualTo(served.equals("1") ? State.SUCCEEDED : State.INTERRUPTED);
            assertThat(host.rollback(world.configuration(Dynasty.QUICK), first)
                            .record()
                            .state())
                    .as(host.log())
                    .isEqualTo(State.SUCCEEDED);
            dynasty.assertServed("1");
        }
    }

    @Test
    void oneThatDiesWhileItSettlesIsSettledItself() throws Exception {
        dynasty.release("1");
        world.file("version.txt", "2");
        dynasty.die("deploy", "before end");
        world.file("version.txt", "3");
        dynasty.die("deploy", "after return");
        world.file("version.txt", "4");
        dynasty.die("deploy", "before end");
        try (Host host = dynasty.host()) {
            assertThat(host.deployer()
                            .unlock(world.configuration(Dynasty.QUICK), false)
                            .done())
                    .isTrue();
            dynasty.assertServed("1");
            world.assertTidy();
            assertThat(dynasty.history(host))
                    .extracting(DeploymentRecord::state)
                    .containsExactly(State.INTERRUPTED, State.INTERRUPTED, State.INTERRUPTED, State.SUCCEEDED);
        }
    }
}
