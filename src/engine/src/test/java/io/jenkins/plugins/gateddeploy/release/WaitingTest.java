package io.jenkins.plugins.gateddeploy.release;

import static io.jenkins.plugins.gateddeploy.release.AtGate.APPROVAL;
import static io.jenkins.plugins.gateddeploy.release.AtGate.BOB;
import static io.jenkins.plugins.gateddeploy.release.AtGate.BUILD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.Passed;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that wait at a gate, on a real server. */
class WaitingTest {
    @TempDir
    static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    private static final AtGate host = new AtGate(world);

    @BeforeEach
    void fresh() throws Exception {
        world.file("version.txt", "one");
    }

    @Test
    void isTakenBackByWhoAskedForItOrByAManagerAlone() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = host.held(configuration);
        DeploymentRecord held = host.record(gate);
        Actor asker = new Actor(held.actor(), "Ada", Set.of());

        assertThatThrownBy(() -> host.waiting().retract(held.id(), new Steward(BOB, false)))
                .isInstanceOf(LaneException.class)
                .hasMessageContaining("Bob (bob) may not take back deployment #" + held.number() + " of main");
        assertThat(host.record(gate).state()).isEqualTo(State.HELD);
        assertThat(host.waiting().retract(held.id(), new Steward(asker, false)).state())
                .isEqualTo(State.CANCELLED);

