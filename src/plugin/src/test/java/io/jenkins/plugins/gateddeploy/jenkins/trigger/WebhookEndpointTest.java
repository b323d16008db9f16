package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.security.csrf.DefaultCrumbIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whom the endpoint believes, in a Jenkins in which nobody without a login may do anything. */
@WithJenkins
class WebhookEndpointTest {
    private static final String SECRET = "a long secret of the shop";
    private static final String COMMIT = "59b20b8d5c6ff8d09518454d4dd8b7b30f095ab5";

    @Test
    void startsJobsForThoseWhoProveWhoTheyAreAndForNobodyElse(JenkinsRule jenkins) throws Exception {
        lock(jenkins);
        Forges forges = new Forges(jenkins.getURL().toURI());
        WorkflowJob job = job(jenkins, "shop", Forges.REPOSITORY);
        Forges.know("github.example/shop/*", "shop-webhook", SECRET);
        String push = Forges.push("refs/heads/main", COMMIT);

        assertThat(forges.get().statusCode()).isEqualTo(405);
        assertThat(forges.github(push, "", UUID.randomUUID().toString()).statusCode())
                .isEqualTo(401);
        assertThat(forges.github(push, "another secret").statusCode()).isEqualTo(401);
        assertThat(forges.github(
                                push,
                                Forges.sign(push + " ", SECRET),
                                UUID.randomUUID().toString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(forges.gitlab(push, "another secret").statusCode()).isEqualTo(401);
        assertThat(forges.github(
                                Forges.push("https://github.example/other/storefront", "refs/heads/main", COMMIT)
                                        .replace("git@github.example:shop", "git@github.example:other"),
                                SECRET)
                        .statusCode())
                .isEqualTo(403);
        assertThat(forges.github("{\"ref\": ", SECRET).statusCode()).isEqualTo(400);
        assertThat(forges.github("x".repeat(5 * 1024 * 1024 + 1), SECRET).statusCode())
                .isEqualTo(413);
        assertThat(plain(jenkins, "hello").statusCode()).isEqualTo(400);
        jenkins.waitUntilNoActivity();
        assertThat(job.getLastBuild()).isNull();

        HttpResponse<String> accepted = forges.github(push, SECRET);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.body()).isEqualTo("Started: 1\n").doesNotContain(SECRET);
        jenkins.waitUntilNoActivity();
        WorkflowRun build = job.getLastBuild();
        jenkins.assertLogContains("Push of branch main to github.example/shop/storefront by mona (GitHub)", build);
        jenkins.assertLogContains("ref refs/heads/main, branch main, tag null, commit " + COMMIT, build);
    }

    @Test
    void takesNoDeliveryTwiceHoweverItIsCalled(JenkinsRule jenkins) throws Exception {
        lock(jenkins);
        Forges forges = new Forges(jenkins.getURL().toURI());
        Forges.know(Forges.REPOSITORY, "shop-webhook", SECRET);
        String push = Forges.push("refs/heads/main", COMMIT);
        String id = UUID.randomUUID().toString();

        // There is no job for it yet; when there is, it may be sent again.
        assertThat(forges.github(push, Forges.sign(push, SECRET), id).statusCode())
                .isEqualTo(204);
        WorkflowJob job = job(jenkins, "shop", Forges.REPOSITORY);
        assertThat(forges.github(push, Forges.sign(push, SECRET), id).statusCode())
                .isEqualTo(202);
        jenkins.waitUntilNoActivity();

        assertThat(forges.github(push, Forges.sign(push, SECRET), id).statusCode())
                .isEqualTo(409);
        assertThat(forges.github(push, SECRET).statusCode()).isEqualTo(409);
        String other = Forges.push("refs/heads/main", COMMIT);
        assertThat(forges.github(other, Forges.sign(other, SECRET), id).statusCode())
                .isEqualTo(409);
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuilds()).hasSize(1);
    }

