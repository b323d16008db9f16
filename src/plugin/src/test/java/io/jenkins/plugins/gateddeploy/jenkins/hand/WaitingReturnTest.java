package io.jenkins.plugins.gateddeploy.jenkins.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller is killed while a rollback that a person began on a page waits for its turn. */
class WaitingReturnTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Lane LANE = new Lane("shop", "production");

    @TempDir
    private Path directory;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = GitJobs.controller();

    @Test
    void keepsItsPlaceWhenTheControllerIsKilledAndGoesBackAfterTheDeadOneIsSettled() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.repository().file("Jenkinsfile", "deployApp 'production'\n");
            shop.version("one", "");
            String repository = shop.repository().path().toString();
            Shop.Introduction introduction = shop.introduction();
            jenkins.startJenkins();
            jenkins.runRemotely(r -> {
                introduction.make();
                GitJobs.create(r, "shop", repository, "Jenkinsfile");
                r.buildAndAssertSuccess(job(r));
            });
            shop.version("two", "");
            jenkins.runRemotely(r -> {
                r.buildAndAssertSuccess(job(r));
            });
            shop.version(
                    "three", "[tasks]\npause = \"touch ../../there; while [ ! -e ../../go ]; do sleep 0.2; done\"\n");
            jenkins.runRemotely(r -> {
                job(r).scheduleBuild2(0).waitForStart();
            });
            Path place = shop.place("srv", 0);
            await().atMost(LONG).until(() -> Files.exists(place.resolve("there")));
            jenkins.runRemotely(r -> {
                goBackOnThePage(r);
                awaitWaiting(1);
                job(r).scheduleBuild2(0).waitForStart();
                awaitWaiting(2);
            });
            assertThat(jenkins.runRemotely(WaitingReturnTest::line))
                    .containsExactly("#3 DEPLOYING", "#4 QUEUED", "#5 QUEUED");

            jenkins.stopJenkinsForcibly();
            Files.createFile(place.resolve("go"));
            jenkins.startJenkins();

            assertThat(jenkins.runRemotely(WaitingReturnTest::ends))
                    .containsExactly("#3 DEPLOY INTERRUPTED", "#4 ROLLBACK SUCCEEDED one", "#5 DEPLOY SUCCEEDED three");
            assertThat(shop.page(0)).isEqualTo("three");
            assertThat(shop.isFree("srv", 0)).isTrue();
        }
    }

    private static WorkflowJob job(JenkinsRule r) {
        return r.jenkins.getItemByFullName("shop", WorkflowJob.class);
    }

    private static void goBackOnThePage(JenkinsRule r) throws Exception {
        // Another test is about crumbs, and this client knows no way to one.
        r.jenkins.setCrumbIssuer(null);
        try (JenkinsRule.WebClient client = r.createWebClient().withJavaScriptEnabled(false)) {
            String path = "job/shop/deployments/api/environments/shop/production/rollbacks";
            WebRequest request = new WebRequest(new URL(r.getURL(), path), HttpMethod.POST);
            request.setRequestBody("{\"release\":\"" + record(1).release() + "\"}");
            request.setAdditionalHeader("Content-Type", "application/json");
            client.getPage(request);
        }
    }

    private static void awaitWaiting(int count) {
        await().atMost(LONG).until(() -> history().lanes().queue(LANE).waiting().size() == count);
    }

    private static ArrayList<String> line(JenkinsRule r) {
        ArrayList<String> line = new ArrayList<>();
        history().lanes().queue(LANE).entries().forEach(entry -> {
            DeploymentRecord record = history().find(entry.claim().deployment()).orElseThrow();
            line.add("#" + record.number() + " " + record.state());
        });
        return line;
    }

    /** How the last three ended; each began after the one before it. */
    private static ArrayList<String> ends(JenkinsRule r) throws Exception {
        await().atMost(LONG).until(() -> history().lanes().queue(LANE).entries().isEmpty());
        r.waitForCompletion(job(r).getLastBuild());
        assertThat(Errand.all()).isEmpty();
        ArrayList<String> ends = new ArrayList<>();
        Instant free = Instant.EPOCH;
        for (int number = 3; number <= 5; number++) {
            DeploymentRecord record = record(number);
            assertThat(begun(record)).as("the beginning of #" + number).isAfterOrEqualTo(free);
            free = record.ended().orElseThrow();
            String what = record.state().name().equals("SUCCEEDED") ? " " + version(record) : "";
            ends.add("#" + number + " " + record.kind() + " " + record.state() + what);
        }
        return ends;
    }

    private static String version(DeploymentRecord record) {
        return record.subject().replace("Version ", "");
    }

    private static Instant begun(DeploymentRecord record) {
        return history().events(record.id()).stream()
                .filter(e -> e.state() == io.jenkins.plugins.gateddeploy.history.State.CHECKING)
                .findFirst()
                .orElseThrow()
                .time();
    }

    private static DeploymentRecord record(int number) {
        return history().find(LANE.app(), LANE.environment(), number).orElseThrow();
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
