package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A version whose connection file is missing: found, shown, refused, forced, marked. */
@WithJenkins
class ChecksBeforeDeploymentTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Shop shop;
    private WorkflowJob job;

    @Test
    void findsRefusesForcesAndMarks(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            shop.introduceToJenkins();
            User.getById("alice", true);
            shop.version("v2", "[config]\nfile = \"connection.toml\"\n");
            job = jenkins.createProject(WorkflowJob.class, "shop");
            verifyingReportsAndFails();
            deployingIsRefused();
            aReasonIsNeededWhereTheRegistrationSaysSo();
            forcingIsKeptAndMarksTheEnvironment();
            whatWasVerifiedAndLetPassIsLetPassAtTheGateToo();
            rollingBackLetsPassWhatItNames();
            theRegistrationForbidsForcing();
        }
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition("node {\n" + shop.checkout("v2") + script + "\n}", true));
        return jenkins.assertBuildStatus(
                result, job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
    }

    private static DeploymentRecord last() {
        return JenkinsHost.get()
                .history()
                .list(Filter.of("shop", "production", 1))
                .get(0);
    }

    private void verifyingReportsAndFails() throws Exception {
        WorkflowRun build = run(Result.FAILURE, """
                try {
                  verifyProdConfig environment: 'production', sarif: 'found.sarif', junit: 'found.xml'
                } finally {
                  archiveArtifacts 'found.*'
                }""");

        jenkins.assertLogContains("[toml.missing]", build);
        assertThat(artifact(build, "found.sarif")).contains("\"toml.missing\"");
        assertThat(artifact(build, "found.xml")).contains("failures=\"1\"");
        String page = jenkins.createWebClient()
                .getPage(build, "deployment/")
                .getWebResponse()
                .getContentAsString();
        assertThat(page).contains("toml.missing", "connection.toml", "→");
    }

    private static String artifact(WorkflowRun build, String name) throws Exception {
        try (var in = build.getArtifactManager().root().child(name).open()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private void deployingIsRefused() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "deployApp environment: 'production'");

        jenkins.assertLogContains("[toml.missing]", build);
        assertThat(last().state()).isEqualTo(State.FAILED);
        assertThat(last().problems()).extracting(Problem::id).contains("toml.missing");
    }

    private void aReasonIsNeededWhereTheRegistrationSaysSo() throws Exception {
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setForcingNeedsReason(true);
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
        WorkflowRun build = run(Result.FAILURE, "deployApp environment: 'production', force: true");
        jenkins.assertLogContains("[problem.reason]", build);
        GatedDeployConfiguration.get().setEnvironments(List.of());
    }

    private void forcingIsKeptAndMarksTheEnvironment() throws Exception {
        WorkflowRun build = run(
                Result.SUCCESS,
                "deployApp environment: 'production', allowProblems: ['toml.missing'], reason: 'it comes later'");

        assertThat(last().judgement().forced().ids()).containsExactly("toml.missing");
        assertThat(last().judgement().forced().reason()).isEqualTo("it comes later");
        assertThat(JenkinsHost.get().history().marked("shop", "production")).isPresent();
        jenkins.assertLogContains("toml.missing: \"it comes later\"", build);
        assertThat(jenkins.createWebClient().getPage(build).getWebResponse().getContentAsString())
                .contains("Forced: toml.missing");
        WorkflowRun verified = run(
                Result.SUCCESS,
                "verifyProdConfig environment: 'production', allowProblems: ['toml.missing']\n"
                        + "deployApp environment: 'production', allowProblems: ['toml.missing']");
        // The front end shows them with the deployment.
        assertThat(jenkins.createWebClient()
                        .getPage(verified, "deployment/")
                        .getWebResponse()
                        .getContentAsString())
                .doesNotContain("connection.toml");
    }

    private void whatWasVerifiedAndLetPassIsLetPassAtTheGateToo() throws Exception {
        String verify =
                "verifyProdConfig environment: 'production', allowProblems: ['toml.missing'], reason: 'later'\n";
        String ask = "holdForApproval environment: 'production', ref: 'v2', timeout: [time: 1, unit: 'SECONDS']";

        jenkins.assertLogContains("[toml.missing]", run(Result.FAILURE, ask));
        WorkflowRun asked = run(Result.FAILURE, verify + ask);
        jenkins.assertLogContains("Nobody decided in time", asked);

        shop.version("v3", "[config]\nfile = \"connection.toml\"\n");
        WorkflowRun other = run(Result.FAILURE, verify + ask.replace("'v2'", "'v3'"));
        jenkins.assertLogNotContains("Waiting for approval", other);
    }

    private void rollingBackLetsPassWhatItNames() throws Exception {
        shop.version("good", "");
        job.setDefinition(new CpsFlowDefinition(
                "node {\n" + shop.checkout("good") + "deployApp environment: 'production'\n}", true));
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        WorkflowRun back = run(
                Result.SUCCESS,
                "rollbackTo environment: 'production', release: 'v2', allowProblems: ['target.memory'],"
                        + " reason: 'it was so before'");

        assertThat(last().kind()).isEqualTo(DeploymentRecord.Kind.ROLLBACK);
        jenkins.assertLogContains("Forced, because: it was so before", back);
    }

    private void theRegistrationForbidsForcing() throws Exception {
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setNotForceable(List.of("toml.missing"));
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));

        WorkflowRun build = run(
                Result.FAILURE, "deployApp environment: 'production', allowProblems: ['toml.missing'], reason: 'now'");

        jenkins.assertLogContains("[problem.not-forceable]", build);
    }
}