    /** Something of Jenkins that is broken for a while. */
    @TestExtension("mayBeSentAgainWhenNothingCouldBeStarted")
    public static final class Broken extends Queue.QueueDecisionHandler {
        private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            if (NAMES.contains(task.getName())) {
                throw new IllegalStateException("broken");
            }
            return true;
        }
    }

    @Test
    void mayBeSentAgainWhenNothingCouldBeStarted(JenkinsRule jenkins) throws Exception {
        lock(jenkins);
        Forges forges = new Forges(jenkins.getURL().toURI());
        Forges.know(Forges.REPOSITORY, "shop-webhook", SECRET);
        WorkflowJob first = job(jenkins, "a-shop", Forges.REPOSITORY);
        String push = Forges.push("refs/heads/main", COMMIT);
        String id = UUID.randomUUID().toString();
        Broken.NAMES.add("a-shop");

        assertThat(forges.github(push, Forges.sign(push, SECRET), id).statusCode())
                .isEqualTo(500);
        // One that is broken keeps no other from being started.
        WorkflowJob second = job(jenkins, "b-shop", Forges.REPOSITORY);
        assertThat(forges.github(push, Forges.sign(push, SECRET), id).statusCode())
                .isEqualTo(202);
        jenkins.waitUntilNoActivity();

        assertThat(first.getBuilds()).isEmpty();
        assertThat(second.getBuilds()).hasSize(1);
        Broken.NAMES.clear();
    }

    @Test
    void believesASecretForItsOwnRepositoriesAlone(JenkinsRule jenkins) throws Exception {
        Forges forges = new Forges(jenkins.getURL().toURI());
        Forges.know(Forges.REPOSITORY, "shop-webhook", SECRET);
        Forges.know("https://github.example/play/ground", "play-webhook", "known to many");
        WorkflowJob shop = job(jenkins, "shop", Forges.REPOSITORY);
        WorkflowJob play = job(jenkins, "play", "https://github.example/play/ground");

        // A body may name both; who has signed it may speak for one.
        HttpResponse<String> both = forges.github(
                Forges.push("https://github.example/play/ground", "refs/heads/main", COMMIT), "known to many");

        assertThat(both.statusCode()).isEqualTo(202);
        jenkins.waitUntilNoActivity();
        assertThat(play.getBuilds()).hasSize(1);
        assertThat(shop.getBuilds()).isEmpty();
    }

    @Test
    void startsEachTagAndShowsNoHtmlOfItsName(JenkinsRule jenkins) throws Exception {
        Forges forges = new Forges(jenkins.getURL().toURI());
        Forges.know(Forges.REPOSITORY, "shop-webhook", SECRET);
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("COLOUR", "red")));
        PushTrigger trigger = new PushTrigger();
        trigger.setRepository("git@github.example:shop/storefront.git");
        job.addTrigger(trigger);
        jenkins.jenkins.setNumExecutors(0);

        forges.github(Forges.push("refs/tags/v1<img/src=x>", COMMIT), SECRET);
        forges.github(Forges.push("refs/tags/v2", COMMIT), SECRET);
        jenkins.jenkins.setNumExecutors(1);
        jenkins.jenkins.setNodes(jenkins.jenkins.getNodes());
        jenkins.waitUntilNoActivity();

        assertThat(job.getBuilds()).hasSize(2);
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            String page = client.goTo("job/shop/1/").getWebResponse().getContentAsString();
            // What is around is long.
            assertThat(page.substring(Math.max(0, page.indexOf("Push of")), Math.max(0, page.indexOf("Push of")) + 200))
                    .contains("tag v1&lt;img/src=x")
                    .doesNotContain("<img/src");
        }
    }

    @Test
    void hearsGitLab(JenkinsRule jenkins) throws Exception {
        Forges forges = new Forges(jenkins.getURL().toURI());
        Forges.know("gitlab.example/**", "shop-webhook", SECRET);
        WorkflowJob job = job(jenkins, "shop", "git@gitlab.example:shop/storefront.git");

        HttpResponse<String> accepted = forges.gitlab("""
                {"object_kind": "push", "event_name": "push", "ref": "refs/heads/main", "after": "%s",
                 "user_name": "Jo", "user_username": "jo",
                 "project": {"git_http_url": "https://gitlab.example/shop/storefront.git",
                   "git_ssh_url": "git@gitlab.example:shop/storefront.git"}, "commits": []}
                """.formatted(COMMIT), SECRET);

        assertThat(accepted.statusCode()).isEqualTo(202);
        jenkins.waitUntilNoActivity();
        jenkins.assertLogContains(
                "Push of branch main to gitlab.example/shop/storefront by jo (GitLab)", job.getLastBuild());
    }

    private static void lock(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
        jenkins.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name, String repository) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "echo \"ref ${env.GATED_DEPLOY_REF}, branch ${env.GATED_DEPLOY_BRANCH}, tag ${env.GATED_DEPLOY_TAG},"
                        + " commit ${env.GATED_DEPLOY_COMMIT}\"",
                true));
        PushTrigger trigger = new PushTrigger();
        trigger.setRepository(repository);
        job.addTrigger(trigger);
        return job;
    }

    private static HttpResponse<String> plain(JenkinsRule jenkins, String body) throws Exception {
        URI endpoint = jenkins.getURL().toURI().resolve("gated-deploy-webhook/");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(endpoint)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
