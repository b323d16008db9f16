package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import java.nio.file.Files;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;

/** Deploying by hand from the page of a job, for dora, who deploys, and rita, who reads. */
class DeployPageTest extends DeployingByHand {
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
}
