package io.jenkins.plugins.gateddeploy.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.fixture.Draft;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.SampleRepository;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WishTest {

    private static final Instant NOON = Instant.parse("2030-05-01T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void ordersVersionsByTheirNumbers() {
        List<String> ordered = List.of(
                "v0.9",
                "v1.0.0-alpha",
                "v1.0.0-alpha.1",
                "v1.0.0-beta.2",
                "v1.0.0-beta.11",
                "v1.0.0-rc.1",
                "v1.0.0",
                "v1.0.1",
                "v1.9",
                "v1.10-rc.1",
                "v1.10",
                "v2",
                "v20300501-1");
        List<String> mixed = new ArrayList<>(ordered);
        Collections.shuffle(mixed, new Random(7));

        mixed.sort(new VersionOrder());

        assertThat(mixed).isEqualTo(ordered);
    }

    @Test
    void findsTheLatestTag() throws Exception {
        RealPrograms.require("git");
        try (SampleRepository repository = SampleRepository.create(directory.resolve("shop"));
                History history = history()) {
            repository.file("a", "1");
            repository.commit("One");
            for (String tag : List.of("v1.9", "v1.10", "v1.11-rc.1x", "nightly-7", "v9/other")) {
                repository.tag(tag);
            }
            GitSource git = new GitSource(GitLocation.of(repository.path().toString(), directory.resolve("cache")));

            assertThat(Wish.of("latest:v?.??").orElseThrow().fulfil(git, history, "shop"))
                    .isEqualTo("refs/tags/v1.10");
            assertThat(Wish.of("latest:nightly-*").orElseThrow().fulfil(git, history, "shop"))
                    .isEqualTo("refs/tags/nightly-7");
            assertThatThrownBy(() -> Wish.of("latest:w*").orElseThrow().fulfil(git, history, "shop"))
                    .hasMessageContaining("None of the 5 tags of the git repository matches \"w*\".");
            assertThat(git.resolve("refs/tags/v1.10").revision().tagName()).isPresent();
        }
    }

    @Test
    void saysThatNothingRunsInTheOtherEnvironment() {
        try (History history = history()) {
            assertThatThrownBy(
                            () -> Wish.of("environment: staging").orElseThrow().fulfil(null, history, "shop"))
                    .hasMessageContaining("Nothing has been deployed to staging of shop yet");
        }
    }

    @Test
    void takesWhatTheOtherEnvironmentRunsNotWhatWasAskedForLast() throws Exception {
        try (History history = history()) {
            DeploymentRecord held = begin(history, "1");
            DeploymentRecord direct = begin(history, "2");
            DeploymentRecord failed = begin(history, "3");
            history.event(new Event(direct.id(), NOON.plusSeconds(60), State.SUCCEEDED, ""));
            assertThat(runningInStaging(history)).isEqualTo("2".repeat(40));

            history.event(new Event(held.id(), NOON.plusSeconds(3600), State.SUCCEEDED, ""));
            history.event(new Event(failed.id(), NOON.plusSeconds(3601), State.ROLLED_BACK, ""));
            assertThat(runningInStaging(history)).isEqualTo("1".repeat(40));
        }
    }

    private static String runningInStaging(History history) throws Exception {
        return Wish.of("environment:staging").orElseThrow().fulfil(null, history, "shop");
    }

    private static DeploymentRecord begin(History history, String digit) {
        DeploymentRecord begun = history.begin(
                "shop",
                "staging",
                DeploymentRecord.Kind.DEPLOY,
                "develop",
                "alice",
                new DeploymentRecord.Owner("here", 1, 1),
                NOON);
        return history.update(begun.id(), r -> made(r, digit));
    }

    private static DeploymentRecord made(DeploymentRecord r, String digit) {
        return Draft.like(r)
                .release("20300501T120000Z-" + digit.repeat(7))
                .commit(digit.repeat(40))
                .made();
    }

    @Test
    void takesNoBranchForAWish() {
        assertThat(Wish.of("latest")).isEmpty();
        assertThat(Wish.of("environment/staging")).isEmpty();
    }

    private History history() {
        return new HistoryDatabase(
                directory.resolve("history"),
                new HistoryDatabase.Settings(Optional.empty(), Duration.ofSeconds(10), "test"));
    }
}
