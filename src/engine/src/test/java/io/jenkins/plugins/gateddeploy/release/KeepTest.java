package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which releases stay, and which are none of our business. */
class KeepTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    private static final String TWO = "[release]\nkeep = 2\n";

    @Test
    void prunesTheOldestSuccessfulReleasesBesidesTheCurrentOne() throws Exception {
        String first = world.succeed("1", TWO).record().release();
        String second = world.succeed("2", TWO).record().release();
        String third = world.succeed("3", TWO).record().release();
        assertThat(world.releases(0)).containsExactly(first, second, third);
        String fourth = world.succeed("4", TWO).record().release();

        assertThat(world.releases(0)).containsExactly(second, third, fourth);
        world.assertTidy();
    }

    @Test
    void neverPrunesWhatIsCurrentAfterARollback() throws Exception {
        String first = world.succeed("1", TWO).record().release();
        world.succeed("2", TWO);
        world.succeed("3", TWO);
        world.rollback(world.configuration(TWO), first);
        String fourth = world.succeed("4", TWO).record().release();

        assertThat(world.releases(0)).contains(first, fourth);
        assertThat(world.everywhere("version.txt")).containsExactly("4");
        assertThat(world.rollback(world.configuration(TWO), first).record().state())
                .isEqualTo(State.SUCCEEDED);
    }

    @Test
    void leavesDirectoriesThatNobodyHereMade() throws Exception {
        for (int i = 1; i <= 4; i++) {
            Files.createDirectories(world.release(0, "2020010" + i + "000000"));
        }
        Files.createDirectories(world.release(0, "20200101T000000Z-abcdef0"));
        Files.createDirectories(world.release(0, "by hand $(touch x)"));
        for (int i = 1; i <= 4; i++) {
            world.succeed("" + i, "[release]\nkeep = 1\n");
        }

        assertThat(world.releases(0))
                .contains("20200101000000", "20200104000000", "20200101T000000Z-abcdef0", "by hand $(touch x)")
                .hasSize(8);
    }

    @Test
    void removesWhatNeverSucceededBeforeCountingWhatDid() throws Exception {
        String first = world.succeed("1", TWO).record().release();
        String stopped = world.file("version.txt", "2")
                .deploy(world.configuration("on_failure = \"stop\"\n[tasks]\nbad = \"exit 1\"\n[release]\nkeep = 2\n"))
                .record()
                .release();
        assertThat(world.releases(0)).containsExactly(first, stopped);
        String third = world.succeed("3", TWO).record().release();

        assertThat(world.releases(0)).containsExactly(first, third);
        world.assertTidy();
    }

    @Test
    void takesTheLinkOfAnotherToolAsTheReleaseBeforeAndReturnsToIt() throws Exception {
        Files.createDirectories(world.release(0, "20200101000000"));
        Files.writeString(world.release(0, "20200101000000").resolve("version.txt"), "capistrano");
        String old = world.base() + "/releases/20200101000000";
        Files.createSymbolicLink(world.current(0), Path.of(old));
        world.file("version.txt", "1");

        Result bad = world.deploy(world.configuration("[tasks]\nbad = { run = \"exit 1\", at = \"switched\" }\n"));

        assertThat(bad.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(Files.readSymbolicLink(world.current(0))).hasToString(old);
        assertThat(bad.previous()).isEqualTo("20200101000000");
        world.assertTidy();
        Result good = world.succeed(world.configuration(TWO));
        assertThat(good.previous()).isEqualTo("20200101000000");
        assertThat(world.everywhere("version.txt")).containsExactly("1");
    }

    @Test
    void takesALinkToAPlaceWithSpacesAsTheReleaseBefore() throws Exception {
        Files.createDirectories(world.on(0).resolve("old things/it's here"));
        Files.createSymbolicLink(world.current(0), Path.of("old things/it's here"));
        world.file("version.txt", "1");

        Result bad = world.deploy(world.configuration("[tasks]\nbad = { run = \"exit 1\", at = \"switched\" }\n"));

        assertThat(bad.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(Files.readSymbolicLink(world.current(0))).hasToString("old things/it's here");
        world.assertTidy();
    }

    @Test
    void refusesARealDirectoryNamedCurrentAndSaysHowToConvertIt() throws Exception {
        Files.createDirectories(world.current(0));
        Files.writeString(world.current(0).resolve("version.txt"), "by hand");
        world.file("version.txt", "1");

        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        String base = world.base();
        String mend = "mv " + base + "/current " + base + "/releases/before-gated-deploy && "
                + "ln -s releases/before-gated-deploy " + base + "/current";
        assertThat(result.record().message()).contains("current is a real directory", mend);
        assertThat(world.current(0).resolve("version.txt")).hasContent("by hand");
        Files.createDirectories(world.on(0).resolve("releases"));
        run(mend.replace(base, world.on(0).toString()));
        assertThat(world.succeed(world.configuration("")).previous()).isEqualTo("before-gated-deploy");
    }

    private static void run(String commandLine) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", commandLine).start().waitFor())
                .isZero();
    }
}
