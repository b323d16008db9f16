package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which commits are kept from coming back by themselves, and until when, on a real server. */
class PinKeepingTest {
    private static final String WATCHED =
            "confirm_for = \"60s\"\n[health]\nrun = \"test ! -e ../../broken\"\nretries = 0\ninterval = \"100ms\"\n";

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    private static List<Pin> pins() {
        return world.history().pins().standing(world.appName(), "production");
    }

    private static void breakWhenItIsWatched() {
        world.host().reader(line -> {
            if (line.text().startsWith("The health check is watched until")) {
                try {
                    Files.writeString(world.on(0).resolve("broken"), "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    @Test
    void whatGoesBackByItselfIsPinned() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        breakWhenItIsWatched();
        Result result = world.deploy(world.configuration(WATCHED));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(pins()).singleElement().satisfies(pin -> {
            assertThat(pin.commit()).isEqualTo(result.record().commit());
            assertThat(pin.release()).isEqualTo(result.record().release());
            assertThat(pin.deployment()).isEqualTo(result.record().id());
            assertThat(pin.words()).contains(" went back by itself at ");
        });
    }

    @Test
    void whatIsCurrentAgainIsNotPinnedThoughANewReleaseOfItWentBack() throws Exception {
        world.succeed("1", "");
        breakWhenItIsWatched();
        Result result = world.deploy(world.configuration(WATCHED));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(pins()).isEmpty();
    }

    @Test
    void whatWasNeverWellIsNotPinned() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        Files.writeString(world.on(0).resolve("broken"), "");
        Result result = world.deploy(world.configuration(WATCHED));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(pins()).isEmpty();
    }
}
