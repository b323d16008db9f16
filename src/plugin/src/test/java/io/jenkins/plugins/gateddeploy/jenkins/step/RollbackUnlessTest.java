package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A release goes to staging first; what becomes of it in production decides whether it stays there. */
class RollbackUnlessTest {
    private static final Duration LONG = Duration.ofSeconds(100);
    private static final String PLANNED = "node { verifyProdConfig environment: 'production' }\n";
    private static final String AFTER_STAGING = """
            parallel production: {
              holdForApproval environment: 'production'
              node {
                %2$s
                deployApp environment: 'production', ref: '%1$s'
              }
            }, staging: {
              node {
                %2$s
                try {
                  def r = rollbackTo environment: 'staging', unless: 'production'
                  echo "rolledBack ${r.rolledBack}, release ${r.release != null}"
                } catch (e) {
                  // What fails second in a parallel step is not said otherwise.
                  echo "staging: $e"
                  throw e
                }
              }
            }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void keepsStagingWhenProductionSucceedsAndRollsItBackWhenProductionIsRejectedAlsoAcrossARestart() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            sessions.then(jenkins -> {
                moveIn(jenkins, shop);
                WorkflowRun good = releasing(jenkins, shop, "v1");
                Gate back = gate(good, "staging");
                assertThat(back.subject().revision()).isEqualTo("Roll back staging of shop to previous");
                jenkins.waitForMessage("Waiting for approval of \"Roll back staging", good);
                approve(gate(good, "production"));
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(good));
                jenkins.assertLogContains("rolledBack false, release false", good);
                assertThat(kept(back).standing(Instant.now())).isEqualTo(Standing.CANCELLED);
                assertThat(kept(back).closed().orElseThrow().why())
                        .contains("to production succeeded. Nothing is rolled back.");

                releasing(jenkins, shop, "v2");
            });
            assertThat(shop.page("staging", 0)).isEqualTo("v2");
            sessions.then(jenkins -> {
                WorkflowRun bad =
                        Jenkins.get().getItemByFullName("v2", WorkflowJob.class).getLastBuild();
                Gate back = gate(bad, "staging");
                Decisions.decide(
                        People.login("alice"), gate(bad, "production").id(), Verdict.REJECT, "the picture is wrong");
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(bad));
                jenkins.assertLogContains("the picture is wrong Rolling back.", bad);
                jenkins.assertLogContains("rolledBack true, release true", bad);
                assertThat(shop.page("staging", 0)).isEqualTo("v1");
                assertThat(shop.page("srv", 0)).isEqualTo("v1");
                assertThat(kept(back).closed().orElseThrow().why()).contains("So it is rolled back.");
                assertThat(JenkinsHost.get().history().audit().faults()).isEmpty();
            });
        }
    }

    @Test
    void rollsBackAtOnceOrNotAtAllWhenPeopleSaySo() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            sessions.then(jenkins -> {
                moveIn(jenkins, shop);
                jenkins.assertBuildStatusSuccess(releasedToStaging(jenkins, shop, "v0"));

                WorkflowRun now = releasing(jenkins, shop, "v1");
                approve(gate(now, "staging"));
                jenkins.waitForMessage("rolledBack true", now);
                assertThat(shop.page("staging", 0)).isEqualTo("v0");
                assertThat(kept(gate(now, "production")).standing(Instant.now()))
                        .isEqualTo(Standing.OPEN);
                now.doStop();
                jenkins.waitForCompletion(now);

                WorkflowRun never = releasing(jenkins, shop, "v2");
                Decisions.decide(People.login("alice"), gate(never, "staging").id(), Verdict.REJECT, "Stays");
                jenkins.waitForMessage("Rejected by alice: Stays Nothing is rolled back.", never);
                jenkins.waitForMessage("rolledBack false", never);
                Decisions.decide(
                        People.login("alice"), gate(never, "production").id(), Verdict.REJECT, "");
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(never));
                assertThat(shop.page("staging", 0)).isEqualTo("v2");

                // Somebody else's release is not taken back.
                WorkflowRun late = releasing(jenkins, shop, "v3");
                jenkins.assertBuildStatusSuccess(releasedToStaging(jenkins, shop, "v4"));
                Decisions.decide(People.login("alice"), gate(late, "production").id(), Verdict.REJECT, "");
                jenkins.waitForCompletion(late);
                jenkins.assertLogContains("Something else was deployed to staging meanwhile", late);
                assertThat(shop.page("staging", 0)).isEqualTo("v4");

                WorkflowRun aborted = releasing(jenkins, shop, "v5");
                Gate taken = gate(aborted, "staging");
                aborted.doStop();
                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
                assertThat(kept(taken).standing(Instant.now())).isEqualTo(Standing.CANCELLED);
                assertThat(shop.page("staging", 0)).isEqualTo("v5");
                assertThat(rollbacks()).hasSize(1);
            });
        }
    }

    @Test
    void asksPeopleWhenNothingElseOfTheBuildGoesOn() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            sessions.then(jenkins -> {
                moveIn(jenkins, shop);
                jenkins.assertBuildStatusSuccess(releasedToStaging(jenkins, shop, "v1"));
                WorkflowRun alone = People.start(job(
                        jenkins,
                        "alone",
                        "node {\n" + shop.checkout("v1")
                                + "rollbackTo environment: 'staging', unless: 'production'\n}"));
                Decisions.decide(People.login("alice"), gate(alone, "staging").id(), Verdict.REJECT, "");
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(alone));

                WorkflowRun wrong = jenkins.waitForCompletion(People.start(job(
                        jenkins,
                        "wrong",
                        "node {\n" + shop.checkout("v1")
                                + "rollbackTo environment: 'staging', unless: 'prodution'\n}")));
                jenkins.assertBuildStatus(Result.FAILURE, wrong);
                jenkins.assertLogContains("prodution", wrong);
                assertThat(rollbacks()).isEmpty();
            });
        }
    }

    private static void moveIn(JenkinsRule jenkins, Shop shop) throws Exception {
        People.moveInto(jenkins);
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Permissions.ROLL_BACK)
                .everywhere()
                .to("dora");
        jenkins.jenkins.save();
        shop.introduceToJenkins();
        for (String version : List.of("v0", "v1", "v2", "v3", "v4", "v5")) {
            shop.version(version, shop.staging());
        }
    }

    /** {@return a build that has deployed to staging, and waits for people before production} */
    private static WorkflowRun releasing(JenkinsRule jenkins, Shop shop, String version) throws Exception {
        WorkflowRun build = People.start(job(
                jenkins,
                version,
                toStaging(shop, version) + PLANNED + AFTER_STAGING.formatted(version, shop.checkout(version))));
        gate(build, "production");
        gate(build, "staging");
        return build;
    }

    private static WorkflowRun releasedToStaging(JenkinsRule jenkins, Shop shop, String version) throws Exception {
        return jenkins.waitForCompletion(People.start(job(jenkins, "staging-" + version, toStaging(shop, version))));
    }

    private static String toStaging(Shop shop, String version) {
        return "node {\n" + shop.checkout(version) + "deployApp environment: 'staging', ref: '" + version + "'\n}\n";
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static Gate gate(WorkflowRun build, String environment) throws Exception {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(gates(build, environment))
                        .as(JenkinsRule.getLog(build))
                        .hasSize(1));
        return gates(build, environment).get(0);
    }

    private static List<Gate> gates(WorkflowRun build, String environment) {
        return JenkinsHost.get()
                .history()
                .gates()
                .list(GateFilter.ofBuild(build.getParent().getFullName(), build.getNumber(), 10))
                .stream()
                .filter(gate -> gate.subject().environment().equals(environment))
                .toList();
    }

    private static void approve(Gate gate) throws Exception {
        Decisions.decide(People.login("bob"), gate.id(), Verdict.APPROVE, "");
    }

    private static Gate kept(Gate gate) {
        return JenkinsHost.get().history().gates().find(gate.id()).orElseThrow();
    }

    private static List<DeploymentRecord> rollbacks() {
        return JenkinsHost.get().history().list(Filter.of("shop", "staging", 100)).stream()
                .filter(r -> r.kind() == Kind.ROLLBACK && r.state() == State.SUCCEEDED)
                .toList();
    }
}
