package io.jenkins.plugins.gateddeploy.jenkins.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.freestyle.DeployBuilder;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.step.DeployAppStep;
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
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds that wait for their turn in a lane, in one Jenkins and across its restart. */
class LaneTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Lane LANE = new Lane("shop", "production");
    private static final Steward MANAGER = new Steward(new Actor("meg", "Meg", Set.of()), true);

    /** Deploys as soon as somebody lets it. */
    private static final String PAUSE =
            "[tasks]\npause = \"touch ../../there; while [ ! -e ../../go ]; do sleep 0.2; done\"\n";

    @TempDir
    private Path directory;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void deploysOneAfterTheOtherAcrossJobs() throws Throwable {
        try (Shop shop = shop()) {
            sessions.then(r -> {
                WorkflowRun running = begin(r, shop);
                WorkflowRun second = start(r, shop, "second", "deployApp 'production'");
                awaitWaiting(1);
                r.waitForMessage("Waiting in the lane of shop to production as deployment #2", second);
                r.waitForMessage("place 1. It is the turn of deployment #1", second);
                assertThat(r.jenkins.toComputer().countBusy())
                        .as("executors taken by what waits outside node")
                        .isZero();
                WorkflowRun rollback =
                        start(r, shop, "rollback", "rollbackTo environment: 'production', release: 'previous'");
                awaitWaiting(2);
                FreeStyleProject project = r.createFreeStyleProject("freestyle");
                project.setScm(GitJobs.scm(shop));
                project.getBuildersList().add(new DeployBuilder(new DeployAppStep("production")));
                Run<?, ?> freestyle = project.scheduleBuild2(0).waitForStart();
                awaitWaiting(3);
                WorkflowRun aborted = start(r, shop, "aborted", "deployApp 'production'");
                awaitWaiting(4);
                WorkflowRun last = start(r, shop, "last", "deployApp 'production'");
                awaitWaiting(5);

                aborted.getExecutor().interrupt();
                r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(aborted));
                awaitWaiting(4);
                assertThat(record(5).message()).isEqualTo("The build was aborted.");

                Files.createFile(shop.place("srv", 0).resolve("go"));
                for (Run<?, ?> build : List.of(running, second, rollback, freestyle, last)) {
                    r.assertBuildStatusSuccess(r.waitForCompletion(build));
                }
                assertThat(JenkinsHost.get().history().list(Filter.of("shop", "production", 9)).stream()
                                .filter(d -> d.state() == State.SUCCEEDED)
                                .sorted((a, b) ->
                                        a.ended().get().compareTo(b.ended().get()))
                                .map(DeploymentRecord::number))
                        .containsExactly(1, 2, 3, 4, 6);
                assertThat(lanes().queue(LANE).entries()).isEmpty();
                for (Run<?, ?> build : List.of(second, rollback, freestyle)) {
                    assertThat(JenkinsRule.getLog(build)).containsOnlyOnce("Nobody has registered");
                }
            });
        }
    }

    @Test
    void letsPeopleTakeOutReorderAndPause() throws Throwable {
        try (Shop shop = shop()) {
            sessions.then(r -> {
                WorkflowRun running = begin(r, shop);
                WorkflowRun out = start(r, shop, "out", "deployApp 'production'");
                awaitWaiting(1);
                WorkflowRun second = start(r, shop, "second", "deployApp 'production'");
                awaitWaiting(2);
                WorkflowRun first = start(r, shop, "first", "deployApp 'production'");
                awaitWaiting(3);

                lanes().cancel(waiting().get(0).id(), MANAGER, "not today", Instant.now());
                r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(out));
                r.assertLogContains("Taken out of the lane by Meg (meg): not today", out);
                lanes().move(waiting().get(1).id(), 1, MANAGER, Instant.now());
                lanes().pause(LANE, "the database is moved", MANAGER, Instant.now());
                Files.createFile(shop.place("srv", 0).resolve("go"));
                r.assertBuildStatusSuccess(r.waitForCompletion(running));
                assertThat(waiting()).hasSize(2);
                assertThat(record(3).state()).isEqualTo(State.QUEUED);

                lanes().resume(LANE, MANAGER, Instant.now());
                r.assertBuildStatusSuccess(r.waitForCompletion(first));
                r.assertBuildStatusSuccess(r.waitForCompletion(second));
                assertThat(record(4).ended().get()).isBefore(record(3).ended().get());
            });
        }
    }

    @Test
    void holdsTheLaneForAPieceOfAScriptAndWhatIsDeployedInIt() throws Throwable {
        try (Shop shop = shop()) {
            Files.createDirectories(shop.place("srv", 0));
            Files.createFile(shop.place("srv", 0).resolve("go"));
            sessions.then(r -> {
                shop.introduceToJenkins();
                Path flag = directory.resolve("flag");
                WorkflowRun block = start(r, shop, "block", """
                        deployLane(environment: 'production') {
                          def d = deployApp 'production'
                          echo "inside #${d.number}"
                          node { waitUntil(initialRecurrencePeriod: 100, quiet: true) { fileExists '%s' } }
                          deployApp 'production'
                        }
                        """.formatted(flag));
                r.waitForMessage("inside #1", block);
                WorkflowRun outside = start(r, shop, "outside", "deployApp 'production'");
                awaitWaiting(1);
                r.waitForMessage("It is the turn of deployLane of block #1.", outside);
                WorkflowRun other = start(r, shop, "other", "deployLane('production') { echo 'my turn' }");
                awaitWaiting(2);

                Files.createFile(flag);

                r.assertBuildStatusSuccess(r.waitForCompletion(block));
                r.assertBuildStatusSuccess(r.waitForCompletion(outside));
                r.assertLogContains("my turn", r.assertBuildStatusSuccess(r.waitForCompletion(other)));
                assertThat(record(2).origin().job()).isEqualTo("outside");
                assertThat(record(3).origin().job()).isEqualTo("block");
                assertThat(record(3).ended().get()).isBefore(record(2).ended().get());
                await().atMost(LONG).until(() -> lanes().queue(LANE).entries().isEmpty());
            });
        }
    }

    @Test
    void keepsTheOrderAcrossARestart() throws Throwable {
        try (Shop shop = shop()) {
            sessions.then(r -> {
                begin(r, shop);
                for (String name : List.of("second", "third", "fourth")) {
                    int place = waiting().size() + 1;
                    start(r, shop, name, "deployApp 'production'");
                    awaitWaiting(place);
                }
                lanes().move(waiting().get(2).id(), 1, MANAGER, Instant.now());
            });

            Files.createFile(shop.place("srv", 0).resolve("go"));
            sessions.then(r -> {
                for (String name : List.of("fourth", "second", "third")) {
                    r.assertBuildStatusSuccess(r.waitForCompletion(
                            r.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild()));
                }
                assertThat(record(4).ended().get()).isBefore(record(2).ended().get());
                assertThat(record(2).ended().get()).isBefore(record(3).ended().get());
                assertThat(record(1).state().isFinal()).isTrue();
            });
        }
    }

    private Shop shop() {
        Shop shop = Shop.open(directory, 1);
        shop.version("v2", PAUSE);
        return shop;
    }

    private WorkflowRun begin(JenkinsRule r, Shop shop) throws Exception {
        shop.introduceToJenkins();
        r.jenkins.setNumExecutors(2);
        WorkflowRun running = start(r, shop, "running", "deployApp 'production'");
        Path there = shop.place("srv", 0).resolve("there");
        await().atMost(LONG).until(() -> Files.exists(there) || !running.isBuilding());
        assertThat(there).as(JenkinsRule.getLog(running)).exists();
        return running;
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

    private static void awaitWaiting(int count) {
        await().atMost(LONG).until(() -> waiting().size() == count);
    }

    private static List<Entry> waiting() {
        return lanes().queue(LANE).waiting();
    }

    private static Lanes lanes() {
        return JenkinsHost.get().history().lanes();
    }

    private static DeploymentRecord record(int number) {
        return JenkinsHost.get().history().find("shop", "production", number).orElseThrow();
    }
}
