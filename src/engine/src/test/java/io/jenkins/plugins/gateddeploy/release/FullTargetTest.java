package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Targets that have no room, or cannot be written to. Each gets a small file system of its own. */
class FullTargetTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    /** The file system is in the second server's view only. */
    private static void mount(String options) throws Exception {
        world.run(1, "mkdir -p " + world.base() + " && mount -t tmpfs -o " + options + " tmpfs " + world.base());
    }

    private static String second(String script) throws Exception {
        return world.run(1, "cd " + world.base() + " && " + script).strip();
    }

    private static void assertOldOnBoth() throws Exception {
        assertThat(world.current(0).resolve("version.txt")).hasContent("1");
        assertThat(second("cat current/version.txt")).isEqualTo("1");
        assertThat(second(
                        "ls .gated-deploy/lock .gated-deploy/incoming .gated-deploy/run | grep -v : | grep . || true"))
                .isEmpty();
        assertThat(second("ls releases | wc -l")).isEqualTo("1");
        world.assertTidy(java.util.List.of(0));
    }

    private static String noise(int bytes) {
        byte[] noise = new byte[bytes / 2];
        new Random(1).nextBytes(noise);
        return java.util.HexFormat.of().formatHex(noise);
    }

    @Test
    void aReleaseThatDoesNotFitIsRemovedAgain() throws Exception {
        mount("size=1m");
        world.succeed("1", "");
        world.file("big.txt", noise(3_000_000)).file("version.txt", "2");
        assertThatThrownBy(() -> world.deploy(world.configuration("")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("[target.disk]")
                .hasMessageContaining(world.name(1));
        assertOldOnBoth();
        Result result = world.deployer()
                .deploy(
                        Host.request(world.configuration(""))
                                .with(Host.forcing(new Forcing(Set.of("target.disk"), "It is to fail"))),
                        world.version());

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message())
                .contains("Receiving files failed on " + world.name(1), "No space left on device")
                .doesNotContain(world.name(0));
        assertOldOnBoth();
    }

    @Test
    void aTargetThatIsFullBeforehandRefuses() throws Exception {
        mount("size=1m");
        world.succeed("1", "");
        second("cat /dev/zero > fill 2>/dev/null || true");
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains(world.name(1), "no space left");
        second("rm fill");
        assertOldOnBoth();
        world.succeed("3", "");
    }

    @Test
    void aTaskThatFillsTheTargetFailsAndItsReleaseIsRemoved() throws Exception {
        mount("size=1m");
        world.succeed("1", "");
        world.file("version.txt", "2");
        String fill = "test $GATED_DEPLOY_TARGET != " + world.name(1) + " || cat /dev/zero > fill";
        Result result = world.deploy(world.configuration("[tasks]\nfill = \"" + fill + "\"\n"));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains(world.name(1) + ": task fill");
        assertOldOnBoth();
        world.succeed("3", "");
    }

    @Test
    void aTargetThatRanFullAfterTheSwitchGoesBackAsWell() throws Exception {
        mount("size=1m");
        world.succeed("1", "");
        world.file("version.txt", "2");
        String fill = "df . | grep -q tmpfs && cat /dev/zero > ../../fill; false";
        Result result = world.deploy(world.configuration("[health]\nrun = \"" + fill + "\"\nretries = 0\n"));
        second("rm -f fill");

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(second("cat current/version.txt")).isEqualTo("1");
        assertThat(second("ls .gated-deploy/lock")).isEmpty();
        world.succeed("3", "");
        assertThat(second("cat current/version.txt")).isEqualTo("3");
    }

    @Test
    void aReadOnlyPathRefusesBeforeAnythingIsChanged() throws Exception {
        mount("size=1m");
        world.succeed("1", "");
        second("mount -o remount,ro " + world.base());
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains(world.name(1)).containsIgnoringCase("writable");
        assertOldOnBoth();
        assertThat(result.record().targets())
                .extracting(t -> t.message().isEmpty())
                .containsExactly(true, false);
    }

    @Test
    void aPathThatCannotBeMadeRefuses() throws Exception {
        world.run(1, "mkdir -p " + world.base() + " && rmdir " + world.base() + " && echo x > " + world.base());
        world.file("version.txt", "1");
        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains("cannot create " + world.base() + "/releases");
        world.assertTidy(java.util.List.of(0));
    }
}
