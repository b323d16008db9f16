package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host is killed at any moment; a new one with the same home settles what it left. */
class HostDeathTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private Dynasty dynasty;

    @BeforeEach
    void fresh() {
        dynasty = new Dynasty(world, directory);
    }

    private static void noise() throws Exception {
        byte[] noise = new byte[1_500_000];
        new Random(3).nextBytes(noise);
        world.file("big.txt", java.util.HexFormat.of().formatHex(noise));
    }

    @ParameterizedTest
    @CsvSource({
        "after lock, 1",
        "bytes 2000000, 1",
        "after receive files, 1",
        "line building, 1",
        "amid switch, 1",
        "line restarting, 1",
        "before health check, 1",
        "before end, 1",
        "amid end, 2",
        "after end, 2"
    })
    void unlockingSettlesEverything(String moment, String served) throws Exception {
        dynasty.release("1");
        noise();
        world.file("version.txt", "2");
        dynasty.die("deploy", moment);
        try (Host host = dynasty.host()) {
            Unlocked unlocked = host.deployer().unlock(world.configuration(Dynasty.SLOW), false);

            assertThat(unlocked.done()).as(unlocked.message() + host.log()).isTrue();
            dynasty.assertServed(served);
            world.assertTidy();
            DeploymentRecord attempt = dynasty.history(host).get(0);
            assertThat(attempt.number()).isEqualTo(2);
            assertThat(attempt.state()).isEqualTo(served.equals("1") ? State.INTERRUPTED : State.SUCCEEDED);
            assertThat(attempt.ended()).isPresent();
            assertThat(attempt.targets())
                    .extracting(DeploymentRecord.TargetOutcome::current)
                    .containsOnly(world.currentRelease(0));
        }
    }
}
