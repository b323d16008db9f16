package io.jenkins.plugins.gateddeploy.jenkins.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller is restarted as its administrator would, while a deployment is under way from the controller itself. */
class RestartTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void takesBackWhatWasUnderWayAndTellsTheBuildAfterwards() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.version("v2", "[tasks]\npause = { run = \"touch ../../there; sleep 600\", at = \"switched\" }\n");
            sessions.then(r -> {
                shop.introduceToJenkins();
                WorkflowJob job = r.createProject(WorkflowJob.class, "shop");
                job.setDefinition(new CpsFlowDefinition(deploying(shop, "v1"), true));
                r.buildAndAssertSuccess(job);
                job.setDefinition(new CpsFlowDefinition(deploying(shop, "v2"), true));
                job.scheduleBuild2(0).waitForStart();
                await().atMost(LONG)
                        .until(() -> Files.exists(shop.place("srv", 0).resolve("there")));
            });

            assertThat(shop.page(0)).as("it went back before Jenkins ended").isEqualTo("v1");
            assertThat(shop.isFree("srv", 0)).isTrue();
            sessions.then(r -> {
                WorkflowRun build =
                        r.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
                r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(build));
                r.assertLogContains("Looking what became of deployment #2", build);
                r.assertLogContains("ended CANCELLED", build);
                r.assertLogContains("current is 2", build);
                List<DeploymentRecord> all = JenkinsHost.get().history().list(Filter.of("shop", "production", 9));
                assertThat(all).extracting(DeploymentRecord::state).containsExactly(State.CANCELLED, State.SUCCEEDED);
                assertThat(JenkinsHost.get().dockets()).isEmptyDirectory();
            });
        }
    }

    @Test
    void asksPeopleAboutTheEnvironmentThatIsMeantAfterItWentBackInAnother() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.version("v2", shop.staging());
            sessions.then(r -> {
                People.moveInto(r);
                r.jenkins.save();
                shop.introduceToJenkins();
                WorkflowJob job = r.createProject(WorkflowJob.class, "shop");
                for (String version : List.of("v1", "v2")) {
                    job.setDefinition(new CpsFlowDefinition(deploying(shop, version), true));
                    r.buildAndAssertSuccess(job);
                }
                job.setDefinition(new CpsFlowDefinition(
                        "node {\n" + shop.checkout("v2")
                                + "def d = rollbackTo environment: 'production', via: 'staging'\n"
                                + "echo \"back in ${d.environment}\"\n}",
                        true));
                r.waitForMessage("Waiting for approval", job.scheduleBuild2(0).waitForStart());
                assertThat(shop.page("staging", 0)).isEqualTo("v1");
            });
            sessions.then(r -> {
                WorkflowRun build =
                        r.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
                Gate gate = JenkinsHost.get()
                        .history()
                        .gates()
                        .list(GateFilter.of("shop", "production", 9))
                        .get(0);
                Decisions.decide(People.login("alice"), gate.id(), Verdict.APPROVE, "seen on staging");

                r.assertBuildStatusSuccess(r.waitForCompletion(build));
                r.assertLogContains("back in production", build);
                assertThat(shop.page(0)).isEqualTo("v1");
            });
        }
    }

    private static String deploying(Shop shop, String version) {
        return "node {\n" + shop.checkout(version) + "deployApp environment: 'production', ref: '" + version + "'\n}\n";
    }
}
