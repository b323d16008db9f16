package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.Passed;
import io.jenkins.plugins.gateddeploy.history.State;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that wait at a gate, on a real server. */
class WaitingTest {
    private static final String APPROVAL = "approval = { approvers = [\"bob\", \"carol\"] }\n";
    private static final Origin BUILD = new Origin("shop/main", 7, "shop » main #7");
    private static final Actor BOB = new Actor("bob", "Bob", Set.of());

    @TempDir
    static Path directory;

    private static World world;

    @BeforeAll
    static void start() {
        world = new World(directory, 1);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        world.fresh();
        world.file("version.txt", "one");
    }

    private static Waiting waiting() {
        return new Waiting(world.host().ports());
    }

    private static Gates gates() {
        return world.history().gates();
    }

    private static Plan plan(Configuration configuration) throws Exception {
        return world.deployer().plan(Host.request(configuration), world.version());
    }

    private static DeploymentRecord announce(Configuration configuration) {
        return waiting()
                .announce(
                        configuration,
                        Kind.DEPLOY,
                        "main",
                        Mandate.of(BUILD, List.of()).because("Hotfix"));
    }

    /** What a host makes of a plan. */
    private static Gate gate(Plan plan, String deployment) {
        Subject subject = new Subject(
                plan.app(),
                plan.environment(),
                plan.digest(),
                plan.revision(),
                "",
                deployment,
                BUILD.job(),
                BUILD.build());
        return Gate.opening(UUID.randomUUID().toString(), subject, new Rules(plan.rules(), Set.of(), 0), Instant.now());
    }

    private static Gate held(Configuration configuration) throws Exception {
        return waiting().hold(gate(plan(configuration), announce(configuration).id()));
    }

    private static Result goOn(Configuration configuration, Gate gate) throws Exception {
        Mandate mandate = Mandate.none().continuing(gate.subject().deployment()).through(gate.id());
        return world.deployer().deploy(Host.request(configuration).with(mandate), world.version());
    }

    private static DeploymentRecord record(Gate gate) {
        return world.history().find(gate.subject().deployment()).orElseThrow();
    }

    private static List<State> states(Gate gate) {
        return world.history().events(gate.subject().deployment()).stream()
                .map(Event::state)
                .distinct()
                .toList();
    }

    private static void assertUntouched() throws Exception {
        assertThat(world.listing(0)).isEmpty();
    }

    @Test
    void goesOnWithTheSameDeploymentWhenItHasBeenApproved() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = held(configuration);
        assertThat(record(gate).state()).isEqualTo(State.HELD);
        assertUntouched();

        gates().decide(gate.id(), BOB, Verdict.APPROVE, "", Instant.now());
        Result result = goOn(configuration, gate);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(result.record().id()).isEqualTo(gate.subject().deployment());
        assertThat(result.record().number()).isEqualTo(1);
        assertThat(result.record().origin()).isEqualTo(BUILD);
        assertThat(result.record().reason()).isEqualTo("Hotfix");
        assertThat(result.record().passed()).isEqualTo(new Passed(gate.id(), "Bob"));
        assertThat(states(gate))
                .containsExactly(
                        State.QUEUED, State.HELD, State.CHECKING, State.DEPLOYING, State.CONFIRMING, State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsExactly("one");
        world.assertTidy();
    }

