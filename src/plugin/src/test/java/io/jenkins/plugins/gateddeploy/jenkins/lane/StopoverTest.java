package io.jenkins.plugins.gateddeploy.jenkins.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.freestyle.RollbackBuilder;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.step.RollbackToStep;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A way back that goes through another environment, where others are under way and wait. */
class StopoverTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Lane STAGING = new Lane("shop", "staging");
    private static final Lane PRODUCTION = new Lane("shop", "production");
    private static final Steward MANAGER = new Steward(new Actor("meg", "Meg", Set.of()), true);
    private static final String BACK = "rollbackTo environment: 'production', via: 'staging'";

    @TempDir
    private Path directory;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void takesItsTurnInEachLaneAndNeverHoldsOneWhileItWaitsForTheOther() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            sessions.then(r -> {
                deployBoth(r, shop);
                WorkflowRun holder = hold(r, shop);
                WorkflowRun back = start(r, shop, "back", BACK);
                awaitWaiting(1);
                r.waitForMessage("Waiting in the lane of shop to staging as deployment #1", back);
                WorkflowRun late = start(r, shop, "late", "deployApp 'staging'");
                awaitWaiting(2);
                assertThat(waiting())
                        .extracting(Entry::claim)
                        .extracting(Claim::asker)
                        .extracting(Claim.Asker::job)
                        .containsExactly("back", "late");
                assertThat(record(STAGING, 1).reason()).startsWith("Before production goes back to v1");
                WorkflowRun within = start(r, shop, "within", "deployLane('production') { " + BACK + " }");
                r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(within));
                r.assertLogContains("This is inside deployLane, which holds the lane of shop to production", within);
                freestyleWaitsThereToo(r, shop);
                // The lane of production is nobody's meanwhile.
                WorkflowRun other = start(r, shop, "other", "deployApp 'production'");
                r.assertBuildStatusSuccess(r.waitForCompletion(other));
                assertThat(waiting()).hasSize(2);

                letGo();
                r.assertBuildStatusSuccess(r.waitForCompletion(holder));
                r.assertBuildStatusSuccess(r.waitForCompletion(late));
                r.waitForMessage("Waiting for approval", back);
                assertThat(lanes().all())
                        .as("lanes with somebody in them while people are asked")
                        .isEmpty();
                DeploymentRecord first = record(STAGING, 1);
                assertThat(first.state()).isEqualTo(State.SUCCEEDED);
                assertThat(first.commit()).isEqualTo(record(PRODUCTION, 1).commit());
                assertThat(first.ended().orElseThrow()).isBeforeOrEqualTo(begun(record(STAGING, 2)));

                approve();
                r.assertBuildStatusSuccess(r.waitForCompletion(back));
                assertThat(shop.page(0))
                        .as("what production goes back to, though more was deployed meanwhile")
                        .isEqualTo("v1");
            });
        }
    }

    @Test
    void keepsItsPlaceAcrossARestartAndEndsWhenItIsAbortedOrTakenOut() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            sessions.then(r -> {
                deployBoth(r, shop);
                hold(r, shop);
                for (String name : List.of("aborted", "out", "back")) {
                    int place = waiting().size() + 1;
                    start(r, shop, name, BACK);
                    awaitWaiting(place);
                }
                assertThat(r.jenkins.toComputer().countBusy())
                        .as("executors that are taken by what holds the lane")
                        .isOne();
            });
            sessions.then(r -> {
                assertThat(waiting()).hasSize(3);
                WorkflowRun aborted = last(r, "aborted");
                WorkflowRun out = last(r, "out");
                WorkflowRun back = last(r, "back");
                // Once before the restart, and once since: it stands there again.
                String stands = "Waiting in the lane of shop to staging";
                await().atMost(LONG).until(() -> JenkinsRule.getLog(aborted).split(stands, -1).length == 3);
                aborted.getExecutor().interrupt();
                r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(aborted));
                awaitWaiting(2);
                lanes().cancel(waiting().get(0).id(), MANAGER, "not today", Instant.now());
                r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(out));
                r.assertLogContains("Taken out of the lane by Meg (meg): not today", out);
                assertThat(record(STAGING, 1).message()).isEqualTo("The build was aborted.");
                assertThat(List.of(record(STAGING, 1), record(STAGING, 2)))
                        .extracting(DeploymentRecord::state)
                        .containsOnly(State.CANCELLED);
                assertThat(shop.page(0)).isEqualTo("v2");

                letGo();
                r.waitForMessage("Waiting for approval", back);
                assertThat(shop.page("staging", 0)).isEqualTo("v1");
                assertThat(record(STAGING, 3).origin().job()).isEqualTo("back");
                approve();
                r.assertBuildStatusSuccess(r.waitForCompletion(back));
                assertThat(shop.page(0)).isEqualTo("v1");
                assertThat(lanes().all()).isEmpty();
            });
        }
    }

    private static void freestyleWaitsThereToo(JenkinsRule r, Shop shop) throws Exception {
        RollbackToStep step = new RollbackToStep("production");
        step.setVia("staging");
        FreeStyleProject project = r.createFreeStyleProject("freestyle");
        project.setScm(GitJobs.scm(shop));
        project.getBuildersList().add(new RollbackBuilder(step));
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        awaitWaiting(3);
        r.waitForMessage("Waiting in the lane of shop to staging", build);
        build.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(build));
        awaitWaiting(2);
        assertThat(record(STAGING, 3).state()).isEqualTo(State.CANCELLED);
    }

    private static void deployBoth(JenkinsRule r, Shop shop) throws Exception {
        People.moveInto(r);
        r.jenkins.setNumExecutors(2);
        r.jenkins.save();
        shop.introduceToJenkins();
        shop.version("v2", shop.staging());
        WorkflowJob job = r.createProject(WorkflowJob.class, "first");
        job.setDefinition(new CpsFlowDefinition(
                "node {\n" + shop.checkout("v2")
                        + "for (v in ['v1', 'v2']) { deployApp environment: 'production', ref: v }\n}",
                true));
        r.buildAndAssertSuccess(job);
    }

    /** Something has its turn in staging's lane until it is let go, also across a restart. */
    private WorkflowRun hold(JenkinsRule r, Shop shop) throws Exception {
        WorkflowRun holder = start(r, shop, "holder", """
                deployLane('staging') {
                  node { waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists '%s' } }
                }
                """.formatted(directory.resolve("go")));
        await().atMost(LONG).until(() -> lanes().queue(STAGING).holder().isPresent());
        return holder;
    }

    private void letGo() throws Exception {
        Files.createFile(directory.resolve("go"));
    }

    private static void approve() throws Exception {
        String gate = JenkinsHost.get()
                .history()
                .gates()
                .list(GateFilter.of("shop", "production", 9))
                .get(0)
                .id();
        Decisions.decide(People.login("alice"), gate, Verdict.APPROVE, "seen on staging");
    }

    /** Outside {@code node}: script, deploy.toml and commit are those of the repository. */
    private static WorkflowRun start(JenkinsRule r, Shop shop, String name, String script) throws Exception {
        shop.repository().file(name + ".groovy", script);
        shop.repository().commit("What " + name + " does");
        String repository = shop.repository().path().toString();
        return GitJobs.create(r, name, repository, name + ".groovy")
                .scheduleBuild2(0)
                .waitForStart();
    }

    private static WorkflowRun last(JenkinsRule r, String job) {
        return r.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    private static void awaitWaiting(int count) {
        await().atMost(LONG).until(() -> waiting().size() == count);
    }

    private static List<Entry> waiting() {
        return lanes().queue(STAGING).waiting();
    }

    private static Lanes lanes() {
        return JenkinsHost.get().history().lanes();
    }

    private static Instant begun(DeploymentRecord record) {
        return JenkinsHost.get().history().events(record.id()).stream()
                .filter(event -> event.state() == State.CHECKING)
                .findFirst()
                .orElseThrow()
                .time();
    }

    private static DeploymentRecord record(Lane lane, int number) {
        return JenkinsHost.get()
                .history()
                .find(lane.app(), lane.environment(), number)
                .orElseThrow();
    }
}
