package io.jenkins.plugins.gateddeploy.jenkins.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds that come to an end, while what they deploy waits for people or is under way. */
class AbandonedTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void nothingWaitsForApprovalWhoseBuildIsOver() throws Throwable {
        AtomicReference<Path> gone = new AtomicReference<>();
        try (Shop shop = Shop.open(directory, 1)) {
            shop.version("v2", """

                    [environments.production.approval]
                    approvers = ["@qa"]
                    required = 1
                    timeout = "1h"
                    """);
            String deploy = "node {\n" + shop.checkout("v2") + "deployApp 'production'\n}";
            String hold = "node {\n" + shop.checkout("v2") + "holdForApproval environment: 'production'\n}";
            sessions.then(r -> {
                People.moveInto(r);
                shop.introduceToJenkins();
                // Each waits inside its node.
                r.jenkins.setNumExecutors(9);
                start(r, "kept", deploy);
                start(r, "not resumed", "properties([disableResume()])\n" + deploy);
                gone.set(start(r, "gone", deploy).getRootDir().toPath());

                for (String script : List.of(deploy, hold)) {
                    String name = script.equals(deploy) ? "killed" : "killed at a hold";
                    start(r, name, script).doKill();
                    assertTakenBack(name, "The build " + name + " #1 has ended (ABORTED).");
                }
                for (String name : List.of("kept", "not resumed", "gone")) {
                    assertThat(gate(name).standing(Instant.now())).as(name).isEqualTo(Standing.OPEN);
                }
            });
            Util.deleteRecursive(gone.get().toFile());
            sessions.then(r -> {
                assertTakenBack("gone", "The build #1 of gone that asked for it is gone.");
                assertTakenBack("not resumed", "The build not resumed #1 ");
                assertThat(deployment(gate("kept")).state()).isEqualTo(State.HELD);
                assertThat(gate("kept").standing(Instant.now())).isEqualTo(Standing.OPEN);
                WorkflowRun kept =
                        r.jenkins.getItemByFullName("kept", WorkflowJob.class).getLastBuild();
                kept.getExecutor().interrupt();
                r.waitForCompletion(kept);
                assertTakenBack("kept", "The build was aborted.");
            });
        }
    }

    @Test
    void aDeploymentGoesOnToItsEndWhenItsBuildIsDeleted() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.version(
                    "v2",
                    "[tasks]\npause = \"touch ../../there; n=0; while [ ! -e ../../go ] && [ $n -lt 3000 ];"
                            + " do sleep 0.2; n=$((n+1)); done\"\n");
            sessions.then(r -> {
                People.moveInto(r);
                shop.introduceToJenkins();
                WorkflowJob job = r.createProject(WorkflowJob.class, "shop");
                job.setDefinition(
                        new CpsFlowDefinition("node {\n" + shop.checkout("v2") + "deployApp 'production'\n}", true));
                WorkflowRun build = People.start(job);
                Path place = shop.place("srv", 0);
                await().atMost(LONG).until(() -> Files.exists(place.resolve("there")));

                build.doKill();
                await().atMost(LONG).until(() -> !build.isLogUpdated());
                build.delete();
                Files.createFile(place.resolve("go"));

                await().atMost(LONG)
                        .until(() -> JenkinsHost.get()
                                .history()
                                .find("shop", "production", 1)
                                .orElseThrow()
                                .state()
                                .isFinal());
                assertThat(JenkinsHost.get().history().find("shop", "production", 1))
                        .map(DeploymentRecord::state)
                        .contains(State.SUCCEEDED);
                assertThat(shop.page(0)).isEqualTo("v2");
                assertThat(shop.isFree("srv", 0)).isTrue();
                assertThat(build.getRootDir())
                        .as("nothing is written for it any more")
                        .doesNotExist();
            });
            sessions.then(r -> {
                await().atMost(LONG)
                        .untilAsserted(
                                () -> assertThat(JenkinsHost.get().dockets()).isEmptyDirectory());
                assertThat(JenkinsHost.get().history().find("shop", "production", 1))
                        .map(DeploymentRecord::state)
                        .contains(State.SUCCEEDED);
            });
        }
    }

    /** {@return a build that waits at its gate} */
    private static WorkflowRun start(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun build = People.start(job);
        r.waitForMessage("Waiting for approval", build);
        return build;
    }

    private static void assertTakenBack(String job, String why) {
        await().atMost(LONG).untilAsserted(() -> {
            Gate gate = gate(job);
            assertThat(gate.standing(Instant.now())).as(job).isEqualTo(Standing.CANCELLED);
            assertThat(gate.closed().orElseThrow().why()).startsWith(why);
            if (!gate.subject().deployment().isEmpty()) {
                DeploymentRecord record = deployment(gate);
                assertThat(record.state()).as(job).isEqualTo(State.CANCELLED);
                assertThat(record.message()).startsWith(why);
            }
        });
    }

    private static Gate gate(String job) {
        return JenkinsHost.get()
                .history()
                .gates()
                .list(GateFilter.ofBuild(job, 1, 9))
                .get(0);
    }

    private static DeploymentRecord deployment(Gate gate) {
        return JenkinsHost.get().history().find(gate.subject().deployment()).orElseThrow();
    }
}
