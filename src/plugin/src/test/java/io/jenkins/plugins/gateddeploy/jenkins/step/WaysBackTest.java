package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What keeps a commit from coming back by itself, and the way by another environment, in real builds. */
@WithJenkins
class WaysBackTest {
    private static final Cause ADMIN = new Cause.UserIdCause("admin");

    @TempDir
    private Path directory;

    @Test
    void pinsWhatWasTakenBackAndGoesByWayOfAnotherEnvironment(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            People.moveInto(jenkins);
            shop.introduceToJenkins();
            shop.version("v2", staging(shop));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");

            buildsStartedByTimersDoNotPutBackWhatPeopleWentBackFrom(jenkins, shop, job);
            goesToStagingFirstAndAsksPeople(jenkins, shop, job);
        }
    }

    private static String staging(Shop shop) {
        String target = shop.fleet().targets().get(0).toString();
        return "\n[environments.staging]\ntargets = [\"" + target + "\"]\ncredentials = \"production-ssh\"\n"
                + "[environments.staging.release]\npath = \"" + shop.fleet().path() + "/staging\"\n";
    }

    private static void buildsStartedByTimersDoNotPutBackWhatPeopleWentBackFrom(
            JenkinsRule jenkins, Shop shop, WorkflowJob job) throws Exception {
        run(jenkins, job, ADMIN, Result.SUCCESS, "node {\n" + shop.checkout("v1") + "deployApp 'production'\n}");
        String deploy = "node {\n" + shop.checkout("v2") + "deployApp 'production'\n}";
        run(jenkins, job, ADMIN, Result.SUCCESS, deploy);
        run(jenkins, job, ADMIN, Result.SUCCESS, "node {\n" + shop.checkout("v2") + "rollbackTo 'production'\n}");
        assertThat(shop.page(0)).isEqualTo("v1");

        WorkflowRun refused = run(jenkins, job, new TimerTrigger.TimerTriggerCause(), Result.FAILURE, deploy);
        jenkins.assertLogContains("was taken back by admin at ", refused);
        jenkins.assertLogContains("[pin.taken-back]", refused);
        assertThat(shop.page(0)).isEqualTo("v1");

        WorkflowRun wanted = run(jenkins, job, ADMIN, Result.SUCCESS, deploy);
        jenkins.assertLogContains("People went back from this: ", wanted);
        assertThat(shop.page(0)).isEqualTo("v2");
        assertThat(JenkinsHost.get().history().pins().standing("shop", "production"))
                .isEmpty();
    }

    private static void goesToStagingFirstAndAsksPeople(JenkinsRule jenkins, Shop shop, WorkflowJob job)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node {\n" + shop.checkout("v2") + "rollbackTo environment: 'production', via: 'staging'\n}", true));
        WorkflowRun build =
                job.scheduleBuild2(0, new CauseAction(ADMIN)).waitForStart();
        jenkins.waitForMessage("Waiting for approval", build);
        assertThat(shop.page("staging", 0)).isEqualTo("v1");
        assertThat(shop.page(0)).isEqualTo("v2");
        List<Gate> gates = JenkinsHost.get().history().gates().list(GateFilter.of("shop", "production", 9));
        assertThat(gates).hasSize(1);

        Decisions.decide(People.login("alice"), gates.get(0).id(), Verdict.APPROVE, "seen on staging");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(shop.page(0)).isEqualTo("v1");
        assertThat(JenkinsHost.get()
                        .history()
                        .find(gates.get(0).subject().deployment())
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.ROLLBACK);
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Cause cause, Result expected, String script)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun build = job.scheduleBuild2(0, new CauseAction(cause)).get();
        return jenkins.assertBuildStatus(expected, build);
    }
}
