package io.jenkins.plugins.gateddeploy.jenkins.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller is killed, and when it is there again, the server that it deployed to is not. */
class UnsettledTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Lane LANE = new Lane("shop", "production");

    @TempDir
    private Path directory;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = GitJobs.controller();

    @Test
    void holdsItsLaneUntilALaneManagerGivesItUp() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.repository().file("Jenkinsfile", "deployApp 'production'\n");
            shop.version("v2", "[tasks]\npause = \"touch ../../there; while [ ! -e ../../go ]; do sleep 0.2; done\"\n");
            Path place = shop.place("srv", 0);
            String repository = shop.repository().path().toString();
            Shop.Introduction introduction = shop.introduction();
            jenkins.startJenkins();
            jenkins.runRemotely(r -> {
                introduction.make();
                secure(r);
                GitJobs.create(r, "shop", repository, "Jenkinsfile")
                        .scheduleBuild2(0)
                        .waitForStart();
            });
            await().atMost(LONG).until(() -> Files.exists(place.resolve("there")));
            jenkins.runRemotely(r -> {
                job(r).scheduleBuild2(0).waitForStart();
                await().atMost(LONG)
                        .until(() -> history().lanes().queue(LANE).waiting().size() == 1);
                history().lanes().pause(LANE, "the server", steward(), Instant.now());
            });

            jenkins.stopJenkinsForcibly();
            shop.fleet().server(0).kill();
            jenkins.startJenkins();

            assertThat(jenkins.runRemotely(UnsettledTest::giveUp))
                    .containsExactly(
                            "anonymous 403", "without a reason 400", "CHECKING or later, with the turn", "meg 200");
            assertThat(jenkins.runRemotely(UnsettledTest::end))
                    .startsWith(
                            "INTERRUPTED Given up by meg (meg): the server was scrapped. It could not be settled: ");

            Files.createFile(place.resolve("go"));
            shop.fleet().server(0).restart();
            jenkins.runRemotely(r -> {
                history().lanes().resume(LANE, steward(), Instant.now());
                r.assertBuildStatusSuccess(r.waitForCompletion(job(r).getBuildByNumber(2)));
            });
            assertThat(shop.page(0)).isEqualTo("v2");
            assertThat(shop.isFree("srv", 0)).isTrue();
        }
    }

    /** In a way that is there after a restart, too. */
    private static void secure(JenkinsRule r) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        realm.createAccount("meg", "meg");
        r.jenkins.setSecurityRealm(realm);
        FullControlOnceLoggedInAuthorizationStrategy everything = new FullControlOnceLoggedInAuthorizationStrategy();
        everything.setAllowAnonymousRead(true);
        r.jenkins.setAuthorizationStrategy(everything);
        r.jenkins.save();
    }

    private static ArrayList<String> giveUp(JenkinsRule r) throws Exception {
        // Another test is about crumbs, and this client knows no way to one.
        r.jenkins.setCrumbIssuer(null);
        String id = record(1).id();
        await().atMost(LONG).until(() -> Settlements.get().isUnsettled(id));
        ArrayList<String> answers = new ArrayList<>();
        try (JenkinsRule.WebClient client = r.createWebClient().withJavaScriptEnabled(false)) {
            client.setThrowExceptionOnFailingStatusCode(false);
            String page = r.getURL() + "job/shop/deployments/" + id + "/";
            assertThat(client.getPage(page).getWebResponse().getContentAsString())
                    .doesNotContain("giveUp");
            answers.add("anonymous " + post(client, page, "I want to go on"));
            client.login("meg", "meg");
            assertThat(client.getPage(page).getWebResponse().getContentAsString())
                    .contains(page.substring(r.getURL().toString().length()) + "giveUp");
            answers.add("without a reason " + post(client, page, " "));
            boolean holds = !record(1).state().isFinal()
                    && history()
                            .lanes()
                            .queue(LANE)
                            .holder()
                            .orElseThrow()
                            .claim()
                            .deployment()
                            .equals(id);
            answers.add(holds ? "CHECKING or later, with the turn" : "gone");
            answers.add("meg " + post(client, page, "the server was scrapped"));
        }
        return answers;
    }

    private static int post(JenkinsRule.WebClient client, String page, String why) throws Exception {
        WebRequest request = new WebRequest(new URL(page + "giveUp"), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/x-www-form-urlencoded");
        request.setRequestBody("why=" + URLEncoder.encode(why, StandardCharsets.UTF_8));
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    private static String end(JenkinsRule r) throws Exception {
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(job(r).getBuildByNumber(1)));
        r.assertLogContains("Given up by meg", job(r).getBuildByNumber(1));
        assertThat(record(1).targets())
                .singleElement()
                .satisfies(target -> assertThat(target.message()).startsWith("What is current there is not known: "));
        assertThat(history().audit().entries()).extracting(AuditEntry::what).contains("GIVEN_UP");
        assertThat(history().lanes().queue(LANE).holder()).isEmpty();
        return record(1).state() + " " + record(1).message();
    }

    private static Steward steward() {
        return new Steward(new Actor("meg", "Meg", Set.of()), true);
    }

    private static WorkflowJob job(JenkinsRule r) {
        return r.jenkins.getItemByFullName("shop", WorkflowJob.class);
    }

    private static DeploymentRecord record(int number) {
        return history().find(LANE.app(), LANE.environment(), number).orElseThrow();
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
