package io.jenkins.plugins.gateddeploy.jenkins.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.cli.CLICommandInvoker;
import hudson.model.Cause;
import hudson.model.CauseAction;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Former;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What rules of gates come to in a Jenkins. */
@WithJenkins
class GateRulesTest {
    private static final int PATIENCE = 120;
    private static final String APPROVAL = """

            [environments.production.approval]
            approvers = ["@qa"]
            author_may_approve = true
            """;

    @TempDir
    private Path directory;

    @Test
    void asksAnewAboutAnotherPlanAndNotWhoeverStartedTheBuild(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            People.moveInto(jenkins);
            ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                    .grant(Permissions.DEPLOY)
                    .everywhere()
                    .to("alice");
            shop.introduceToJenkins();
            shop.version("v2", APPROVAL);
            shop.version("v3", APPROVAL);
            Path flag = directory.resolve("plan-again");
            WorkflowRun build = start(
                    jenkins,
                    "hold",
                    "alice",
                    "node {\n" + shop.checkout("v2") + """
                      verifyProdConfig environment: 'production'
                    }
                    parallel a: {
                      holdForApproval environment: 'production', required: 2, requesterMayApprove: false
                    }, b: {
                      node {
                        waitUntil(initialRecurrencePeriod: 250, quiet: true) { fileExists '%s' }
                    """.formatted(flag) + shop.checkout("v3")
                            + "verifyProdConfig environment: 'production'\n}}");
            String gate = opened(build).id();
            String seen = opened(build).subject().plan();

            assertThatThrownBy(() -> Decisions.decide(People.login("alice"), gate, Verdict.APPROVE, ""))
                    .hasMessageContaining("[gate.requester]");
            Decisions.decide(People.login("bob"), gate, Verdict.APPROVE, "");
            Files.createFile(flag);
            Awaitility.await()
                    .atMost(PATIENCE, TimeUnit.SECONDS)
                    .until(() -> !kept(gate).former().isEmpty() || !build.isBuilding());

            assertThat(kept(gate).decisions()).isEmpty();
            assertThat(kept(gate).former()).extracting(Former::end).containsExactly(Former.End.VOIDED);
            assertThat(kept(gate).subject().revision()).contains("v3");
            assertThatThrownBy(
                            () -> Decisions.decide(People.login("bob"), gate, Verdict.APPROVE, "", Optional.of(seen)))
                    .hasMessageContaining("[gate.plan-changed]");
            assertThat(command(jenkins, "bob", "gated-deploy-approve", gate, "--plan", seen))
                    .has(said("The plan has changed since bob looked at it", 5));
            assertThat(command(jenkins, "dora", "gated-deploy-reject", gate)).has(said("Approve", 6));
            assertThat(command(jenkins, "bob", "gated-deploy-approve", "no-such-gate"))
                    .has(said("There is no gate no-such-gate", 5));
            assertThat(command(jenkins, "bob", "gated-deploy-approve", gate, "--comment", "Fine"))
                    .has(said("Still needed: ", 0));
            assertThat(kept(gate).decisions()).extracting(Decision::comment).containsExactly("Fine");
            assertThat(Decisions.withdraw(People.login("bob"), gate).decisions())
                    .isEmpty();
            assertThatThrownBy(() -> Decisions.withdraw(People.login("dora"), gate))
                    .isInstanceOf(hudson.security.AccessDeniedException3.class);
            Decisions.decide(People.login("bob"), gate, Verdict.APPROVE, "");
            assertThat(Decisions.decide(People.login("qa"), gate, Verdict.APPROVE, "")
                            .standing(Instant.now()))
                    .isEqualTo(Standing.APPROVED);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("people are asked anew about", build);
            assertThat(JenkinsHost.get().history().audit().faults()).isEmpty();
        }
    }

    private static CLICommandInvoker.Result command(JenkinsRule jenkins, String person, String... command) {
        return new CLICommandInvoker(jenkins, command[0])
                .asUser(person)
                .invokeWithArgs(Arrays.copyOfRange(command, 1, command.length));
    }

    private static Condition<CLICommandInvoker.Result> said(String words, int code) {
        return new Condition<>(
                result -> result.returnCode() == code && (result.stdout() + result.stderr()).contains(words),
                "%s and code %s",
                words,
                code);
    }

    @Test
    void goesOnWithoutPeopleWhenDeployTomlSaysSo(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            People.moveInto(jenkins);
            shop.introduceToJenkins();
            shop.version("v2", APPROVAL + "auto = [\"build-success\"]\n");
            String script = "node {\n" + shop.checkout("v2")
                    + "holdForApproval environment: 'production'\ndeployApp 'production'\n}";

            WorkflowRun build = start(jenkins, "auto", "dora", script);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

            jenkins.assertLogContains("It opened by itself: build-success", build);
            assertThat(shop.page(0)).isEqualTo("v2");
            WorkflowRun step = start(
                    jenkins,
                    "demanding",
                    "dora",
                    "node {\n" + shop.checkout("v2")
                            + "holdForApproval environment: 'production', allOf: '@qa', timeout: [time: 1, unit: 'SECONDS']\n}");
            jenkins.waitForCompletion(step);
            jenkins.assertLogContains(
                    "1 approval more by @qa (deploy.toml of the new commit, deploy.toml of the current release, the step)",
                    step);
        }
    }

    private static WorkflowRun start(JenkinsRule jenkins, String name, String person, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(person)))
                .waitForStart();
    }

    private static Gate opened(WorkflowRun build) throws Exception {
        Awaitility.await()
                .atMost(PATIENCE, TimeUnit.SECONDS)
                .until(() -> !gates(build).isEmpty() || !build.isBuilding());
        assertThat(gates(build)).as(JenkinsRule.getLog(build)).hasSize(1);
        return gates(build).get(0);
    }

    private static List<Gate> gates(WorkflowRun build) {
        return JenkinsHost.get()
                .history()
                .gates()
                .list(GateFilter.ofBuild(build.getParent().getFullName(), build.getNumber(), 10));
    }

    private static Gate kept(String gate) {
        return JenkinsHost.get().history().gates().find(gate).orElseThrow();
    }
}
