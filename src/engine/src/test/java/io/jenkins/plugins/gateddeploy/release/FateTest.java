package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Made;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.release.Fate.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a build's deployment, as its gates and deployments tell. */
class FateTest {
    private static final Instant NOON = Made.NOON;
    private static final Owner US = new Owner("host-a", 100, 7);
    private static final Origin BUILD = new Origin("shop/main", 42, "");
    private static final Actor BOB = Made.person("bob");

    @TempDir
    Path home;

    private HistoryDatabase history;

    @BeforeEach
    void open() {
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void isUnknownUntilTheBuildItselfDoesSomethingAboutThatEnvironment() {
        deployment(new Origin("shop/main", 41, ""), "production", Kind.DEPLOY, State.SUCCEEDED, NOON);
        deployment(BUILD, "staging", Kind.DEPLOY, State.SUCCEEDED, NOON);
        deployment(BUILD, "production", Kind.ROLLBACK, State.SUCCEEDED, NOON);
        history.gates().open(gate("staging", "", "0".repeat(64), NOON));
        // People who are asked whether to go back are not asked about a version.
        history.gates().open(gate("production", "", "", NOON));

        assertThat(fate()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void followsItsGateUntilADeploymentHasBegun() throws Exception {
        Gate gate = history.gates().open(gate("production", "", "0".repeat(64), NOON));
        assertThat(fate()).isEqualTo(Standing.WAITS);

        history.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), NOON.plusSeconds(60));
        assertThat(fate()).isEqualTo(Standing.GOES_ON);

        deployment(BUILD, "production", Kind.DEPLOY, State.DEPLOYING, NOON.plusSeconds(70));
        assertThat(fate()).isEqualTo(Standing.GOES_ON);
    }

    @Test
    void fellWithItsGate() throws Exception {
        Gate gate = history.gates().open(gate("production", "", "0".repeat(64), NOON));
        history.gates()
                .decide(gate.id(), Vote.onTheNewest(BOB, Verdict.REJECT, "the picture is wrong"), NOON.plusSeconds(60));

        Fate fate = Fate.of(history, BUILD, "shop", "production", NOON.plusSeconds(61));
        assertThat(fate.standing()).isEqualTo(Standing.FAILED);
        assertThat(fate.words()).contains("was not approved", "Rejected by Bob: the picture is wrong");
    }

    @Test
    void fellWhenNobodyDecidedInTimeEvenIfNobodyHasWrittenThatDown() {
        Gate gate = history.gates().open(gate("production", "", "0".repeat(64), NOON));

        assertThat(Fate.of(history, BUILD, "shop", "production", gate.deadline())
                        .standing())
                .isEqualTo(Standing.FAILED);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void followsTheDeployment(State state) {
        deployment(BUILD, "production", Kind.DEPLOY, state, NOON);

        Standing expected = state == State.SUCCEEDED
                ? Standing.SUCCEEDED
                : state == State.HELD ? Standing.WAITS : state.isFinal() ? Standing.FAILED : Standing.GOES_ON;
        assertThat(fate()).isEqualTo(expected);
    }

    @Test
    void startsAnewWhenTheBuildAsksAgainAfterAFailure() {
        deployment(BUILD, "production", Kind.DEPLOY, State.ROLLED_BACK, NOON);
        assertThat(fate()).isEqualTo(Standing.FAILED);

        history.gates().open(gate("production", "", "0".repeat(64), NOON.plusSeconds(60)));
        assertThat(fate()).isEqualTo(Standing.WAITS);

        deployment(BUILD, "production", Kind.DEPLOY, State.SUCCEEDED, NOON.plusSeconds(120));
        assertThat(fate()).isEqualTo(Standing.SUCCEEDED);
    }

    private Standing fate() {
        return Fate.of(history, BUILD, "shop", "production", NOON.plus(Duration.ofMinutes(5)))
                .standing();
    }

    private void deployment(Origin origin, String environment, Kind kind, State state, Instant started) {
        DeploymentRecord begun = history.begin(new Asked("shop", environment, kind, "v2", "dora", origin), US, started);
        if (state.isFinal()) {
            history.update(begun.id(), r -> Records.of(r).ended(state, "It ended.", started.plusSeconds(1), List.of()));
        } else if (state != State.QUEUED) {
            history.event(new Event(begun.id(), started, state, ""));
        }
    }

    private static Gate gate(String environment, String deployment, String plan, Instant opened) {
        return Gate.opening(
                UUID.randomUUID().toString(),
                new Subject("shop", environment, plan, "v2", "", deployment, BUILD.job(), BUILD.build()),
                new Rules(List.of(Made.clause(1)), Set.of(), 0),
                opened);
    }
}
