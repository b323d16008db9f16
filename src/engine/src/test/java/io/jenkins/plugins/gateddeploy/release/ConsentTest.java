package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.fixture.SamplePlan;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.Passed;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Approvals of a host that asks for no job, and how often they open the way. */
class ConsentTest {
    private static final Instant NOON = Instant.parse("2030-05-01T12:00:00Z");
    private static final Actor ALICE = new Actor("alice", "Alice", Set.of());
    private static final DeploymentRecord.Owner OWNER = new DeploymentRecord.Owner("here", 1, 1);

    @TempDir
    private Path directory;

    private History history;
    private Consent consent;
    private Gate gate;

    @BeforeEach
    void approve() throws Exception {
        history = new HistoryDatabase(
                directory, new HistoryDatabase.Settings(Optional.empty(), Duration.ofSeconds(10), "test"));
        consent = new Consent(new Ports(
                null,
                null,
                history,
                line -> {},
                Progress.none(),
                Clock.fixed(NOON, ZoneOffset.UTC),
                ALICE,
                OWNER,
                directory,
                Ports.Limits.defaults()));
        Rules rules = new Rules(
                List.of(new Clause(List.of(), 1, true, Duration.ofHours(1), Clause.Source.COMMIT)), Set.of(), 0);
        Subject subject = new Subject("shop", "production", plan().digest(), "main", "", "", "", 0);
        history.gates().open(Gate.opening("gate-1", subject, rules, NOON.minusSeconds(60)));
        gate = history.gates().decide("gate-1", Vote.onTheNewest(ALICE, Verdict.APPROVE, ""), NOON.minusSeconds(30));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CHECKING, FAILED, true",
        "DEPLOYING, FAILED, true",
        "DEPLOYING, CANCELLED, true",
        "DEPLOYING, INTERRUPTED, true",
        "DEPLOYING, ROLLED_BACK, false",
        "CONFIRMING, ROLLED_BACK, false",
        "CONFIRMING, FAILED, false",
        "CONFIRMING, CANCELLED, false",
        "CONFIRMING, INTERRUPTED, false",
        "CONFIRMING, SUCCEEDED, false",
        "DEPLOYING, SUCCEEDED, false"
    })
    void isUsedByWhatHasBeenCurrent(State came, State ended, boolean again) {
        deploy("gate-1", came, ended);

        assertThat(consent.unused(plan()).isPresent()).isEqualTo(again);
    }

    @Test
    void staysUsedHoweverManyDeploymentsCameSince() {
        assertThat(consent.unused(plan())).contains(gate);
        deploy("gate-1", State.CONFIRMING, State.SUCCEEDED);
        for (int i = 0; i < 101; i++) {
            deploy("", State.CHECKING, State.FAILED);
        }

        assertThat(consent.unused(plan())).isEmpty();
    }

    @Test
    void isNotUsedByWhatPassedAnotherGate() {
        deploy("gate-2", State.CONFIRMING, State.SUCCEEDED);

        assertThat(consent.unused(plan())).contains(gate);
    }

    private void deploy(String through, State came, State ended) {
        DeploymentRecord begun =
                history.begin("shop", "production", DeploymentRecord.Kind.DEPLOY, "main", "alice", OWNER, NOON);
        history.update(begun.id(), r -> Records.of(r).passed(new Passed(through, "")));
        history.event(new Event(begun.id(), NOON, came, ""));
        history.event(new Event(begun.id(), NOON, ended, "end"));
    }

    private static Plan plan() {
        return SamplePlan.of("c1", NOON);
    }
}
