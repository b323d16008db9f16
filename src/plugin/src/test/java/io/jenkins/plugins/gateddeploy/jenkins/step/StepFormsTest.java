package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.gateddeploy.jenkins.order.WorkspaceSource;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

@WithJenkins
class StepFormsTest {

    @Test
    void formsAndSnippetsKeepEveryParameter(JenkinsRule jenkins) throws Exception {
        WorkspaceSource source = new WorkspaceSource("build/site");
        source.setExcludes("**/*.map");
        DeployAppStep deploy = new DeployAppStep("production");
        deploy.setConfig("app/deploy.toml");
        deploy.setLabel("deployer");
        deploy.setTargets(List.of("web-1", "web-2"));
        deploy.setSkip(List.of("migrate"));
        deploy.setForce(true);
        deploy.setReason("it's \"fine\"");
        deploy.setDryRun(true);
        deploy.setSource(source);
        deploy.setEmergency("the shop is down");
        RollbackToStep rollback = new RollbackToStep("production");
        rollback.setRelease("build:42");
        rollback.setUndo(true);
        rollback.setVia("staging");
        rollback.setSkip(List.of("a", "b"));
        rollback.setAllowProblems(List.of("target.disk"));
        rollback.setUnless("staging");
        VerifyProdConfigStep verify = new VerifyProdConfigStep("production");
        verify.setRef("v1");
        verify.setAllowProblems(List.of("toml.mismatch"));
        verify.setReason("known");
        verify.setSarif("found.sarif");
        verify.setJunit("found.xml");
        verify.setEmergency("the shop is down");

        HoldForApprovalStep hold = new HoldForApprovalStep("production");
        hold.setMessage("Ship it?");
        hold.setApprovers("@release-managers, alice");
        hold.setRequired(2);
        hold.setTimeout(new WaitingTime(4, "HOURS"));
        hold.setAuto(true);
        hold.setAllOf("@qa");
        hold.setRequesterMayApprove(true);
        hold.setEvidence(List.of("app/report.html"));
        hold.setRef("v1");

        DeployLaneStep lane = new DeployLaneStep("production");
        lane.setConfig("app/deploy.toml");

        for (Step step : List.of(
                lane,
                new DeployLaneStep("staging"),
                hold,
                new HoldForApprovalStep("staging"),
                deploy,
                rollback,
                verify,
                new DeployAppStep("staging"),
                new RollbackToStep("staging"),
                new VerifyProdConfigStep("staging"))) {
            jenkins.assertEqualDataBoundBeans(step, StepHolder.configRoundtrip(jenkins, step));
            SnippetizerTester.assertDocGeneration(step.getClass());
            everyParameterHasHelp(step.getClass());
        }
        everyParameterHasHelp(WorkspaceSource.class);

        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(
                deploy,
                "deployApp config: 'app/deploy.toml', dryRun: true, emergency: 'the shop is down',"
                        + " environment: 'production', force: true,"
                        + " label: 'deployer', reason: 'it\\'s \"fine\"', skip: ['migrate'],"
                        + " source: [excludes: '**/*.map', workspace: 'build/site'], targets: ['web-1', 'web-2']");
        snippets.assertRoundTrip(
                rollback,
                "rollbackTo allowProblems: ['target.disk'], environment: 'production', release: 'build:42',"
                        + " skip: ['a', 'b'], undo: true, unless: 'staging', via: 'staging'");
        snippets.assertRoundTrip(
                verify,
                "verifyProdConfig allowProblems: ['toml.mismatch'], emergency: 'the shop is down',"
                        + " environment: 'production', junit: 'found.xml', reason: 'known', ref: 'v1',"
                        + " sarif: 'found.sarif'");
        snippets.assertRoundTrip(
                lane, "deployLane(config: 'app/deploy.toml', environment: 'production') {\n    // some block\n}");
        snippets.assertRoundTrip(new DeployAppStep("staging"), "deployApp 'staging'");
        snippets.assertGenerateSnippet(
                "{'stapler-class':'" + DeployAppStep.class.getName() + "', '$class':'" + DeployAppStep.class.getName()
                        + "', 'environment':'production', 'config':'deploy.toml', 'ref':'', 'targets':'web-1, web-2',"
                        + " 'skip':'', 'reason':'', 'label':''}",
                "deployApp environment: 'production', targets: ['web-1', 'web-2']",
                null);
    }

