package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Brake;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Lookout;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that are aborted at the very moment at which a step has nothing to wait for any more. */
@WithJenkins
class AbortTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Lane LANE = new Lane("shop", "production");

    @TempDir
    private Path directory;

    @Test
    void deploysNothingWhileItsGateOpens(JenkinsRule jenkins) throws Exception {
        try (Shop shop = open(jenkins)) {
            WorkflowRun build = start(jenkins, shop, "gate", "deployApp environment: 'production', ref: 'v2'");
            jenkins.waitForMessage("Waiting for approval", build);
            Gate gate = JenkinsHost.get()
                    .history()
                    .gates()
                    .list(GateFilter.of("shop", "production", 9))
                    .get(0);
            try (Brake brake = Brake.at("Approved by alice")) {
                Decisions.decide(People.login("alice"), gate.id(), Verdict.APPROVE, "");
                assertThat(brake.holds()).isTrue();
                abort(build);
            }

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            DeploymentRecord record = JenkinsHost.get()
                    .history()
                    .find(gate.subject().deployment())
                    .orElseThrow();
            assertThat(record.state()).isEqualTo(State.CANCELLED);
            assertThat(record.message()).isEqualTo("The build was aborted.");
            assertThat(shop.place("srv", 0).resolve("current")).doesNotExist();
        }
    }

    @Test
    void runsNoBodyWhileItGetsItsTurn(JenkinsRule jenkins) throws Exception {
        try (Shop shop = open(jenkins)) {
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch goesOn = new CountDownLatch(1);
            JenkinsHost.get().onLaneChange(lane -> {
                if (lanes().queue(lane).holder().isPresent()) {
                    taken.countDown();
                    Uninterruptibles.awaitUninterruptibly(goesOn, LONG);
                }
            });
            WorkflowRun build = start(jenkins, shop, "lane", "deployLane('production') { echo 'the body runs' }");
            assertThat(taken.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            abort(build);
            await().atMost(LONG).until(() -> lanes().queue(LANE).entries().isEmpty());
            goesOn.countDown();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            awaitIdleWorkers();
            jenkins.waitUntilNoActivity();
            jenkins.assertLogNotContains("the body runs", build);
            assertThat(lanes().queue(LANE).entries()).isEmpty();
        }
    }

    @Test
    void watchesNothingWhileItBegins(JenkinsRule jenkins) throws Exception {
        try (Shop shop = open(jenkins)) {
            WorkflowRun build;
            try (Brake brake = Brake.at("Nobody has registered")) {
                build = start(jenkins, shop, "retreat", "rollbackTo environment: 'staging', unless: 'production'");
                assertThat(brake.holds()).isTrue();
                abort(build);
                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            }

            awaitIdleWorkers();
            assertThat(Lookout.get())
                    .extracting("watching")
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .isEmpty();
        }
    }

    private Shop open(JenkinsRule jenkins) throws Exception {
        Shop shop = Shop.open(directory, 1);
        People.moveInto(jenkins);
        shop.introduceToJenkins();
        shop.version("v2", "approval = { approvers = [\"alice\"], author_may_approve = true }\n" + shop.staging());
        return shop;
    }

    private static WorkflowRun start(JenkinsRule jenkins, Shop shop, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("node {\n" + shop.checkout("v2") + script + "\n}", true));
        return job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("admin")))
                .waitForStart();
    }

    /** As a person's click does, but nothing else of the build is stopped, and it has reached the step when this returns. */
    private static void abort(WorkflowRun build) throws Exception {
        StepExecution step =
                build.getExecution().getCurrentExecutions(true).get().get(0);
        step.stop(new FlowInterruptedException(Result.ABORTED, true));
    }

    private static void awaitIdleWorkers() {
        ThreadPoolExecutor workers = (ThreadPoolExecutor) JenkinsHost.get().workers();
        await().atMost(LONG)
                .until(() -> workers.getActiveCount() == 0 && workers.getQueue().isEmpty());
    }

    private static Lanes lanes() {
        return JenkinsHost.get().history().lanes();
    }

    /** Lets a brake see the lines of every Pipeline. */
    @TestExtension
    public static final class Seeing implements TaskListenerDecorator.Factory {
        @Override
        public TaskListenerDecorator of(FlowExecutionOwner owner) {
            return Brake.seeing();
        }
    }
}
