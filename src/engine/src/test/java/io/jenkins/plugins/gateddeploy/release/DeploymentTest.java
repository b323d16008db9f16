package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment does on three real OpenSSH servers when nothing goes wrong. */
class DeploymentTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    @Test
    void deploysToThreeServersAndBack() throws Exception {
        Configuration configuration = world.configuration("");
        world.file("index.html", "one").file("a/b.txt", "b");
        Result first = world.deploy(configuration);
        assertThat(first.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        world.file("index.html", "two");
        Result second = world.deploy(configuration);
        assertThat(second.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        for (int server = 0; server < 3; server++) {
            assertThat(Files.readString(world.current(server).resolve("index.html")))
                    .isEqualTo("two");
            assertThat(Files.readString(world.current(server).resolve("a/b.txt")))
                    .isEqualTo("b");
        }
        Result back = world.rollback(configuration, "previous");
        assertThat(back.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        for (int server = 0; server < 3; server++) {
            assertThat(Files.readString(world.current(server).resolve("index.html")))
                    .isEqualTo("one");
        }
    }
}
