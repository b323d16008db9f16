package io.jenkins.plugins.gateddeploy.jenkins.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Many deployments that are asked for at the same time, by parallel branches of several Pipelines. The system properties
 * {@code gateddeploy.lanes} and {@code gateddeploy.deployments} make them more.
 */
@WithJenkins
class CrowdedLanesTest {
    private static final int JOBS = 4;
    private static final int LANES = Integer.getInteger("gateddeploy.lanes", 4);
    private static final int DEPLOYMENTS = Integer.getInteger("gateddeploy.deployments", 24);

    @TempDir
    private Path directory;

    @Test
    void goOneAtATimeInEachLaneAndNoneIsLost(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            prepare(shop);
            List<WorkflowRun> builds = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                WorkflowJob job = GitJobs.create(
                        jenkins, "job-" + i, shop.repository().path().toString(), "Jenkinsfile");
                builds.add(job.scheduleBuild2(0).waitForStart());
            }
            Set<List<String>> seen = lanesUntilTheEndOf(builds);
            for (WorkflowRun build : builds) {
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            }

            int all = 0;
            for (int lane = 0; lane < LANES; lane++) {
                List<String> order = oneAtATime("app-" + lane);
                all += order.size();
                for (List<String> line : seen) {
                    assertThat(order.stream().filter(line::contains).toList())
                            .as("the order in which those of a line had their turn")
                            .isIn(List.of(), line);
                }
            }
            assertThat(seen).as("lanes with somebody in line").anyMatch(line -> line.size() > 2);
            assertThat(all).isEqualTo(DEPLOYMENTS / JOBS * JOBS);
            assertThat(JenkinsHost.get().history().lanes().all()).isEmpty();
        }
    }

    private static void prepare(Shop shop) {
        Target target = shop.fleet().targets().get(0);
        String login = target.user() == null ? "" : target.user() + "@";
        for (int lane = 0; lane < LANES; lane++) {
            shop.repository().file("lanes/" + lane + ".toml", """
                    app = "app-%d"
                    [release]
                    path = "%s/app-%d"
                    [environments.production]
                    targets = ["%s%s:%d"]
                    credentials = "production-ssh"
                    """.formatted(
                            lane, shop.fleet().path(), lane, login, target.host(), target.port()));
        }
        shop.repository().file("Jenkinsfile", """
                def branches = [:]
                for (int i = 0; i < %d; i++) {
                  int lane = i %% %d
                  branches["branch ${i}"] = { deployApp environment: 'production', config: "lanes/${lane}.toml" }
                }
                parallel branches
                """.formatted(DEPLOYMENTS / JOBS, LANES));
        shop.repository().commit("Many applications");
    }

    /** {@return each line that was seen in a lane, as the ids of the deployments in it, in order} */
    private static Set<List<String>> lanesUntilTheEndOf(List<WorkflowRun> builds) {
        Set<List<String>> seen = new HashSet<>();
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(900 + DEPLOYMENTS * 10L))
                .until(() -> {
                    for (Queue queue : JenkinsHost.get().history().lanes().all()) {
                        seen.add(queue.entries().stream()
                                .map(entry -> entry.claim().deployment())
                                .toList());
                    }
                    return builds.stream().noneMatch(WorkflowRun::isBuilding);
                });
        return seen;
    }

    /** {@return the ids of the deployments, in the order in which they had their turn} */
    private static List<String> oneAtATime(String app) {
        History history = JenkinsHost.get().history();
        List<DeploymentRecord> records = new ArrayList<>(history.list(Filter.of(app, "production", 1000)));
        records.sort(Comparator.comparing(record -> record.ended().orElseThrow()));
        Instant free = Instant.EPOCH;
        for (DeploymentRecord record : records) {
            assertThat(record.state()).isEqualTo(State.SUCCEEDED);
            Instant begun = history.events(record.id()).stream()
                    .filter(event -> event.state() == State.CHECKING)
                    .findFirst()
                    .orElseThrow()
                    .time();
            assertThat(begun).as("#" + record.number() + " of " + app).isAfterOrEqualTo(free);
            free = record.ended().orElseThrow();
        }
        return records.stream().map(DeploymentRecord::id).toList();
    }
}