    private static void everyParameterHasHelp(Class<?> type) throws Exception {
        for (DescribableParameter parameter : new DescribableModel<>(type).getParameters()) {
            assertThat(parameter.getHelp())
                    .as("help of " + type.getSimpleName() + "." + parameter.getName())
                    .isNotBlank();
        }
    }

    @Test
    void validatesOnlyByPostAndForThoseWhoMayConfigure(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "owner")
                .grant(Item.CONFIGURE)
                .onItems(job)
                .to("owner"));

        Form form = new Form(jenkins, DeployAppStep.class, "owner");
        assertThat(form.check("environment", "")).contains("Name an environment");
        assertThat(form.check("environment", "a b")).contains("letters, digits");
        assertThat(form.check("environment", "production")).doesNotContain("error");
        assertThat(form.check("environment", "${WHERE}")).doesNotContain("error");
        assertThat(form.check("config", "../deploy.toml")).contains("inside of the workspace");
        assertThat(form.check("config", "app/deploy.toml")).doesNotContain("error");
        assertThat(form.check("label", "nobody-has-this")).contains("nobody-has-this");
        assertThat(form.check("reason", "&force=true")).contains("Say why");
        Form rollback = new Form(jenkins, RollbackToStep.class, "owner");
        assertThat(rollback.check("reason", "&allowProblems=target.disk")).contains("Say why");
        assertThat(rollback.check("reason", "&allowProblems=")).doesNotContain("error");
        assertThat(rollback.check("release", "#x")).contains("Expected a number");
        assertThat(rollback.check("release", "build:42")).doesNotContain("error");
        assertThat(new Form(jenkins, WorkspaceSource.class, "owner").check("workspace", "/etc"))
                .contains("inside of the workspace");
        assertThat(new Form(jenkins, DeployAppStep.class, "reader").check("environment", ""))
                .doesNotContain("error");
        assertThat(form.answer(HttpMethod.GET, "environment", "").getStatusCode())
                .isIn(404, 405);
    }

    private record Form(JenkinsRule jenkins, Class<?> type, String user) {
        String check(String field, String value) throws Exception {
            WebResponse response = answer(HttpMethod.POST, field, value);
            assertThat(response.getStatusCode()).isEqualTo(200);
            return response.getContentAsString();
        }

        WebResponse answer(HttpMethod method, String field, String value) throws Exception {
            String query = value.startsWith("&")
                    ? "value=" + value
                    : "value=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
            String check = "check" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
            try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
                client.setThrowExceptionOnFailingStatusCode(false);
                WebRequest request = new WebRequest(
                        URI.create(jenkins.getURL() + "job/shop/descriptorByName/" + type.getName() + "/" + check + "?"
                                        + query)
                                .toURL(),
                        method);
                if (method == HttpMethod.POST) {
                    client.addCrumb(request);
                }
                return client.getPage(request).getWebResponse();
            }
        }
    }

    /** Shows the form of a Pipeline step where a test can submit it. */
    public static final class StepHolder extends Builder {
        private final Step step;

        /** @param step of any kind */
        @DataBoundConstructor
        public StepHolder(Step step) {
            this.step = step;
        }

        /** {@return the step} */
        public Step getStep() {
            return step;
        }

        /** {@return a step after its form was shown and submitted} */
        static Step configRoundtrip(JenkinsRule jenkins, Step step) throws Exception {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(new StepHolder(step));
            jenkins.configRoundtrip(job);
            return job.getBuildersList().get(StepHolder.class).getStep();
        }

        /** Describes it. */
        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            @SuppressWarnings("rawtypes") // as it is declared in Jenkins
            public boolean isApplicable(Class<? extends AbstractProject> jobType) {
                return true;
            }

            @Override
            public String getDisplayName() {
                return "Holds a step";
            }
        }
    }
}
