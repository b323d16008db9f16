package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What survives releases. */
class SharedPathsTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    private static final String SHARED = "[release]\nshared = [\"storage/\", \".env\", \"config/local/\"]\n";

    @Test
    void isSeededFromTheReleaseOnFirstUseAndKeptFromThen() throws Exception {
        world.file("storage/seed.txt", "seed").file(".env", "A=1").file("index.html", "one");
        world.succeed(world.configuration(SHARED));

        assertThat(world.current(0).resolve("storage/seed.txt")).hasContent("seed");
        assertThat(world.current(0).resolve(".env")).hasContent("A=1");
        Files.writeString(world.current(0).resolve("storage/upload.txt"), "by a user");
        Files.writeString(world.current(0).resolve(".env"), "A=2");

        world.file("storage/seed.txt", "another seed").file(".env", "A=3").file("index.html", "two");
        world.succeed(world.configuration(SHARED));

        assertThat(world.current(0).resolve("index.html")).hasContent("two");
        assertThat(world.current(0).resolve("storage/seed.txt")).hasContent("seed");
        assertThat(world.current(0).resolve("storage/upload.txt")).hasContent("by a user");
        assertThat(world.current(0).resolve(".env")).hasContent("A=2");
        assertThat(Files.readString(world.on(0).resolve("shared/.env"))).isEqualTo("A=2");
    }

    @Test
    void isMadeEmptyWhenTheReleaseBringsNothing() throws Exception {
        world.succeed("one", SHARED);

        assertThat(world.on(0).resolve("shared/storage")).isEmptyDirectory();
        assertThat(world.on(0).resolve("shared/.env")).isEmptyFile();
        assertThat(world.on(0).resolve("shared/config/local")).isEmptyDirectory();
    }

    @Test
    void isLinkedRelativelySoThatTheApplicationCanBeMoved() throws Exception {
        world.succeed("one", SHARED);

        assertThat(Files.readSymbolicLink(world.current(0).resolve("storage"))).hasToString("../../shared/storage");
        assertThat(Files.readSymbolicLink(world.current(0).resolve("config/local")))
                .hasToString("../../../shared/config/local");
        assertThat(Files.readSymbolicLink(world.current(0)).isAbsolute()).isFalse();
    }

    @Test
    void isNotTakenFromTheReleaseBeforeItWasShared() throws Exception {
        world.file("storage/log.txt", "old log").succeed(world.configuration(""));
        world.succeed(world.configuration(SHARED));
        world.succeed(world.configuration(""));

        assertThat(world.current(0).resolve("storage")).isDirectory();
        assertThat(Files.isSymbolicLink(world.current(0).resolve("storage"))).isFalse();
        assertThat(world.current(0).resolve("storage/log.txt")).hasContent("old log");
    }

    @Test
    void refusesAFileWhereADirectoryIsSharedAndLeavesSharedAlone() throws Exception {
        world.succeed("one", "");
        world.file("storage", "not a directory");

        Result result = world.deploy(world.configuration(SHARED));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message())
                .contains("storage is a file in this release, but deploy.toml shares a directory");
        assertThat(world.on(0).resolve("shared/storage")).doesNotExist();
        assertThat(world.everywhere("version.txt")).containsOnly("one");
        world.assertTidy();
        Files.delete(world.app().resolve("storage"));
        world.succeed(world.configuration(SHARED));
    }

    @Test
    void refusesADirectoryWhereAFileIsShared() throws Exception {
        world.file(".env/a.txt", "not a file");

        Result result = world.deploy(world.configuration(SHARED));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains(".env is a directory in this release", "ends with a slash");
        world.assertTidy();
    }

    @Test
    void refusesWhatIsSharedAlreadyAsAnotherKind() throws Exception {
        Files.createDirectories(world.on(0).resolve("shared/.env"));
        world.file("index.html", "one");

        Result result = world.deploy(world.configuration(SHARED));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message())
                .contains("shared/.env is a directory, but deploy.toml shares a file of that name");
        world.assertTidy();
    }
}
