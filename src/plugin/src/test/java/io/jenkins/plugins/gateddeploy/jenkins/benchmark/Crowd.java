package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import static org.awaitility.Awaitility.await;

import hudson.model.Queue;
import hudson.model.queue.QueueTaskFuture;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Many builds of one Pipeline job that all wait for people. */
final class Crowd implements AutoCloseable {
    /** Starting a Pipeline takes a loaded machine a second or two. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final WorkflowJob job;
    private final List<WorkflowRun> builds = new ArrayList<>();

    private Crowd(WorkflowJob job) {
        this.job = job;
    }

    /**
     * {@return builds that have all come to where they wait}
     *
     * @param script path of the Jenkinsfile in the application's repository
     */
    static Crowd gather(Place place, String script, int count) throws Exception {
        WorkflowJob job = place.jenkins().createProject(WorkflowJob.class);
        GitSCM repository = new GitSCM(
                List.of(new UserRemoteConfig(place.application().path().toString(), null, null, null)),
                List.of(new BranchSpec("main")),
                null,
                null,
                List.of());
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(repository, script);
        definition.setLightweight(true);
        job.setDefinition(definition);
        Crowd crowd = new Crowd(job);
        for (int i = 0; i < count; i++) {
            // One after the other: two that are in the queue at the same time become one.
            QueueTaskFuture<WorkflowRun> future = job.scheduleBuild2(0);
            crowd.builds.add(future.waitForStart());
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(crowd::waits);
        return crowd;
    }

    /** {@return the first of the builds} */
    WorkflowRun first() {
        return builds.get(0);
    }

    private boolean waits() throws Exception {
        for (WorkflowRun build : builds) {
            if (!build.isBuilding()) {
                throw new IllegalStateException(build + " does not wait: " + build.getLog(50));
            }
            if (build.getExecution() == null
                    || build.getExecution().getCurrentHeads().stream().noneMatch(PauseAction::isPaused)) {
                return false;
            }
        }
        return true;
    }

    /** Aborts all, and deletes them with their job. */
    @Override
    public void close() throws Exception {
        builds.forEach(WorkflowRun::doStop);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> builds.stream().noneMatch(WorkflowRun::isBuilding));
        builds.clear();
        job.delete();
        Queue.getInstance().scheduleMaintenance().get();
    }
}
