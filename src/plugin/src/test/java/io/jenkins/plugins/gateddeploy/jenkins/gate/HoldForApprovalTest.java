package io.jenkins.plugins.gateddeploy.jenkins.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.Result;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class HoldForApprovalTest {
    private static final int PATIENCE = 120;
    private static final String APPROVAL = """

            [environments.production.approval]
            approvers = ["@qa"]
            required = 1
            author_may_approve = true
            timeout = "1h"
            """;

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void waitsForPeopleAcrossARestart() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            session.then(jenkins -> {
                People.moveInto(jenkins);
                shop.introduceToJenkins();
                shop.version("v2", APPROVAL);
                WorkflowRun held = People.start(job(jenkins, "held", "node {\n" + shop.checkout("v1") + """
                          verifyProdConfig environment: 'production'
                        }
                        def a = holdForApproval environment: 'production', message: 'Ship it?',
                            approvers: '@qa', required: 2
                        echo "by ${a.approvers}, automatic ${a.automatic}, '${a.comment}', ${a.decisions.size()}"
                        """));
                Gate gate = gateOf(held);
                jenkins.waitForMessage("Waiting for approval", held);
                assertThat(gate.subject().message()).isEqualTo("Ship it?");
                assertThat(paused(held)).isTrue();
                assertThat(Decisions.decide(People.login("alice"), gate.id(), Verdict.APPROVE, "")
                                .standing(Instant.now()))
                        .isEqualTo(Standing.OPEN);

                WorkflowRun deploying = People.start(
                        job(jenkins, "deploying", "node {\n" + shop.checkout("v2") + "deployApp 'production'\n}"));
                jenkins.waitForMessage("Waiting for approval", deploying);
                Gate waiting = gateOf(deploying);
                assertThat(onlyDeployment(waiting).state()).isEqualTo(State.HELD);
                assertThat(shop.fleet().viewFromOutside(0).resolve("srv/current"))
                        .doesNotExist();
                // The controller dies between writing the decision down and acting on it.
                JenkinsHost.get()
                        .history()
                        .gates()
                        .decide(
                                waiting.id(),
                                Vote.onTheNewest(new Actor("bob", "Bob", Set.of("qa")), Verdict.APPROVE, "go"),
                                Instant.now());
            });
            session.then(jenkins -> {
                WorkflowRun held = lastOf("held");
                Decisions.decide(People.login("bob"), gateOf(held).id(), Verdict.APPROVE, "Well done");
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(held));
                jenkins.assertLogContains("by [alice, bob], automatic false, 'Well done', 2", held);
                assertThat(paused(held)).isFalse();

                WorkflowRun deploying = lastOf("deploying");
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(deploying));
                assertThat(shop.page(0)).isEqualTo("v2");
                DeploymentRecord record = onlyDeployment(gateOf(deploying));
                assertThat(record.number()).isEqualTo(1);
                assertThat(record.passed().approvers()).isEqualTo("Bob");
            });
        }
    }

    @Test
    void goesNoFurtherThanPeopleLetIt() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            session.then(jenkins -> {
                People.moveInto(jenkins);
                shop.introduceToJenkins();
                shop.version("v2", APPROVAL);
                String deploy = "node {\n" + shop.checkout("v2") + "deployApp 'production'\n}";

                WorkflowRun rejected = People.start(job(jenkins, "rejected", deploy));
                Gate gate = gateOf(rejected);
                isClosedTo(gate, GateException.class, "qa", "anonymous");
                isClosedTo(gate, AccessDeniedException3.class, "rita", "dora");
                Decisions.decide(People.login("alice"), gate.id(), Verdict.REJECT, "not <b>now</b>");
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(rejected));
                jenkins.assertLogContains(
                        "was not approved for production. Rejected by alice: not <b>now</b>", rejected);
                assertThat(onlyDeployment(gate).state()).isEqualTo(State.REJECTED);

                WorkflowRun late = People.start(job(
                        jenkins,
                        "late",
                        "node {\n" + shop.checkout("v2")
                                + "holdForApproval environment: 'production', timeout: [time: 1, unit: 'SECONDS']\n}"));
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(late));
                jenkins.assertLogContains("Nobody decided in time", late);

                WorkflowRun aborted = People.start(job(jenkins, "aborted", deploy));
                Gate taken = gateOf(aborted);
                jenkins.waitForMessage("Waiting for approval", aborted);
                aborted.getExecutor().interrupt();
                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
                assertThat(gate(taken).standing(Instant.now())).isEqualTo(Standing.CANCELLED);
                assertThat(onlyDeployment(taken).state()).isEqualTo(State.CANCELLED);
                assertThat(shop.fleet().viewFromOutside(0).resolve("srv/current"))
                        .doesNotExist();
            });
        }
    }

    @Test
    void opensByItselfOnlyWhenNobodyElseAsks() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            session.then(jenkins -> {
                People.moveInto(jenkins);
                shop.introduceToJenkins();
                String hold =
                        "holdForApproval environment: 'production', auto: true, timeout: [time: 1, unit: 'SECONDS']";
                WorkflowRun open = jenkins.waitForCompletion(People.start(job(
                        jenkins,
                        "open",
                        "node {\n" + shop.checkout("v1") + "def a = " + hold
                                + "\necho \"automatic ${a.automatic} ${a.conditions.collect { it.condition }}\"\n}")));
                jenkins.assertBuildStatusSuccess(open);
                jenkins.assertLogContains("automatic true [build-success, no-problems]", open);
                assertThat(gateOf(open).standing(Instant.now())).isEqualTo(Standing.APPROVED);
                assertThat(gateOf(open).decisions()).isEmpty();
                assertThat(gateOf(open).rules().automation().opens()).isTrue();

                WorkflowRun tested = jenkins.waitForCompletion(People.start(
                        job(jenkins, "tested", "node {\n" + shop.checkout("v1") + tests("") + hold + "\n}")));
                jenkins.assertBuildStatusSuccess(tested);
                assertThat(gateOf(tested).rules().automation().findings())
                        .extracting(Automation.Finding::condition, Automation.Finding::found)
                        .contains(tuple("tests-pass", "2 tests passed"));

                shop.version("bears-unstable-builds", "development = { build = false }\n");
                shop.repository().file("index.html", "held\n").commit("[HOLD] Not yet");
                shop.repository().tag("on-hold");
                WorkflowRun held = jenkins.waitForCompletion(People.start(job(
                        jenkins, "held", "node {\n" + shop.checkout("on-hold") + tests("<failure/>") + hold + "\n}")));
                jenkins.assertBuildStatus(Result.FAILURE, held);
                jenkins.assertLogContains("Held: the build is UNSTABLE so far.", held);
                jenkins.assertLogContains("Held: 1 test failed, and 1 passed.", held);
                jenkins.assertLogContains("Held: the commit's message begins with [HOLD].", held);
                assertThat(gateOf(held).standing(Instant.now())).isEqualTo(Standing.TIMED_OUT);
                assertThat(gateOf(held).rules().automation().reasons()).hasSize(3);

                shop.version("v2", APPROVAL);
                WorkflowRun asked = jenkins.waitForCompletion(
                        People.start(job(jenkins, "asked", "node {\n" + shop.checkout("v2") + hold + "\n}")));
                jenkins.assertBuildStatus(Result.FAILURE, asked);
                jenkins.assertLogContains("Held: deploy.toml of the new commit asks for approval.", asked);

                WorkflowRun unproven = jenkins.waitForCompletion(People.start(job(
                        jenkins,
                        "unproven",
                        "node {\n" + shop.checkout("v1") + hold + ", evidence: ['report.html']\n}")));
                jenkins.assertBuildStatus(Result.FAILURE, unproven);
                jenkins.assertLogContains("The build has archived no report.html.", unproven);
            });
        }
    }

    @Test
    void deploysWithoutAskingAgainWhatTheBuildWasApprovedFor() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            session.then(jenkins -> {
                People.moveInto(jenkins);
                shop.introduceToJenkins();
                shop.version("v2", APPROVAL);
                WorkflowRun build = People.start(job(
                        jenkins,
                        "once",
                        "node {\n" + shop.checkout("v2")
                                + "holdForApproval environment: 'production'\ndeployApp 'production'\n}"));
                Decisions.decide(People.login("alice"), gateOf(build).id(), Verdict.APPROVE, "");
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
                assertThat(gatesOf(build)).hasSize(1);
                assertThat(shop.page(0)).isEqualTo("v2");
            });
        }
    }

    @Test
    void anApprovalCountsForADeploymentThatLeavesOutTheSameTasks() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            session.then(jenkins -> {
                People.moveInto(jenkins);
                shop.introduceToJenkins();
                shop.version("v2", "\n[tasks]\nwarm = \"false\"\n" + APPROVAL);
                String node = "node {\n" + shop.checkout("v2");

                WorkflowRun same = People.start(job(
                        jenkins,
                        "same",
                        node + "verifyProdConfig 'production'\n}\n"
                                + "holdForApproval environment: 'production', skip: ['warm']\n" + node
                                + "deployApp environment: 'production', skip: ['warm']\n}"));
                Decisions.decide(People.login("alice"), gateOf(same).id(), Verdict.APPROVE, "");
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(same));
                assertThat(gatesOf(same)).hasSize(1);
                assertThat(shop.page(0)).isEqualTo("v2");

                WorkflowRun less = People.start(job(
                        jenkins,
                        "less",
                        node + "holdForApproval environment: 'production'\n"
                                + "deployApp environment: 'production', skip: ['warm']\n}"));
                Decisions.decide(People.login("alice"), gateOf(less).id(), Verdict.APPROVE, "");
                Awaitility.await()
                        .atMost(PATIENCE, TimeUnit.SECONDS)
                        .until(() -> gatesOf(less).size() > 1 || !less.isBuilding());
                assertThat(gatesOf(less)).as(JenkinsRule.getLog(less)).hasSize(2);
                Gate own = gatesOf(less).stream()
                        .filter(gate -> gate.standing(Instant.now()) == Standing.OPEN)
                        .findFirst()
                        .orElseThrow();
                Decisions.decide(People.login("bob"), own.id(), Verdict.REJECT, "Not without warming");
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(less));
            });
        }
    }

    /** {@return the Pipeline code of a build with two tests} */
    private static String tests(String end) {
        String report = "<testsuite name='shop'><testcase classname='A' name='a'/><testcase classname='A' name='b'>"
                + end + "</testcase></testsuite>";
        return "writeFile file: 'tests.xml', text: \"" + report + "\"\njunit 'tests.xml'\nsh 'rm tests.xml'\n";
    }

    private static void isClosedTo(Gate gate, Class<? extends Exception> refusal, String... people) {
        for (String person : people) {
            assertThatThrownBy(() -> Decisions.decide(
                            person.equals("anonymous") ? Jenkins.ANONYMOUS2 : People.login(person),
                            gate.id(),
                            Verdict.APPROVE,
                            ""))
                    .as(person)
                    .isInstanceOf(refusal);
        }
        assertThat(gate(gate).decisions()).isEmpty();
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WorkflowRun lastOf(String job) {
        return Jenkins.get().getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    private static List<Gate> gatesOf(WorkflowRun build) {
        return JenkinsHost.get()
                .history()
                .gates()
                .list(GateFilter.ofBuild(build.getParent().getFullName(), build.getNumber(), 10));
    }

    private static Gate gateOf(WorkflowRun build) throws IOException {
        Awaitility.await()
                .atMost(PATIENCE, TimeUnit.SECONDS)
                .until(() -> !gatesOf(build).isEmpty() || !build.isBuilding());
        assertThat(gatesOf(build)).as(JenkinsRule.getLog(build)).hasSize(1);
        return gatesOf(build).get(0);
    }

    private static Gate gate(Gate before) {
        return JenkinsHost.get().history().gates().find(before.id()).orElseThrow();
    }

    private static DeploymentRecord onlyDeployment(Gate gate) {
        return JenkinsHost.get().history().find(gate.subject().deployment()).orElseThrow();
    }

    private static boolean paused(WorkflowRun build) {
        return build.getExecution().getCurrentHeads().stream().anyMatch(PauseAction::isPaused);
    }
}
