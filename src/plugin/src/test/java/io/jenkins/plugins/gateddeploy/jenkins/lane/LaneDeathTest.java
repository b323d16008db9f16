package io.jenkins.plugins.gateddeploy.jenkins.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller is killed while one deployment is under way and ten wait for it. */
class LaneDeathTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int WAITING = 10;

    @TempDir
    private Path directory;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = GitJobs.controller();

    @Test
    void keepsTheOrderAndGivesNoTurnBeforeTheDeadOneIsSettled() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.repository().file("Jenkinsfile", "deployApp 'production'\n");
            shop.version("v2", "[tasks]\npause = \"touch ../../there; while [ ! -e ../../go ]; do sleep 0.2; done\"\n");
            Path place = shop.place("srv", 0);
            String repository = shop.repository().path().toString();
            Shop.Introduction introduction = shop.introduction();
            jenkins.startJenkins();
            jenkins.runRemotely(r -> {
                introduction.make();
                GitJobs.create(r, "shop", repository, "Jenkinsfile")
                        .scheduleBuild2(0)
                        .waitForStart();
            });
            await().atMost(LONG).until(() -> Files.exists(place.resolve("there")));
            jenkins.runRemotely(r -> {
                WorkflowJob job = r.jenkins.getItemByFullName("shop", WorkflowJob.class);
                for (int i = 1; i <= WAITING; i++) {
                    int count = i;
                    job.scheduleBuild2(0).waitForStart();
                    await().atMost(LONG).until(() -> waiting() == count);
                }
            });

            jenkins.stopJenkinsForcibly();
            Files.createFile(place.resolve("go"));
            jenkins.startJenkins();

            ArrayList<String> ends = jenkins.runRemotely(LaneDeathTest::ends);
            assertThat(ends.get(0)).isEqualTo("#1 INTERRUPTED FAILURE");
            assertThat(ends.subList(1, ends.size()))
                    .containsExactlyElementsOf(IntStream.rangeClosed(2, WAITING + 1)
                            .mapToObj(n -> "#" + n + " SUCCEEDED SUCCESS")
                            .toList());
            assertThat(jenkins.runRemotely(LaneDeathTest::overlaps)).isEmpty();
            assertThat(shop.page(0)).isEqualTo("v2");
            assertThat(shop.isFree("srv", 0)).isTrue();
        }
    }

    private static int waiting() {
        return JenkinsHost.get()
                .history()
                .lanes()
                .queue(new Lane("shop", "production"))
                .waiting()
                .size();
    }

    /** By the times of their ends. */
    private static ArrayList<String> ends(JenkinsRule r) throws Exception {
        WorkflowJob job = r.jenkins.getItemByFullName("shop", WorkflowJob.class);
        for (int i = 1; i <= WAITING + 1; i++) {
            r.waitForCompletion(job.getBuildByNumber(i));
        }
        ArrayList<String> ends = new ArrayList<>();
        for (DeploymentRecord record : records()) {
            ends.add("#" + record.number() + " " + record.state() + " "
                    + job.getBuildByNumber(record.origin().build()).getResult());
        }
        return ends;
    }

    private static List<DeploymentRecord> records() {
        History history = JenkinsHost.get().history();
        return IntStream.rangeClosed(1, WAITING + 1)
                .mapToObj(n -> history.find("shop", "production", n))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(record -> record.ended().orElseThrow()))
                .toList();
    }

    /** {@return those that began before the one before them had ended} */
    private static ArrayList<String> overlaps(JenkinsRule r) {
        History history = JenkinsHost.get().history();
        ArrayList<String> overlaps = new ArrayList<>();
        List<DeploymentRecord> records = records();
        for (int i = 1; i < records.size(); i++) {
            DeploymentRecord before = records.get(i - 1);
            DeploymentRecord after = records.get(i);
            boolean early = history.events(after.id()).stream()
                    .filter(e -> e.state() == io.jenkins.plugins.gateddeploy.history.State.CHECKING)
                    .anyMatch(e -> e.time().isBefore(before.ended().orElseThrow()));
            if (early) {
                overlaps.add("#" + after.number() + " began before #" + before.number() + " had ended");
            }
        }
        return overlaps;
    }
}
