package io.jenkins.plugins.gateddeploy.release;

import static io.jenkins.plugins.gateddeploy.release.AtGate.APPROVAL;
import static io.jenkins.plugins.gateddeploy.release.AtGate.BOB;
import static io.jenkins.plugins.gateddeploy.release.AtGate.BUILD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that may not go on past a gate, on a real server. */
class RefusedAtGateTest {
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
                                                BUILD, host.plan(configuration).rules())),
                                world.version()))
                .hasMessageContaining("The environment's registration asks for approval");
        host.assertUntouched();
        assertThat(world.history().unfinished(world.appName(), "production")).isEmpty();
    }

    @Test
    void refusesWhatOnlyTheCurrentReleaseAsksFor() throws Exception {
        Configuration asking = world.configuration(APPROVAL);
        Gate gate = host.held(asking);
        host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        host.goOn(asking, gate);
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
        Gate open = host.held(configuration);
        Gate rejected = host.held(configuration);
        host.gates().decide(rejected.id(), Vote.onTheNewest(BOB, Verdict.REJECT, "No"), Instant.now());

        assertThatThrownBy(() -> host.goOn(configuration, open))
                .hasMessageContaining("still needed: 1 approval more by one of bob, carol")
                .hasMessageContaining("[gate.not-approved]");
        assertThatThrownBy(() -> host.goOn(configuration, rejected)).hasMessageContaining("Rejected by Bob: No");
        assertThatThrownBy(() -> world.deployer()
                        .deploy(
                                Host.request(configuration).with(Mandate.none().through("no-such-gate")),
                                world.version()))
                .hasMessageContaining("[gate.unknown]");
        assertThat(host.record(open).state()).isEqualTo(State.FAILED);
        host.assertUntouched();
    }

    @Test
    void refusesAnApprovalOfAnotherVersionOrConfiguration() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate version = host.held(configuration);
        host.gates().decide(version.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        Gate settings = host.held(configuration);
        host.gates().decide(settings.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());

        assertThatThrownBy(() -> host.goOn(world.configuration(APPROVAL + "[tasks]\na = \"true\"\n"), settings))
                .hasMessageContaining("[gate.stale]");
        world.file("version.txt", "another");
        assertThatThrownBy(() -> host.goOn(configuration, version)).hasMessageContaining("[gate.stale]");
        assertThat(host.record(version).state()).isEqualTo(State.FAILED);
        assertThat(host.record(version).problems()).extracting(p -> p.id()).containsExactly("gate.stale");
        assertThat(world.releases(0)).isEmpty();
        world.assertTidy();
    }

    @Test
    void refusesAnApprovalOfEverythingForLessAndOfLessForEverything() throws Exception {
        Configuration configuration = world.configuration(APPROVAL + "[tasks]\na = \"true\"\nb = \"true\"\n");
        Deployer.Request part = new Deployer.Request(configuration, List.of(), Set.of("b"));
        Gate whole = host.held(configuration);
        host.gates().decide(whole.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        Plan plan = world.deployer().plan(part, world.version());
        Gate less =
                host.waiting().hold(host.gate(plan, host.announce(configuration).id()));
        host.gates().decide(less.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());

        assertThatThrownBy(() -> world.deployer().deploy(part.with(through(whole)), world.version()))
                .hasMessageContaining("which tasks are left out")
                .hasMessageContaining("[gate.stale]");
        assertThatThrownBy(() -> host.goOn(configuration, less)).hasMessageContaining("[gate.stale]");
        assertThat(world.releases(0)).isEmpty();
    }

    private static Mandate through(Gate gate) {
        return Mandate.none().continuing(gate.subject().deployment()).through(gate.id());
    }

    @Test
    void deploysTheSamePartThatWasApproved() throws Exception {
        Configuration configuration = world.configuration(APPROVAL + "[tasks]\na = \"true\"\nb = \"false\"\n");
        Deployer.Request part = new Deployer.Request(configuration, List.of(), Set.of("b"));
        Plan plan = world.deployer().plan(part, world.version());
        Gate gate =
                host.waiting().hold(host.gate(plan, host.announce(configuration).id()));
        host.gates().decide(gate.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());

        assertThat(world.deployer()
                        .deploy(part.with(through(gate)), world.version())
                        .record()
                        .state())
                .isEqualTo(State.SUCCEEDED);
    }

    @Test
    void refusesAGateWithFewerClausesThanThePlan() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Plan plan = host.plan(configuration);
        Clause easy = new Clause(List.of(), 1, true, Duration.ofHours(1), Clause.Source.STEP);
        Gate full = host.gate(plan, host.announce(configuration).id());
        Gate gate = host.waiting()
                .hold(Gate.opening(full.id(), full.subject(), new Rules(List.of(easy), Set.of(), 0), Instant.now()));
        host.gates()
                .decide(
                        gate.id(),
                        Vote.onTheNewest(new Actor("mallory", "Mallory", Set.of()), Verdict.APPROVE, ""),
                        Instant.now());

        assertThatThrownBy(() -> host.goOn(configuration, gate)).hasMessageContaining("[gate.stale]");
        assertThat(world.releases(0)).isEmpty();
    }

    @Test
    void refusesAGateOfAnotherDeploymentOrBuild() throws Exception {
        Configuration configuration = world.configuration(APPROVAL);
        Gate approved = host.held(configuration);
        host.gates().decide(approved.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
        Gate ofBuild = host.gates().open(host.gate(host.plan(configuration), ""));
        host.gates().decide(ofBuild.id(), Vote.onTheNewest(BOB, Verdict.APPROVE, ""), Instant.now());
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
        host.assertUntouched();
        assertThat(world.deployer()
                        .deploy(
                                Host.request(configuration)
                                        .with(Mandate.of(BUILD, List.of()).through(ofBuild.id())),
                                world.version())
                        .record()
                        .state())
                .isEqualTo(State.SUCCEEDED);
    }
}
