package io.jenkins.plugins.gateddeploy.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.DeployOn;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.registration.Starter.Kind;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.trigger.Decision.Refuse;
import io.jenkins.plugins.gateddeploy.trigger.Decision.Skip;
import io.jenkins.plugins.gateddeploy.trigger.Decision.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutomaticTest {
    private static final Place PRODUCTION = new Place("shop", "production");
    private static final Instant NOON = Instant.parse("2030-05-01T12:00:00Z");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, true",
        "refs/heads/release/1.2, true",
        "refs/heads/release/1.2/fix, false",
        "refs/heads/mainline, false",
        "refs/heads/v1, false",
        "refs/tags/v1, true",
        "refs/tags/main, false"
    })
    void startsWhatThePatternsName(String pushed, boolean starts) {
        Automatic push = push(new DeployOn(List.of("main", "release/*"), List.of("v*"), false));

        Decision decision = push.of(List.of(Reference.of(pushed).orElseThrow()));

        assertThat(decision instanceof Start).isEqualTo(starts);
    }

    @Test
    void saysWhyAPushIsPassedOver() {
        Automatic push = push(new DeployOn(List.of("main"), List.of(), false));

        assertThat(push.of(List.of(new Reference(Reference.Kind.BRANCH, "topic"))))
                .isEqualTo(new Skip("Not deployed to production of shop: branch topic is not among those that deploy_on"
                        + " names (branches: main; tags: none)."));
        assertThat(push.of(List.of()))
                .isInstanceOfSatisfying(
                        Skip.class, skip -> assertThat(skip.why()).contains("cannot be told which branch"));
    }

    @Test
    void startsEveryPushWithoutConditionsAndNoneWithEmptyOnes() {
        List<Reference> topic = List.of(new Reference(Reference.Kind.BRANCH, "topic"));

        assertThat(new Automatic(PRODUCTION, Kind.SCM, Optional.empty()).of(topic))
                .isEqualTo(new Start());
        assertThat(push(new DeployOn(List.of(), List.of(), false)).of(topic)).isInstanceOf(Skip.class);
    }

    @Test
    void doesNotAskAScheduleWhatWasPushed() {
        DeployOn tags = new DeployOn(List.of(), List.of("v*"), false);

        assertThat(new Automatic(PRODUCTION, Kind.TIMER, Optional.of(tags)).of(List.of()))
                .isEqualTo(new Start());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void concernsWhatNobodyAsksForInPerson(Kind starter) {
        assertThat(Automatic.concerns(starter)).isEqualTo(starter == Kind.SCM || starter == Kind.TIMER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[HOLD] Not before Monday", "  [hold] x", "[HOLD]\n\nBecause"})
    void passesOverACommitThatIsHeld(String message) {
        assertThat(schedule().of(facts(message, Optional.empty())))
                .isInstanceOfSatisfying(
                        Skip.class, skip -> assertThat(skip.why()).contains("commit aaaaaaa begins with [HOLD]"));
    }

    @Test
    void doesNotHoldACommitThatOnlySpeaksOfIt() {
        assertThat(schedule().of(facts("Explain [HOLD]", Optional.empty()))).isEqualTo(new Start());
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, true",
        "FAILED, false",
        "ROLLED_BACK, false",
        "INTERRUPTED, false",
        "REJECTED, true",
        "CANCELLED, true"
    })
    void waitsForAPersonAfterADeploymentThatFailed(State end, boolean starts) {
        Automatic push = push(new DeployOn(List.of("main"), List.of(), true));
        try (History history = history()) {
            end(history, State.SUCCEEDED);
            end(history, end);

            Decision decision = push.of(facts("x", Facts.last(history, PRODUCTION)));

            assertThat(decision instanceof Start).isEqualTo(starts);
            if (decision instanceof Refuse refuse) {
                assertThat(refuse.problem().oneLine()).contains("#2 to production of shop, ended " + end);
            }
        }
    }

    @Test
    void looksAtTheDeploymentThatEndedLastThoughItBeganBeforeAnother() {
        Automatic push = push(new DeployOn(List.of("main"), List.of(), true));
        try (History history = history()) {
            DeploymentRecord held = begin(history);
            DeploymentRecord direct = begin(history);
            history.event(new Event(direct.id(), NOON.plusSeconds(60), State.SUCCEEDED, "end"));
            history.event(new Event(held.id(), NOON.plusSeconds(3600), State.FAILED, "end"));

            assertThat(push.of(facts("x", Facts.last(history, PRODUCTION))))
                    .isInstanceOfSatisfying(
                            Refuse.class,
                            refuse -> assertThat(refuse.problem().oneLine())
                                    .contains("#1 to production of shop, ended FAILED"));

            end(history, State.REJECTED);
            DeploymentRecord mended = begin(history);
            history.event(new Event(mended.id(), NOON.plusSeconds(3601), State.SUCCEEDED, "end"));

            assertThat(push.of(facts("x", Facts.last(history, PRODUCTION)))).isEqualTo(new Start());
        }
    }

    @Test
    void goesOnAfterAFailureWhenNobodyAskedForSuccess() {
        try (History history = history()) {
            end(history, State.FAILED);

            assertThat(schedule().of(facts("x", Facts.last(history, PRODUCTION))))
                    .isEqualTo(new Start());
        }
    }

    @Test
    void goesOnInAnEnvironmentThatWasNeverDeployedTo() {
        Automatic push = push(new DeployOn(List.of("main"), List.of(), true));
        try (History history = history()) {
            assertThat(push.of(facts("x", Facts.last(history, PRODUCTION)))).isEqualTo(new Start());
        }
    }

    private static Automatic push(DeployOn on) {
        return new Automatic(PRODUCTION, Kind.SCM, Optional.of(on));
    }

    private static Automatic schedule() {
        return new Automatic(PRODUCTION, Kind.TIMER, Optional.empty());
    }

    private static Facts facts(String message, Optional<DeploymentRecord> last) {
        return new Facts(
                new Revision("a".repeat(40), "main", null, message, message, "A <a@x>", "A <a@x>", NOON), last);
    }

    private History history() {
        return new HistoryDatabase(
                directory, new HistoryDatabase.Settings(Optional.empty(), Duration.ofSeconds(10), "test"));
    }

    private static void end(History history, State state) {
        history.event(new Event(begin(history).id(), NOON, state, "end"));
    }

    private static DeploymentRecord begin(History history) {
        return history.begin(
                new Asked("shop", "production", DeploymentRecord.Kind.DEPLOY, "main", "alice", Origin.none()),
                new DeploymentRecord.Owner("here", 1, 1),
                NOON);
    }
}