        assertThat(host.gates().find(gate.id()).orElseThrow().standing(Instant.now()))
                .isEqualTo(Standing.CANCELLED);
        assertThat(world.history()
                        .audit()
                        .entries()
                        .get(world.history().audit().entries().size() - 1)
                        .what())
                .isEqualTo("TAKEN_BACK");
        assertThatThrownBy(() -> host.waiting().retract(held.id(), new Steward(BOB, true)))
                .isInstanceOf(LaneException.class)
                .hasMessageContaining("does not wait any more");
        DeploymentRecord second = host.announce(configuration);
        assertThat(host.waiting().retract(second.id(), new Steward(BOB, true)).message())
                .isEqualTo("Taken back by Bob (bob).");
    }

    @Test
    void goesOnWithTheSameDeploymentWhenItHasBeenApproved() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = host.held(configuration);
        assertThat(host.record(gate).state()).isEqualTo(State.HELD);
        host.assertUntouched();

        host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        Result result = host.goOn(configuration, gate);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(result.record().id()).isEqualTo(gate.subject().deployment());
        assertThat(result.record().number()).isEqualTo(1);
        assertThat(result.record().origin()).isEqualTo(BUILD);
        assertThat(result.record().reason()).isEqualTo("Hotfix");
        assertThat(result.record().passed()).isEqualTo(new Passed(gate.id(), "Bob"));
        assertThat(host.states(gate))
                .containsExactly(
                        State.QUEUED, State.HELD, State.CHECKING, State.DEPLOYING, State.CONFIRMING, State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsExactly("one");
        world.assertTidy();
    }

    @Test
    void endsRejectedWithoutHavingTouchedATarget() throws Exception {
        Gate gate = host.held(world.configuration(APPROVAL));
        assertThat(host.waiting().settle(gate).state()).isEqualTo(State.HELD);

        DeploymentRecord ended = host.waiting()
                .settle(host.gates()
                        .decide(gate.id(), Vote.onTheNewest(BOB, Verdict.REJECT, "Not on Friday"), Instant.now()));

        assertThat(ended.state()).isEqualTo(State.REJECTED);
        assertThat(ended.message()).isEqualTo("Rejected by Bob: Not on Friday");
        host.assertUntouched();
    }

    @Test
    void endsCancelledWhenItsTimeIsOver() throws Exception {
        Gate gate = host.held(world.configuration(APPROVAL));
        Gate expired = host.gates().expire(gate.id(), gate.deadline());

        DeploymentRecord ended = host.waiting().settle(expired);

        assertThat(expired.standing(Instant.now())).isEqualTo(Standing.TIMED_OUT);
        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.message()).contains("Nobody decided in time");
    }

    @Test
    void endsCancelledAndTakesTheGateBackWhenItsBuildIsAborted() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = host.held(configuration);

        DeploymentRecord ended = host.waiting().cancel(gate.subject().deployment(), "The build was aborted.");

        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(host.gates().find(gate.id()).orElseThrow().standing(Instant.now()))
                .isEqualTo(Standing.CANCELLED);
        assertThat(host.waiting().cancel(ended.id(), "Again.").message()).isEqualTo("The build was aborted.");
        assertThatThrownBy(() -> host.waiting().hold(gate)).hasMessageContaining("[deployment.not-waiting]");
    }

    @Test
    void isContinuedByOneThreadOfMany() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = host.held(configuration);
        host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(() -> {
                try {
                    return host.goOn(configuration, gate).record().state().name();
                } catch (ProblemException e) {
                    return e.problems().get(0).id();
                }
            });
        }

        List<String> ends = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<String> future : threads.invokeAll(calls)) {
                ends.add(future.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(ends)
                .as(world.log())
                .containsExactlyInAnyOrder(
                        "SUCCEEDED", "deployment.not-waiting", "deployment.not-waiting", "deployment.not-waiting");
        assertThat(host.record(gate).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void waitsOnWhenItsHostHasDiedAndAnotherDeploymentCameMeanwhile() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Owner dead = new Owner(Processes.host(), ProcessHandle.current().pid(), 1);
        world.host().owner(dead);
        Gate gate = host.held(configuration);
        DeploymentRecord queued = host.announce(configuration);
        world.host().owner(Processes.self());
        host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());

        Gate other = host.gates().open(host.gate(host.plan(configuration), ""));
        host.gates().decide(other.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        world.deployer()
                .deploy(
                        Host.request(configuration)
                                .with(Mandate.of(BUILD, List.of()).through(other.id())),
                        world.version());

        assertThat(host.record(gate).state()).isEqualTo(State.HELD);
        assertThat(host.waiting().all())
                .filteredOn(r -> r.app().equals(world.appName()))
                .extracting(DeploymentRecord::id)
                .containsExactly(host.record(gate).id(), queued.id());
        assertThat(host.waiting().adopt(host.record(gate))).isTrue();
        assertThat(host.record(gate).owner()).isEqualTo(Processes.self());
        // What is current asks too by now, and nobody was asked on its behalf.
        assertThatThrownBy(() -> host.goOn(configuration, gate)).hasMessageContaining("[gate.stale]");
    }

    @Test
    void endsWhatNobodyGoesOnWithAndClosesItsGate() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = host.held(configuration);
        Gate ofBuild = host.gates().open(ofBuild(gate, BUILD.build()));
        Gate ofAnother = host.gates().open(ofBuild(gate, 8));
        Gate ofQueue = host.gates().open(ofBuild(gate, 0));
        DeploymentRecord inHand = host.announce(configuration);
        world.host().owner(new Owner(Processes.host(), 1L << 40, 1));
        DeploymentRecord begunByTheDead = host.announce(configuration);
        world.host().owner(Processes.self());

        List<DeploymentRecord> ended = host.waiting()
                .endAbandoned(origin ->
                        origin.build() == BUILD.build() ? Optional.of(origin.job() + " is gone.") : Optional.empty());

        assertThat(ended)
                .extracting(DeploymentRecord::id)
                .contains(gate.subject().deployment(), begunByTheDead.id())
                .doesNotContain(inHand.id());
        assertThat(ended).allSatisfy(record -> {
            assertThat(record.state()).isEqualTo(State.CANCELLED);
            assertThat(record.message()).isEqualTo("shop/main is gone.");
        });
        assertThat(world.history().find(inHand.id()).orElseThrow().state()).isEqualTo(State.QUEUED);
        for (Gate taken : List.of(gate, ofBuild)) {
            Gate now = host.gates().find(taken.id()).orElseThrow();
            assertThat(now.standing(Instant.now())).isEqualTo(Standing.CANCELLED);
            assertThat(now.closed().orElseThrow().why()).isEqualTo("shop/main is gone.");
        }
        for (Gate left : List.of(ofAnother, ofQueue)) {
            assertThat(host.gates().find(left.id()).orElseThrow().standing(Instant.now()))
                    .isEqualTo(Standing.OPEN);
        }
        host.waiting().cancel(inHand.id(), "The test is over.");
    }

    @Test
    void leavesWhatSomebodyGoesOnWith() throws Exception {
        Gate gate = host.held(world.configuration(APPROVAL));

        assertThat(host.waiting().endAbandoned(origin -> Optional.empty())).isEmpty();

        assertThat(host.record(gate).state()).isEqualTo(State.HELD);
        assertThat(host.gates().find(gate.id()).orElseThrow().standing(Instant.now()))
                .isEqualTo(Standing.OPEN);
    }

    private static Gate ofBuild(Gate like, int build) {
        Subject of = like.subject();
        Subject subject = new Subject(of.app(), of.environment(), of.plan(), of.revision(), "", "", BUILD.job(), build);
        return Gate.opening(UUID.randomUUID().toString(), subject, like.rules(), Instant.now());
    }

    @Test
    void isNotTakenFromAProcessThatLives() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = host.held(configuration);
        host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        world.host().owner(new Owner(Processes.host(), 1, 0));

        assertThat(host.waiting().adopt(host.record(gate))).isFalse();
        assertThatThrownBy(() -> host.goOn(configuration, gate)).hasMessageContaining("[deployment.not-waiting]");
        assertThat(host.record(gate).state()).isEqualTo(State.HELD);
    }

    @Test
    void goesBackWithoutAGate() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        for (String text : List.of("one", "two")) {
            world.file("version.txt", text);
            Gate gate = host.held(configuration);
            host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
            host.goOn(configuration, gate);
        }
        DeploymentRecord back =
                host.waiting().announce(configuration, Kind.ROLLBACK, "previous", Mandate.of(BUILD, List.of()));

        Result result = world.deployer()
                .rollback(Host.request(configuration).with(Mandate.none().continuing(back.id())), "previous", false);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(result.record().id()).isEqualTo(back.id());
        assertThat(world.everywhere("version.txt")).containsExactly("one");
    }

    @Test
    void refusesToGoOnWithSomethingElse() throws Exception {
        Configuration configuration = world.configuration("");
        DeploymentRecord announced = host.announce(configuration);

        assertThatThrownBy(() -> world.deployer()
                        .rollback(
                                Host.request(configuration).with(Mandate.none().continuing(announced.id())),
                                "previous",
                                false))
                .hasMessageContaining("was announced as a DEPLOY")
                .hasMessageContaining("[deployment.other]");
        assertThatThrownBy(() -> world.deployer()
                        .deploy(Host.request(configuration).with(Mandate.none().continuing("none")), world.version()))
                .hasMessageContaining("[deployment.unknown]");
    }

    @Test
    void failsAnAnnouncedDeploymentWhoseRequestMakesNoSense() throws Exception {
        Configuration configuration = world.configuration("");
        DeploymentRecord announced = host.announce(configuration);
        Deployer.Request nonsense = new Deployer.Request(configuration, List.of("no-such-target"), Set.of())
                .with(Mandate.none().continuing(announced.id()));

        assertThatThrownBy(() -> world.deployer().deploy(nonsense, world.version()))
                .hasMessageContaining("[target.unknown]");
        assertThat(world.history().find(announced.id()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void findsTheConsentThatThisBuildWasGivenToThisPlanByPeople() throws Exception {
        Configuration configuration = world.configuration("");
        Deployer.Request request = Host.request(configuration).with(Mandate.of(BUILD, List.of()));
        Consent consent = new Consent(world.host().ports());
        Plan plan = host.plan(configuration);
        Rules step = new Rules(
                List.of(new Clause(List.of(), 1, true, Duration.ofHours(1), Clause.Source.STEP)), Set.of(), 0);
        Automation well = new Automation(List.of(new Automation.Finding("no-problems", true, "none")), List.of());
        assertThat(consent.mayBeNeeded(request)).isFalse();
        host.gates().open(host.gate(plan, "", step.with(well)));

        assertThat(consent.mayBeNeeded(request)).as("no person was asked").isFalse();
        assertThat(consent.given(plan, BUILD)).isEmpty();

        Gate asked = host.gates().open(host.gate(plan, "", step));
        assertThat(consent.mayBeNeeded(request)).isTrue();
        assertThat(consent.given(plan, BUILD)).as("nobody has said yes yet").isEmpty();
        Gate approved = host.gates().decide(asked.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());

        assertThat(consent.given(plan, BUILD)).contains(approved);
        assertThat(consent.given(plan, new Origin("shop/main", 8, ""))).isEmpty();
        assertThat(consent.given(plan, Origin.none())).isEmpty();
        world.file("version.txt", "two");
        assertThat(consent.given(host.plan(configuration), BUILD))
                .as("another plan")
                .isEmpty();
        assertThat(consent.mayBeNeeded(Host.request(world.configuration(APPROVAL))))
                .isTrue();
        assertThat(consent.mayBeNeeded(Host.request(configuration))).isFalse();
    }
}
