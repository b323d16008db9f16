package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void aFixOfAnotherLineLeavesThePinAndACommitThatComesAfterItLiftsIt() throws Exception {
        try (SampleRepository repository =
                SampleRepository.create(directory.resolve("line-" + world.appName() + ".git"))) {
            String good = repository.file("version.txt", "1").commit("Good");
            String bad = repository.file("version.txt", "2").commit("Bad");
            Deployer.Request request = request(repository);
            deploy(request, good);
            deploy(request, bad);
            world.deployer().rollback(request, "previous", false);

            repository.reset(good);
            deploy(request, repository.file("version.txt", "1.1").commit("Fix of what is good"));
            assertThat(pins()).extracting(Pin::commit).containsExactly(bad);

            repository.reset(bad);
            deploy(request, repository.file("version.txt", "3").commit("Mended"));
            assertThat(pins()).isEmpty();
        }
    }

    @Test
    void aPersonWhoDeploysThePinnedCommitOnPurposeLiftsThePin() throws Exception {
        try (SampleRepository repository =
                SampleRepository.create(directory.resolve("again-" + world.appName() + ".git"))) {
            String good = repository.file("version.txt", "1").commit("Good");
            String bad = repository.file("version.txt", "2").commit("Bad");
            Deployer.Request request = request(repository);
            deploy(request, good);
            deploy(request, bad);
            world.deployer().rollback(request, "previous", false);
            assertThat(pins()).hasSize(1);

            deploy(request, bad);
            assertThat(pins()).isEmpty();
        }
    }

    @Test
    void aPinWhoseCommitGitDoesNotKnowAnyMoreIsLiftedByWhateverIsDeployed() throws Exception {
        try (SampleRepository repository =
                SampleRepository.create(directory.resolve("lost-" + world.appName() + ".git"))) {
            world.history()
                    .pins()
                    .add(new Pin(
                            "lost-" + world.appName(),
                            world.appName(),
                            "production",
                            "0123456789".repeat(4),
                            "20260101T000000Z-0123456",
                            "none",
                            "alice",
                            Instant.now(),
                            Optional.empty()));
            deploy(request(repository), repository.file("version.txt", "1").commit("Rewritten"));
            assertThat(pins()).isEmpty();
        }
    }

    private static Deployer.Request request(SampleRepository repository) throws Exception {
        GitLocation location =
                GitLocation.of(repository.path().toUri().toString(), directory.resolve("cache-" + world.appName()));
        return new Deployer.Request(world.configuration(""), List.of(), Set.of(), new GitSource(location));
    }

    private static void deploy(Deployer.Request request, String commit) throws Exception {
        Result result = world.deployer().deploy(request, request.repository().resolve(commit));
        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
    }
}
