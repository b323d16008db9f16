package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What becomes of builds that nobody started, with a real repository and a real server. */
@WithJenkins
class DeployedByItselfTest {
    private static final String SECRET = "a long secret of the shop";
    private static final String CONDITIONS = "deploy_on = { tags = [\"v*\"], only_after_success = true }\n";

    @TempDir
    private Path directory;

    @Test
    void deploysThePushesThatTheEnvironmentWants(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            Forges forges = new Forges(jenkins.getURL().toURI());
            Forges.know(Forges.REPOSITORY, "shop-webhook", SECRET);
            WorkflowJob job = job(jenkins, shop, "deployApp environment: 'production'");
            String second = shop.version("v2", CONDITIONS);

            // The workspace is of the branch; what is deployed is what was pushed.
            forges.github(Forges.push("refs/tags/v1", second), SECRET);
            jenkins.waitUntilNoActivity();
            jenkins.assertBuildStatusSuccess(job.getLastBuild());
            assertThat(shop.page(0)).isEqualTo("v1");

            forges.github(Forges.push("refs/heads/main", second), SECRET);
            jenkins.waitUntilNoActivity();
            WorkflowRun passedOver = jenkins.assertBuildStatusSuccess(job.getLastBuild());
            jenkins.assertLogContains(
                    "Not deployed to production of shop: branch main is not among those that deploy_on names"
                            + " (branches: none; tags: v*).",
                    passedOver);
            assertThat(shop.page(0)).isEqualTo("v1");
            assertThat(skipped()).singleElement().satisfies(skip -> {
                assertThat(skip.place()).hasToString("production of shop");
                assertThat(skip.by()).isEqualTo("SCM change");
                assertThat(skip.origin().build()).isEqualTo(passedOver.getNumber());
                assertThat(skip.why()).contains("branch main is not among those that deploy_on names");
            });

            // A person is asked for none of it.
            WorkflowRun inPerson = jenkins.assertBuildStatusSuccess(
                    job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(null))));
            jenkins.assertLogNotContains("Not deployed", inPerson);
            assertThat(skipped()).hasSize(1);
            assertThat(shop.page(0)).isEqualTo("v2");
        }
    }

    @Test
    void passesOverWhatIsHeldAndStopsAfterAFailure(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            WorkflowJob job = job(jenkins, shop, """
                    def d = deployApp environment: 'production', ref: env.GATED_DEPLOY_REF
                    echo "passed over: ${d.passedOver}"
                    """);
            shop.repository().file("index.html", "held\n");
            shop.repository().commit("[HOLD] Not before Monday");
            shop.repository().tag("v3");
            WorkflowRun held = jenkins.assertBuildStatusSuccess(byTheClock(job, "v3"));
            jenkins.assertLogContains("begins with [HOLD], so a person has to start its deployment", held);
            jenkins.assertLogContains("passed over: Not deployed to production of shop", held);
            assertThat(JenkinsHost.get().history().list(Filter.of("shop", "production", 10)))
                    .isEmpty();

            jenkins.assertBuildStatusSuccess(byTheClock(job, "latest:v1"));
            assertThat(shop.page(0)).isEqualTo("v1");
            shop.version("v4", CONDITIONS + "tasks.broken = \"exit 1\"\n");
            jenkins.assertBuildStatus(Result.FAILURE, byTheClock(job, "v4"));

            shop.version("v5", CONDITIONS);
            WorkflowRun refused = jenkins.assertBuildStatus(Result.FAILURE, byTheClock(job, "v5"));
            jenkins.assertLogContains("trigger.last-failed", refused);
            jenkins.assertLogContains("The deployment before, #2 to production of shop, ended", refused);
            assertThat(shop.page(0)).isEqualTo("v1");

            GatedDeployConfiguration.get().setEnvironments(List.of(new RegisteredEnvironment("shop", "production")));
            jenkins.assertBuildStatus(Result.FAILURE, byTheClock(job, "v5"));
            assertThat(skipped())
                    .satisfiesExactly(
                            skip -> assertThat(skip.why()).contains("timer"),
                            skip -> assertThat(skip.why())
                                    .contains(
                                            "ended FAILED, and deploy_on asks for one that succeeded",
                                            "Look at what went wrong"),
                            skip -> assertThat(skip.why()).contains("begins with [HOLD]"));
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                assertThat(client.goTo("job/shop/deployments/api/skips?job=shop", "application/json")
                                .getWebResponse()
                                .getContentAsString())
                        .contains("begins with [HOLD]", "\"by\":\"Timer\"", "/job/shop/1/");
            }
        }
    }

    private static List<Skipped> skipped() {
        return Skipped.recent(JenkinsHost.get().history().audit());
    }

    @Test
    void doesNotFollowAFailureFromItsLane(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            WorkflowJob job = job(jenkins, shop, "deployApp environment: 'production', ref: env.GATED_DEPLOY_REF");
            jenkins.assertBuildStatusSuccess(byTheClock(job, "v1"));
            Path there = shop.place("srv", 0).resolve("there");
            Path go = shop.place("srv", 0).resolve("go");
            shop.version(
                    "v2",
                    CONDITIONS + "tasks.broken = \"touch ../../there; while [ ! -e ../../go ]; do sleep 0.2; done;"
                            + " exit 1\"\n");
            WorkflowRun failing = startByTheClock(job, "v2").waitForStart();
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(there));
            shop.version("v3", CONDITIONS);
            WorkflowRun waiting = startByTheClock(job, "v3").waitForStart();
            jenkins.waitForMessage("Waiting in the lane of shop to production as deployment #3", waiting);

            Files.createFile(go);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(failing));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(waiting));
            jenkins.assertLogContains("The deployment before, #2 to production of shop, ended", waiting);
            assertThat(shop.page(0)).isEqualTo("v1");
            History history = JenkinsHost.get().history();
            assertThat(history.find("shop", "production", 3).orElseThrow().state())
                    .as("what was never begun is no failure that would hold what people do about the one before")
                    .isEqualTo(State.CANCELLED);
            assertThat(history.lanes().queue(new Lane("shop", "production")).entries())
                    .isEmpty();
        }
    }

    @Test
    void tellsTheBranchOfAPolledJobByItsCheckout(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            shop.version("v2", "deploy_on = { branches = [\"main\"] }\n");
            WorkflowJob main = job(jenkins, shop, "deployApp environment: 'production'");
            jenkins.assertBuildStatusSuccess(polled(main));
            assertThat(shop.page(0)).isEqualTo("v2");

            shop.repository().branch("topic");
            shop.version("v3", "deploy_on = { branches = [\"main\"] }\n");
            main.setDefinition(new CpsFlowDefinition(
                    "node {\n" + shop.checkout("topic") + "deployApp environment: 'production'\n}", true));
            WorkflowRun topic = jenkins.assertBuildStatusSuccess(polled(main));
            jenkins.assertLogContains("Not deployed to production of shop: branch topic is not among", topic);
            assertThat(shop.page(0)).isEqualTo("v2");
        }
    }

    @Test
    void asksNobodyAboutABranchThatIsNotDeployed(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            shop.repository().file("Jenkinsfile", """
                    holdForApproval environment: 'production'
                    deployApp environment: 'production'
                    """);
            shop.version("v2", "deploy_on = { branches = [\"stable\"] }\n");
            WorkflowMultiBranchProject branches = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
            GitSCMSource source = new GitSCMSource(shop.repository().path().toString());
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            branches.getSourcesList().add(new BranchSource(source));

            branches.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();

            WorkflowRun build =
                    jenkins.assertBuildStatusSuccess(branches.getItem("main").getLastBuild());
            jenkins.assertLogContains("Not deployed to production of shop: branch main is not among", build);
            jenkins.assertLogNotContains("Waiting for approval", build);
            assertThat(JenkinsHost.get().history().list(Filter.of("shop", "production", 10)))
                    .isEmpty();
        }
    }

    @Test
    void looksIntoAMultibranchProjectWhenItsRepositoryIsPushedTo(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            String path = shop.repository().path().toString();
            Forges.know(path, "shop-webhook", SECRET);
            WorkflowMultiBranchProject branches = jenkins.createProject(WorkflowMultiBranchProject.class, "branches");
            GitSCMSource source = new GitSCMSource(path);
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            branches.getSourcesList().add(new BranchSource(source));
            shop.repository().file("Jenkinsfile", "deployApp environment: 'production'\n");
            String pushed = shop.version("v2", "deploy_on = { branches = [\"main\"] }\n");

            int status = new Forges(jenkins.getURL().toURI())
                    .github(Forges.push(path, "refs/heads/main", pushed), SECRET)
                    .statusCode();

            assertThat(status).isEqualTo(202);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> branches.getItem("main") != null
                            && branches.getItem("main").getLastBuild() != null);
            jenkins.waitUntilNoActivity();
            jenkins.assertBuildStatusSuccess(branches.getItem("main").getLastBuild());
            assertThat(shop.page(0)).isEqualTo("v2");
        }
    }

    private static WorkflowJob job(JenkinsRule jenkins, Shop shop, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition("node {\n" + shop.checkout("main") + steps + "\n}", true));
        PushTrigger trigger = new PushTrigger();
        trigger.setRepository(Forges.REPOSITORY);
        job.addTrigger(trigger);
        return job;
    }

    private static WorkflowRun polled(WorkflowJob job) throws Exception {
        return job.scheduleBuild2(0, new CauseAction(new SCMTrigger.SCMTriggerCause("Something was pushed.")))
                .get();
    }

    private static WorkflowRun byTheClock(WorkflowJob job, String ref) throws Exception {
        return startByTheClock(job, ref).get();
    }

    private static QueueTaskFuture<WorkflowRun> startByTheClock(WorkflowJob job, String ref) {
        return job.scheduleBuild2(0, new CauseAction(new TimerTrigger.TimerTriggerCause()), Started.schedule(ref));
    }
}
