package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.hand.Errands;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.release.Processes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Deploying by hand from the page of a job, for dora, who deploys, and rita, who reads. */
class DeployPageTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String HOSTILE = "a\"><img/src=x>&'$(id)";
    private static final Lane LANE = new Lane("shop", "production");
    private static final String PLACE = "?app=shop&environment=production";

    @TempDir
    private Path directory;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private JenkinsRule jenkins;
    private Shop shop;
    private String second;
    private String hostile;
    private String rules = "";

    @Test
    void deploysACommitOfItsOwnChoiceAfterShowingThePlan() throws Throwable {
        try (Shop open = Shop.open(directory, 2)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                theFormOffersWhatThereIs();
                nobodyElseMay();
                aPlanChangesNothing();
                theFormIsOpenedAgainAsItWasFilledIn();
                whatIsChosenIsDeployed();
                whatMakesNoSenseIsRefused();
            });
        }
    }

    @Test
    void waitsAtAGateOverARestartAndGoesOnWhenItIsApproved() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
                registered.setApprovers(List.of("@qa"));
                GatedDeployConfiguration.get().setEnvironments(List.of(registered));
                assertThat(text(send("dora", HttpMethod.POST, "plan", "&ref=v2")))
                        .contains("Ask for approval, then deploy", "@qa");

                send("dora", HttpMethod.POST, "begin", "&ref=v2&reason=Because");
                send("dora", HttpMethod.POST, "begin", "&ref=" + second);
                await().atMost(LONG).until(() -> gates().size() == 2);
                assertThat(held()).isEqualTo(2);
                Decisions.decide(People.login("bob"), gates().get(0).id(), Verdict.REJECT, "No");
                await().atMost(LONG).until(() -> held() == 1);
            });
            sessions.then(r -> {
                jenkins = r;
                assertThat(held()).as(said()).isEqualTo(1);
                Gate gate = gates().get(0);
                assertThat(gate.rules().requester()).isEqualTo("dora");

                // The commits' author is nobody whom this Jenkins knows, so that it takes one more.
                Decisions.decide(People.login("alice"), gate.id(), Verdict.APPROVE, "");
                Decisions.decide(People.login("bob"), gate.id(), Verdict.APPROVE, "");

                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                DeploymentRecord record =
                        history().find(gate.subject().deployment()).orElseThrow();
                assertThat(record.state()).as(record.message()).isEqualTo(State.SUCCEEDED);
                assertThat(shop.page(0)).isEqualTo("v2");
                assertThat(record.actor()).isEqualTo("dora");
                assertThat(record.passed().approvers()).contains("alice", "bob");
                assertThat(shop.isFree("srv", 0)).isTrue();
            });
        }
    }

    @Test
    void waitsUntilTheEnvironmentOpens() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                freeze(true);
                assertThat(text(send("dora", HttpMethod.POST, "plan", "&ref=v2")))
                        .contains("waits until 3000-01-01 00:00 (UTC)");
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> held() == 1);
                // One that cannot be read keeps no other from going on.
                Path errands = JenkinsHost.get().dockets().resolveSibling("errands");
                Files.writeString(errands.resolve("0.errand"), "wish=\\u12\n");
            });
            sessions.then(r -> {
                jenkins = r;
                assertThat(held()).as(said()).isEqualTo(1);
                assertThat(shop.page(0)).isEqualTo("v1");

                GatedDeployConfiguration.get().setEnvironments(List.of());

                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).isEqualTo("v2");
                freeze(false);
                WebResponse plan = send("dora", HttpMethod.POST, "plan", "&ref=v1");
                assertThat(text(plan)).contains("window.closed").doesNotContain("name=\"begin\"");
                WebResponse refused = send("dora", HttpMethod.POST, "begin", "&ref=v1&emergency=Down");
                assertThat(refused.getStatusCode()).isEqualTo(400);
                assertThat(text(refused)).contains("registration.emergency");
                assertThat(shop.page(0)).isEqualTo("v2");
            });
        }
    }

    @Test
    void isTakenBackWhileItWaitsByWhoAskedOrManagesTheLane() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                freeze(true);
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> held() == 1);
                DeploymentRecord frozen = history().unfinished().get(0);
                String page = "job/storefront/deployments/" + frozen.id() + "/";
                assertThat(text(get("dora", page))).contains("Take it back");
                assertThat(text(get("alice", page))).doesNotContain("Take it back");
                for (String other : List.of("rita", "alice")) {
                    assertThat(answer(other, HttpMethod.POST, page + "takeBack", true)
                                    .getStatusCode())
                            .as(other)
                            .isEqualTo(403);
                }
                assertThat(held()).isEqualTo(1);

                WebResponse done = answer("dora", HttpMethod.POST, page + "takeBack", true);

                assertThat(done.getStatusCode()).isEqualTo(200);
                assertThat(text(done)).doesNotContain("Take it back");
                assertThat(history().find(frozen.id()).orElseThrow())
                        .satisfies(record -> assertThat(record.state()).isEqualTo(State.CANCELLED))
                        .satisfies(record -> assertThat(record.message()).isEqualTo("Taken back by dora (dora)."));
                assertThat(history().audit().entries()).last().satisfies(entry -> {
                    assertThat(entry.what()).isEqualTo("TAKEN_BACK");
                    assertThat(entry.who()).isEqualTo("dora");
                    assertThat(entry.deployment()).isEqualTo(frozen.id());
                });
                GatedDeployConfiguration.get().setEnvironments(List.of());
                WebResponse ended = answer("dora", HttpMethod.POST, page + "takeBack", true);
                assertThat(ended.getStatusCode()).isEqualTo(409);
                assertThat(text(ended))
                        .contains("has ended (Cancelled), so there is nothing to take back")
                        .contains("data-deployment=\"" + frozen.id() + "\"");
                DeploymentRecord built = history().find("shop", "production", 1).orElseThrow();
                assertThat(text(answer(
                                "dora",
                                HttpMethod.POST,
                                "job/storefront/deployments/" + built.id() + "/takeBack",
                                true)))
                        .contains("Deployment #1 has ended (Succeeded)");

                RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
                registered.setApprovers(List.of("@qa"));
                GatedDeployConfiguration.get().setEnvironments(List.of(registered));
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> gates().size() == 1);
                DeploymentRecord asked = history().unfinished().get(0);
                answer("admin", HttpMethod.POST, "gated-deploy/deployments/" + asked.id() + "/takeBack", true);
                assertThat(history().find(asked.id()).orElseThrow().message())
                        .isEqualTo("Taken back by admin (admin).");
                assertThat(gates()).isEmpty();
                assertThat(shop.page(0)).isEqualTo("v1");
                saysOnItsPageThatItHasBegunSoThatItIsTooLate();
            });
        }
    }

    @Test
    void givesItsTurnBackWhenPeopleHaveToBeAskedMeanwhile() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                occupy("other");
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> waiting().size() == 1);
                RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
                registered.setApprovers(List.of("@qa"));
                GatedDeployConfiguration.get().setEnvironments(List.of(registered));

                history().lanes().leave("other");
                await().atMost(LONG).until(() -> gates().size() == 1);

                assertThat(history().lanes().queue(LANE).entries()).isEmpty();
                Decisions.decide(People.login("alice"), gates().get(0).id(), Verdict.APPROVE, "");
                Decisions.decide(People.login("bob"), gates().get(0).id(), Verdict.APPROVE, "");
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).as(said()).isEqualTo("v2");
            });
        }
    }

    @Test
    void goesOnWhenTheHistoryCouldNotBeWrittenForAWhile() throws Throwable {
        LogRecorder log = new LogRecorder().record(Errands.class, Level.WARNING).capture(100);
        try (Shop open = Shop.open(directory, 1);
                log) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                freeze(true);
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> held() == 1);
                String id = history().unfinished().get(0).id();
                CountDownLatch well = new CountDownLatch(1);
                Thread holder = new Thread(() -> history().update(id, record -> {
                    try {
                        well.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return record;
                }));
                holder.start();
                GatedDeployConfiguration.get().setEnvironments(List.of());
                await().atMost(LONG)
                        .until(() -> log.getMessages().stream().anyMatch(said -> said.contains("it is tried again")));
                well.countDown();
                holder.join();

                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).as(said()).isEqualTo("v2");
            });
        }
    }

    @Test
    void goesBackOnTheChosenTargetsAloneAndOnNoneThatThereIsNot() throws Throwable {
        try (Shop open = Shop.open(directory, 2)) {
            shop = open;
            sessions.then(r -> {
                begin(r);
                String first =
                        history().successes("shop", "production", 1).get(0).release();
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(List.of(shop.page(0), shop.page(1))).as(said()).containsExactly("v2", "v2");
                String target = shop.fleet().targets().get(1).name();

                assertThat(rollBackOn(first, "[\"" + target + "\", \"elsewhere\"]"))
                        .isEqualTo(422);
                assertThat(history().find("shop", "production", 3)).isEmpty();
                assertThat(rollBackOn(first, "[\"" + target + "\"]")).isEqualTo(202);
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());

                assertThat(List.of(shop.page(0), shop.page(1))).as(said()).containsExactly("v2", "v1");
            });
        }
    }

    @Test
    void waitsInItsLaneByTheRulesOfTheEnvironmentAndOverARestart() throws Throwable {
        try (Shop open = Shop.open(directory, 1)) {
            shop = open;
            sessions.then(r -> {
                rules = "queue = \"latest-only\"\nqueue_timeout = \"5h\"\n";
                begin(r);
                String first =
                        history().successes("shop", "production", 1).get(0).release();
                send("dora", HttpMethod.POST, "begin", "&ref=v2");
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());
                assertThat(shop.page(0)).as(said()).isEqualTo("v2");
                occupy("other");

                send("dora", HttpMethod.POST, "begin", "&ref=v1&branch=main");
                await().atMost(LONG).until(() -> waiting().size() == 1);
                String older = waiting().get(0).id();
                rollBack(first);
                await().atMost(LONG).until(() -> waiting().size() == 2);
                send("dora", HttpMethod.POST, "begin", "&ref=" + encoded(HOSTILE) + "&branch=main");
                await().atMost(LONG)
                        .until(() -> history().find(older).orElseThrow().state() == State.CANCELLED);

                assertThat(history().find(older).orElseThrow().message())
                        .startsWith("Replaced by a newer one of main: deployment #5");
                assertThat(waiting())
                        .extracting(entry -> entry.claim().title())
                        .containsExactly("rollback #4 to " + first, "deployment #5 of " + HOSTILE);
                assertThat(waiting())
                        .allSatisfy(entry -> assertThat(entry.bounds().until().orElseThrow())
                                .isEqualTo(entry.claim().since().plus(Duration.ofHours(5))));
            });
            // Who is before them does not come back, so that they have their turns.
            sessions.then(r -> {
                jenkins = r;
                await().atMost(LONG).until(() -> history().unfinished().isEmpty());

                DeploymentRecord back = history().find("shop", "production", 4).orElseThrow();
                DeploymentRecord deployed =
                        history().find("shop", "production", 5).orElseThrow();
                assertThat(back.state()).as(said()).isEqualTo(State.SUCCEEDED);
                assertThat(back.actor()).isEqualTo("alice");
                assertThat(back.reason()).isEqualTo("Sorting is broken");
                assertThat(deployed.state()).as(said()).isEqualTo(State.SUCCEEDED);
                assertThat(back.ended().orElseThrow()).isBefore(deployed.ended().orElseThrow());
                assertThat(shop.page(0)).isEqualTo("hostile");
                assertThat(history().lanes().queue(LANE).entries()).isEmpty();
            });
        }
    }

    private void saysOnItsPageThatItHasBegunSoThatItIsTooLate() throws Exception {
        Asked asked =
                new Asked("shop", "production", Kind.DEPLOY, "v2", "dora", new Origin("storefront", 0, "storefront"));
        DeploymentRecord begun = history().begin(asked, Processes.self(), Instant.now());
        history().event(new Event(begun.id(), Instant.now(), State.DEPLOYING, ""));

        WebResponse late =
                answer("dora", HttpMethod.POST, "job/storefront/deployments/" + begun.id() + "/takeBack", true);

        assertThat(late.getStatusCode()).isEqualTo(409);
        assertThat(text(late))
                .contains("Deployment #" + begun.number() + " has begun, so it cannot be taken back any more")
                .contains("go back to an earlier release", "data-deployment=\"" + begun.id() + "\"");
        assertThat(history().find(begun.id()).orElseThrow().state()).isEqualTo(State.DEPLOYING);
    }

    /** Somebody else has the turn. */
    private static void occupy(String id) {
        Claim claim =
                new Claim("", "", "a piece of a script", "", new Claim.Asker("dora", "storefront", 1), Instant.now());
        history().lanes().join(Entry.waiting(id, LANE, claim, Bounds.none()), false);
        assertThat(history().lanes().take(id, Instant.now())).isTrue();
    }

    private static List<Entry> waiting() {
        return history().lanes().queue(LANE).waiting();
    }

    private void rollBack(String release) throws Exception {
        assertThat(rollBackOn(release, "null")).isEqualTo(202);
    }

    /** {@return the status of the answer} */
    private int rollBackOn(String release, String targets) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            client.login("alice");
            client.setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(
                    client.createCrumbedUrl("job/storefront/deployments/api/environments/shop/production/rollbacks"),
                    HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/json");
            request.setRequestBody(
                    "{\"release\":\"" + release + "\",\"reason\":\"Sorting is broken\",\"targets\":" + targets + "}");
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    private static void freeze(boolean wait) {
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setFreezes(List.of("2020-01-01 until 2999-12-31 UTC: Ice age"));
        registered.setWaitsOutside(wait);
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
    }

    private void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        People.moveInto(jenkins);
        shop.introduceToJenkins();
        String task = rules + "[tasks]\nmigrate = \"echo migrated > ../../migrated\"\n"
                + "banner = \"echo '<img/src=x> of the plan'\"\n";
        shop.version("v1", task);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "storefront");
        job.setDefinition(new CpsFlowDefinition("node {\n" + shop.checkout("v1") + "deployApp 'production'\n}", true));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(People.start(job)));
        second = shop.version("v2", task);
        hostile = shop.repository()
                .branch(HOSTILE)
                .file("index.html", "hostile\n")
                .commit("<b>Bold</b>");
    }

    private void theFormOffersWhatThereIs() throws Exception {
        String form = text(send("dora", HttpMethod.GET, "form/", ""));

        assertThat(form)
                .contains("value=\"v2\"", "Version v2", "value=\"migrate\"", "&lt;b&gt;Bold&lt;/b&gt;")
                .contains("a&quot;&gt;&lt;img/src=x&gt;&amp;")
                .doesNotContain("<img/src", "<b>Bold");
        shop.fleet().targets().forEach(target -> assertThat(form).contains("value=\"" + target.name() + "\""));
        assertThat(text(send("dora", HttpMethod.GET, "", ""))).contains("shop: production");
        assertThat(text(get("dora", "job/storefront/deployments/api/environments?job=storefront")))
                .contains("\"deploy\":\"" + jenkins.contextPath
                        + "/job/storefront/deployments/deploy/form/?app=shop&environment=production\"");
    }

    private void nobodyElseMay() throws Exception {
        for (String action : List.of("plan", "begin")) {
            assertThat(send("rita", HttpMethod.POST, action, "&ref=v2").getStatusCode())
                    .isEqualTo(403);
            assertThat(send("alice", HttpMethod.POST, action, "&ref=v2").getStatusCode())
                    .isEqualTo(403);
            assertThat(send("dora", HttpMethod.GET, action, "&ref=v2").getStatusCode())
                    .isEqualTo(405);
            assertThat(send("dora", HttpMethod.POST, action, "&ref=v2", false).getStatusCode())
                    .isEqualTo(403);
            assertThat(text(send("", HttpMethod.POST, action, "&ref=v2"))).doesNotContain("Plan:");
        }
        assertThat(send("rita", HttpMethod.GET, "form/", "").getStatusCode()).isEqualTo(403);
        assertThat(text(send("rita", HttpMethod.GET, "", ""))).doesNotContain("shop: production");
        assertThat(text(get("rita", "job/storefront/deployments/api/environments?job=storefront")))
                .contains("\"deploy\":null");
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setDeployers(List.of("somebody"));
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
        assertThat(text(send("dora", HttpMethod.POST, "begin", "&ref=v2"))).contains("registration.person");
        GatedDeployConfiguration.get().setEnvironments(List.of());
        assertThat(history().list(Filter.of("shop", "production", 9))).hasSize(1);
        assertThat(shop.page(0)).isEqualTo("v1");
    }

    private void aPlanChangesNothing() throws Exception {
        WebResponse plan = send("dora", HttpMethod.POST, "plan", "&ref=" + encoded(HOSTILE) + "&skip=migrate&reason=R");

        assertThat(plan.getStatusCode()).isEqualTo(200);
        assertThat(text(plan))
                .contains("&lt;b>Bold&lt;/b>", "left out", "name=\"begin\"", "Nobody has to approve it.")
                .contains("value=\"" + hostile + "\"", "&lt;img/src=x> of the plan")
                .doesNotContain("<img/src", "<b>Bold");
        assertThat(tag(text(plan), "name=\"branch\"")).contains("value=\"a&quot;&gt;&lt;img/src=x&gt;&amp;");
        assertThat(shop.page(0)).isEqualTo("v1");
        assertThat(history().unfinished()).isEmpty();
    }

    private static String tag(String page, String within) {
        int at = page.indexOf(within);
        assertThat(at).as(within).isPositive();
        return page.substring(page.lastIndexOf('<', at), page.indexOf('>', at));
    }

    private void theFormIsOpenedAgainAsItWasFilledIn() throws Exception {
        String target = shop.fleet().targets().get(1).name();
        String chosen = "&ref=v2&config=deploy.toml&reason=" + encoded(HOSTILE) + "&target=" + encoded(target)
                + "&skip=migrate&force=true&emergency=Down";
        String plan = text(send("dora", HttpMethod.POST, "plan", chosen.replace("&emergency=Down", "")));
        int link = plan.indexOf("<a href=\"form/");
        String change = plan.substring(link, plan.indexOf('>', link));
        assertThat(change)
                .contains("skip=migrate", "force=true", "target=" + encoded(target), "reason=" + encoded(HOSTILE))
                .contains("config=deploy.toml", "emergency=");

        String form = text(send("dora", HttpMethod.GET, "form/", chosen));

        assertThat(tag(form, "value=\"migrate\"")).contains("checked=");
        assertThat(tag(form, "value=\"" + target + "\"")).contains("checked=");
        assertThat(tag(form, "name=\"force\"")).contains("checked=");
        assertThat(form.split(" checked=", -1)).hasSize(1 + 3);
        assertThat(tag(form, "name=\"emergency\"")).contains("value=\"Down\"");
        assertThat(tag(form, "name=\"reason\"")).contains("value=\"a&quot;&gt;&lt;img/src=x&gt;&amp;");
        assertThat(tag(form, "<details")).contains(" open=");
        assertThat(form).doesNotContain("<img/src");
        assertThat(text(send("dora", HttpMethod.GET, "form/", ""))).doesNotContain(" checked=", " open=");
    }

    private void whatIsChosenIsDeployed() throws Exception {
        Files.deleteIfExists(shop.place("srv", 0).resolve("migrated"));
        String target = shop.fleet().targets().get(0).name();
        WebResponse begun = send(
                "dora",
                HttpMethod.POST,
                "begin",
                "&ref=" + encoded(HOSTILE) + "&skip=migrate&reason=R&target=" + encoded(target));
        assertThat(begun.getStatusCode()).isEqualTo(200);
        await().atMost(LONG).until(() -> history().unfinished().isEmpty());

        DeploymentRecord record = history().successes("shop", "production", 1).get(0);
        assertThat(begun.getWebRequest().getUrl().getPath()).endsWith("/deployments/" + record.id() + "/");
        assertThat(record.actor()).isEqualTo("dora");
        assertThat(record.reason()).isEqualTo("R");
        assertThat(record.state()).isEqualTo(State.SUCCEEDED);
        assertThat(shop.page(0)).isEqualTo("hostile");
        assertThat(shop.page(1)).isEqualTo("v1");
        assertThat(shop.place("srv", 0).resolve("migrated")).doesNotExist();
        assertThat(jenkins.jenkins
                        .getItemByFullName("storefront", WorkflowJob.class)
                        .getBuilds())
                .hasSize(1);
    }

    private void whatMakesNoSenseIsRefused() throws Exception {
        for (String wrong : List.of("&ref=nowhere", "&ref=v2&config=../x", "&ref=v2&config=none.toml", "&ref=")) {
            WebResponse refused = send("dora", HttpMethod.POST, "begin", wrong);
            assertThat(refused.getStatusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(send("dora", HttpMethod.POST, "begin", "&ref=v2", "?app=shop&environment=elsewhere", true)
                        .getStatusCode())
                .isEqualTo(404);
        send("dora", HttpMethod.POST, "begin", "&ref=v2&skip=unheard-of");
        await().atMost(LONG).until(() -> history().unfinished().isEmpty());
        assertThat(history().list(Filter.of("shop", "production", 1)))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.state()).isEqualTo(State.FAILED);
                    assertThat(record.message()).contains("task.unknown");
                });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<Gate> gates() {
        return history().gates().list(GateFilter.open(Instant.now(), 9));
    }

    private static String said() {
        return history().list(Filter.of("shop", "production", 9)).stream()
                .map(record -> "#" + record.number() + " " + record.state() + ": " + record.message())
                .collect(Collectors.joining("; "));
    }

    private static long held() {
        return history().unfinished().stream()
                .filter(record -> record.state() == State.HELD)
                .count();
    }

    private static History history() {
        return JenkinsHost.get().history();
    }

    private WebResponse send(String person, HttpMethod method, String action, String more) throws Exception {
        return send(person, method, action, more, true);
    }

    private WebResponse send(String person, HttpMethod method, String action, String more, boolean crumb)
            throws Exception {
        return send(person, method, action, more, PLACE, crumb);
    }

    private WebResponse get(String person, String address) throws Exception {
        return answer(person, HttpMethod.GET, address, false);
    }

    private WebResponse send(String person, HttpMethod method, String action, String more, String place, boolean crumb)
            throws Exception {
        return answer(person, method, "job/storefront/deployments/deploy/" + action + place + more, crumb);
    }

    private WebResponse answer(String person, HttpMethod method, String address, boolean crumb) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)) {
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            if (!person.isEmpty()) {
                client.login(person);
            }
            WebRequest request = new WebRequest(new URI(jenkins.getURL() + address).toURL(), method);
            if (crumb && method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse();
        }
    }

    private static String text(WebResponse answer) {
        return answer.getContentAsString();
    }
}