    @Test
    void refusesBeforeAnythingIsConnectedWhenNobodyWasAsked() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);

        assertThatThrownBy(() -> world.deploy(configuration))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("deploy.toml has a section \"approval\" for production")
                .hasMessageContaining("[gate.required]");
        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                Host.request(world.configuration(""))
                                        .with(Mandate.of(
                                                BUILD, plan(configuration).rules())),
                                world.version()))
                .hasMessageContaining("The environment's registration asks for approval");
        assertUntouched();
        assertThat(world.history().unfinished(world.appName(), "production")).isEmpty();
    }

    @Test
    void refusesWhatOnlyTheCurrentReleaseAsksFor() throws Exception {
        Configuration asking = world.configuration(APPROVAL);
        Gate gate = held(asking);
        gates().decide(gate.id(), BOB, Verdict.APPROVE, "", Instant.now());
        goOn(asking, gate);
        world.file("version.txt", "two");

        assertThatThrownBy(() -> world.deploy(world.configuration("")))
                .hasMessageContaining("deploy.toml of the release that is current has a section \"approval\"")
                .hasMessageContaining("[gate.required]");
        assertThat(world.everywhere("version.txt")).containsExactly("one");
        world.assertTidy();
    }

    @Test
    void refusesAGateThatIsNotOpenYetOrHasBeenRejected() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate open = held(configuration);
        Gate rejected = held(configuration);
        gates().decide(rejected.id(), BOB, Verdict.REJECT, "No", Instant.now());

        assertThatThrownBy(() -> goOn(configuration, open))
                .hasMessageContaining("still needed: 1 approval more by one of bob, carol")
                .hasMessageContaining("[gate.not-approved]");
        assertThatThrownBy(() -> goOn(configuration, rejected)).hasMessageContaining("Rejected by Bob: No");
        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                Host.request(configuration).with(Mandate.none().through("no-such-gate")),
                                world.version()))
                .hasMessageContaining("[gate.unknown]");
        assertThat(record(open).state()).isEqualTo(State.FAILED);
        assertUntouched();
    }

    @Test
    void refusesAnApprovalOfAnotherVersionOrConfiguration() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate version = held(configuration);
        gates().decide(version.id(), BOB, Verdict.APPROVE, "", Instant.now());
        Gate settings = held(configuration);
        gates().decide(settings.id(), BOB, Verdict.APPROVE, "", Instant.now());

        assertThatThrownBy(() -> goOn(world.configuration(APPROVAL + "[tasks]\na = \"true\"\n"), settings))
                .hasMessageContaining("[gate.stale]");
        world.file("version.txt", "another");
        assertThatThrownBy(() -> goOn(configuration, version)).hasMessageContaining("[gate.stale]");
        assertThat(record(version).state()).isEqualTo(State.FAILED);
        assertThat(record(version).problems()).extracting(p -> p.id()).containsExactly("gate.stale");
        assertThat(world.releases(0)).isEmpty();
        world.assertTidy();
    }

    @Test
    void refusesAGateWithFewerClausesThanThePlan() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Plan plan = plan(configuration);
        Clause easy = new Clause(List.of(), 1, true, Duration.ofHours(1), Clause.Source.STEP);
        Gate full = gate(plan, announce(configuration).id());
        Gate gate = waiting()
                .hold(Gate.opening(full.id(), full.subject(), new Rules(List.of(easy), Set.of(), 0), Instant.now()));
        gates().decide(gate.id(), new Actor("mallory", "Mallory", Set.of()), Verdict.APPROVE, "", Instant.now());

        assertThatThrownBy(() -> goOn(configuration, gate)).hasMessageContaining("[gate.stale]");
        assertThat(world.releases(0)).isEmpty();
    }

    @Test
    void refusesAGateOfAnotherDeploymentOrBuild() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate approved = held(configuration);
        gates().decide(approved.id(), BOB, Verdict.APPROVE, "", Instant.now());
        Gate ofBuild = gates().open(gate(plan(configuration), ""));
        gates().decide(ofBuild.id(), BOB, Verdict.APPROVE, "", Instant.now());
        Origin another = new Origin(BUILD.job(), 8, "");

        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                Host.request(configuration)
                                        .with(Mandate.of(BUILD, List.of()).through(approved.id())),
                                world.version()))
                .hasMessageContaining("[gate.other]");
        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                Host.request(configuration)
                                        .with(Mandate.of(another, List.of()).through(ofBuild.id())),
                                world.version()))
                .hasMessageContaining("[gate.other]");
        assertUntouched();
        assertThat(world.deployer()
                        .deploy(
                                Host.request(configuration)
                                        .with(Mandate.of(BUILD, List.of()).through(ofBuild.id())),
                                world.version())
                        .record()
                        .state())
                .isEqualTo(State.SUCCEEDED);
    }

    @Test
    void endsRejectedWithoutHavingTouchedATarget() throws Exception {
        Gate gate = held(world.configuration(APPROVAL));
        assertThat(waiting().settle(gate).state()).isEqualTo(State.HELD);

        DeploymentRecord ended =
                waiting().settle(gates().decide(gate.id(), BOB, Verdict.REJECT, "Not on Friday", Instant.now()));

        assertThat(ended.state()).isEqualTo(State.REJECTED);
        assertThat(ended.message()).isEqualTo("Rejected by Bob: Not on Friday");
        assertUntouched();
    }

    @Test
    void endsCancelledWhenItsTimeIsOver() throws Exception {
        Gate gate = held(world.configuration(APPROVAL));
        Gate expired = gates().expire(gate.id(), gate.deadline());

        DeploymentRecord ended = waiting().settle(expired);

        assertThat(expired.standing(Instant.now())).isEqualTo(Standing.TIMED_OUT);
        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.message()).contains("Nobody decided in time");
    }

    @Test
    void endsCancelledAndTakesTheGateBackWhenItsBuildIsAborted() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = held(configuration);

        DeploymentRecord ended = waiting().cancel(gate.subject().deployment(), "The build was aborted.");

        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(gates().find(gate.id()).orElseThrow().standing(Instant.now()))
                .isEqualTo(Standing.CANCELLED);
        assertThat(waiting().cancel(ended.id(), "Again.").message()).isEqualTo("The build was aborted.");
        assertThatThrownBy(() -> waiting().hold(gate)).hasMessageContaining("[deployment.not-waiting]");
    }

    @Test
    void isContinuedByOneThreadOfMany() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = held(configuration);
        gates().decide(gate.id(), BOB, Verdict.APPROVE, "", Instant.now());
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(() -> {
                try {
                    return goOn(configuration, gate).record().state().name();
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
        assertThat(record(gate).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void waitsOnWhenItsHostHasDiedAndAnotherDeploymentCameMeanwhile() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Owner dead = new Owner(Processes.host(), ProcessHandle.current().pid(), 1);
        world.host().owner(dead);
        Gate gate = held(configuration);
        DeploymentRecord queued = announce(configuration);
        world.host().owner(Processes.self());
        gates().decide(gate.id(), BOB, Verdict.APPROVE, "", Instant.now());

        Gate other = gates().open(gate(plan(configuration), ""));
        gates().decide(other.id(), BOB, Verdict.APPROVE, "", Instant.now());
        world.deployer()
                .deploy(
                        Host.request(configuration)
                                .with(Mandate.of(BUILD, List.of()).through(other.id())),
                        world.version());

        assertThat(record(gate).state()).isEqualTo(State.HELD);
        assertThat(waiting().all())
                .filteredOn(r -> r.app().equals(world.appName()))
                .extracting(DeploymentRecord::id)
                .containsExactly(record(gate).id(), queued.id());
        assertThat(waiting().adopt(record(gate))).isTrue();
        assertThat(record(gate).owner()).isEqualTo(Processes.self());
        // What is current asks too by now, and nobody was asked on its behalf.
        assertThatThrownBy(() -> goOn(configuration, gate)).hasMessageContaining("[gate.stale]");
    }

    @Test
    void endsWhatNobodyGoesOnWithAndClosesItsGate() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate gate = held(configuration);
        Gate ofBuild = gates().open(ofBuild(gate, BUILD.build()));
        Gate ofAnother = gates().open(ofBuild(gate, 8));
        Gate ofQueue = gates().open(ofBuild(gate, 0));
        DeploymentRecord inHand = announce(configuration);
        world.host().owner(new Owner(Processes.host(), 1L << 40, 1));
        DeploymentRecord begunByTheDead = announce(configuration);
        world.host().owner(Processes.self());

        List<DeploymentRecord> ended = waiting()
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
            Gate now = gates().find(taken.id()).orElseThrow();
            assertThat(now.standing(Instant.now())).isEqualTo(Standing.CANCELLED);
            assertThat(now.closed().orElseThrow().why()).isEqualTo("shop/main is gone.");
        }
        for (Gate left : List.of(ofAnother, ofQueue)) {
            assertThat(gates().find(left.id()).orElseThrow().standing(Instant.now()))
                    .isEqualTo(Standing.OPEN);
        }
        waiting().cancel(inHand.id(), "The test is over.");
    }

    @Test
    void leavesWhatSomebodyGoesOnWith() throws Exception {
        Gate gate = held(world.configuration(APPROVAL));

        assertThat(waiting().endAbandoned(origin -> Optional.empty())).isEmpty();

        assertThat(record(gate).state()).isEqualTo(State.HELD);
        assertThat(gates().find(gate.id()).orElseThrow().standing(Instant.now()))
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
        Gate gate = held(configuration);
        gates().decide(gate.id(), BOB, Verdict.APPROVE, "", Instant.now());
        world.host().owner(new Owner(Processes.host(), 1, 0));

        assertThat(waiting().adopt(record(gate))).isFalse();
        assertThatThrownBy(() -> goOn(configuration, gate)).hasMessageContaining("[deployment.not-waiting]");
        assertThat(record(gate).state()).isEqualTo(State.HELD);
    }

    @Test
    void goesBackWithoutAGate() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        for (String text : List.of("one", "two")) {
            world.file("version.txt", text);
            Gate gate = held(configuration);
            gates().decide(gate.id(), BOB, Verdict.APPROVE, "", Instant.now());
            goOn(configuration, gate);
        }
        DeploymentRecord back =
                waiting().announce(configuration, Kind.ROLLBACK, "previous", Mandate.of(BUILD, List.of()));

        Result result = world.deployer()
                .rollback(Host.request(configuration).with(Mandate.none().continuing(back.id())), "previous", false);

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.SUCCEEDED);
        assertThat(result.record().id()).isEqualTo(back.id());
        assertThat(world.everywhere("version.txt")).containsExactly("one");
    }

    @Test
    void refusesToGoOnWithSomethingElse() throws Exception {
        Configuration configuration = world.configuration("");
        DeploymentRecord announced = announce(configuration);

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
        DeploymentRecord announced = announce(configuration);
        Deployer.Request nonsense = new Deployer.Request(configuration, List.of("no-such-target"), Set.of())
                .with(Mandate.none().continuing(announced.id()));

        assertThatThrownBy(() -> world.deployer().deploy(nonsense, world.version()))
                .hasMessageContaining("[target.unknown]");
        assertThat(world.history().find(announced.id()).orElseThrow().state()).isEqualTo(State.FAILED);
    }
}
