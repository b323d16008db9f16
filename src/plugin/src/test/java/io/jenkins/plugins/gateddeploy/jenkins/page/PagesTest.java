package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.DarkTheme;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The pages in a real browser, in a Jenkins that enforces its Content-Security-Policy. */
@WithJenkins
class PagesTest {
    private static final int PATIENCE = 180;
    private static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\"></script><script>alert(1)";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Shop shop;
    private Browser browser;
    private WorkflowJob job;

    @BeforeEach
    void openAShop(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = Shop.open(directory, 2);
        People.moveInto(jenkins);
        shop.introduceToJenkins();
        for (String name : new String[] {"Alice Archer", "Bob Baker", "Dora Dale", "Rita Reed"}) {
            User user = User.getById(name.split(" ")[0].toLowerCase(Locale.ROOT), true);
            user.setFullName(name);
            user.save();
        }
        job = jenkins.createProject(WorkflowJob.class, "storefront");
        browser = Browser.start(directory.resolve("profile"));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        shop.close();
    }

    @Test
    void approversDecideAndGoBackInTheBrowser() throws Exception {
        logIn("alice");

        WorkflowRun first = ask("v1");
        browser.open(address(first, "deployment/"));
        browser.awaitText("Ship it?");
        assertThat(browser.await("a[href$='/1/artifact/report/a%20b.html']").getText())
                .isEqualTo("report/a b.html");
        browser.open(jenkins.getURL() + "gated-deploy/");
        browser.awaitText("Waits for you");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        browser.await("a[href$='/gated-deploy/gates/" + gate(first).id() + "']").click();
        browser.awaitText("Tasks that will run");
        browser.open(address(first, "deployment/gates/" + gate(first).id()));
        browser.awaitText("Ship it?");
        browser.awaitText("1 commit will be deployed");
        assertThat(browser.await("#gd-evidence ~ * a[download], a[download]").getText())
                .isEqualTo("report/a b.html");
        browser.await("textarea").sendKeys("Looks good. " + HOSTILE);
        browser.press("Approve");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        browser.awaitText("Approved");
        assertThat(browser.text()).contains(HOSTILE);
        assertNothingHostileBecameMarkup();
        assertThat(shop.page(0)).isEqualTo("v1");

        commit("v2", "Sort by price");
        WorkflowRun second = ask("v2");
        browser.open(jenkins.getURL() + "gated-deploy/");
        browser.awaitText("Waits for you");
        pictures("jenkins-overview");
        browser.open(address(second, "deployment/gates/" + gate(second).id()));
        browser.awaitText("1 changed file");
        pictures("jenkins-gate");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        browser.open(address(second, "deployment/"));
        browser.press("Approve");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        assertThat(shop.page(0)).isEqualTo("v2");
        browser.awaitText("Succeeded");
        pictures("jenkins-deployment");
        assertThat(browser.barriers("#main-panel")).isEmpty();

        shop.version("v2.1", "tasks.banner = 'echo <img src=x>'\n");
        commit("v3", HOSTILE);
        WorkflowRun third = ask("v3");
        browser.open(address(third, "deployment/"));
        browser.awaitText(HOSTILE);
        assertNothingHostileBecameMarkup();
        browser.open(jenkins.getURL() + "gated-deploy/");
        browser.awaitText(HOSTILE);
        assertNothingHostileBecameMarkup();
        browser.open(address(third, "deployment/gates/" + gate(third).id()));
        browser.awaitText(HOSTILE);
        browser.awaitText("echo <img src=x>");
        assertNothingHostileBecameMarkup();
        browser.press("Reject");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(third));
        browser.awaitText("Rejected");

        browser.open(job.getAbsoluteUrl() + "deployments/");
        browser.awaitText("On every target");
        assertNothingHostileBecameMarkup();
        pictures("jenkins-deployments");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        Skipped.note(
                history().audit(),
                new Place("shop", "production"),
                new Actor("(scm)", "SCM change", Set.of()),
                new Origin("storefront", 2, "storefront #2"),
                "Not deployed " + HOSTILE,
                Instant.now());
        browser.open(job.getAbsoluteUrl() + "deployments/");
        browser.awaitText("Not deployed " + HOSTILE);
        assertNothingHostileBecameMarkup();
        browser.press("Roll back production to v1");
        browser.await("dialog[open]");
        browser.awaitText("It takes back 1 commit:");
        browser.await("#gd-reason").sendKeys("Too slow");
        browser.press("Roll back");
        browser.awaitText("Rollback #3");
        DeploymentRecord rollback = await(3, State.SUCCEEDED);
        assertThat(rollback.actor()).isEqualTo("alice");
        assertThat(rollback.reason()).isEqualTo("Too slow");
        assertThat(rollback.origin().job()).isEqualTo("storefront");
        assertThat(shop.page(0)).isEqualTo("v1");
        assertThat(shop.page(1)).isEqualTo("v1");
        browser.awaitText("Succeeded");
        browser.open(job.getAbsoluteUrl() + "2/");
        browser.awaitText("Deployment #2: v2 of shop to production");
        assertNothingHostileBecameMarkup();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void othersSeeNoButtonsAndAreRefusedAtEveryDoor() throws Exception {
        commit("v2", "Sort by price");
        WorkflowRun held = ask("v1");
        Gate gate = gate(held);
        logIn("rita");
        browser.open(address(held, "deployment/"));
        browser.awaitText("Ship it?");
        assertThat(browser.driver().findElements(By.tagName("button")))
                .extracting(WebElement::getText)
                .doesNotContain("Approve", "Reject");

        String decide = "job/storefront/" + held.getNumber() + "/deployment/api/gates/" + gate.id() + "/decisions";
        String decision = "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"plan\":\""
                + gate.subject().plan() + "\"}";
        assertThat(post("rita", decide, decision)).isEqualTo(403);
        assertThat(post("qa", decide, decision)).isEqualTo(409);
        // Is led to the login; that nothing was decided is looked at below.
        post(null, decide, decision);
        assertThat(post(
                        "rita",
                        "job/storefront/deployments/api/environments/shop/production/rollbacks",
                        "{\"release\":\"x\"}"))
                .isEqualTo(403);
        assertThat(withoutCrumb("alice", decide, decision)).isEqualTo(403);
        assertThat(gate(held).decisions()).isEmpty();

        assertThat(post("alice", decide, decision)).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(held));
        WorkflowRun next = ask("v2");
        assertThat(post(
                        "alice",
                        decide.replace("/1/", "/2/")
                                .replace(gate.id(), gate(next).id()),
                        decision.replace(
                                gate.subject().plan(), gate(next).subject().plan())))
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(next));
        browser.open(job.getAbsoluteUrl() + "deployments/");
        // The list to go back to is there, and the servers have been looked at.
        browser.awaitText("On every target");
        assertThat(browser.driver().findElements(By.tagName("button")))
                .extracting(WebElement::getAccessibleName)
                .noneMatch(name -> name.startsWith("Roll back"));

        // What it deployed is still its own under another name, and its build may be gone.
        held.delete();
        job.renameTo("shopfront");
        browser.open(job.getAbsoluteUrl() + "deployments/");
        browser.await("#gated-deploy a[href$='/job/shopfront/2/']");
        assertThat(browser.text()).contains("v1");
        assertThat(browser.driver().findElements(By.cssSelector("#gated-deploy a[href$='/1/']")))
                .isEmpty();
        assertThat(get("rita", "job/shopfront/deployments/api/deployments?job=shopfront"))
                .contains("\"number\":1");
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        assertThat(get("rita", other.getUrl() + "deployments/api/deployments?job=shopfront"))
                .contains("\"deployments\":[]");
    }

    /** On the page that is open now: the next one has a title of its own. */
    private void assertNothingHostileBecameMarkup() {
        assertThat(browser.driver().getTitle()).doesNotContain("hacked");
        assertThat(browser.driver().findElements(By.cssSelector("img[src='x']")))
                .isEmpty();
    }

    private void commit(String version, String subject) {
        shop.repository().file("index.html", version + "\n");
        shop.repository().commit(subject);
        shop.repository().tag(version);
    }

    private WorkflowRun ask(String version) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node {\n" + shop.checkout(version)
                        + "writeFile file: 'report/a b.html', text: 'fine'\narchiveArtifacts 'report/**'\n"
                        + "holdForApproval environment: 'production', message: 'Ship it?', approvers: '@qa',\n"
                        + "    evidence: ['report/a b.html']\n"
                        + "deployApp 'production'\n}",
                true));
        WorkflowRun build = People.start(job);
        gate(build);
        return build;
    }

    private Gate gate(WorkflowRun build) throws Exception {
        GateFilter filter = GateFilter.ofBuild(build.getParent().getFullName(), build.getNumber(), 10);
        Awaitility.await()
                .atMost(PATIENCE, TimeUnit.SECONDS)
                .until(() -> !history().gates().list(filter).isEmpty() || !build.isBuilding());
        assertThat(history().gates().list(filter)).as(JenkinsRule.getLog(build)).isNotEmpty();
        return history().gates().list(filter).get(0);
    }

    private DeploymentRecord await(int number, State state) {
        return Awaitility.await()
                .atMost(PATIENCE, TimeUnit.SECONDS)
                .until(
                        () -> history().find("shop", "production", number),
                        r -> r.map(DeploymentRecord::state).equals(Optional.of(state)))
                .orElseThrow();
    }

    private static History history() {
        return JenkinsHost.get().history();
    }

    private static String address(WorkflowRun build, String page) throws Exception {
        return build.getParent().getAbsoluteUrl() + build.getNumber() + "/" + page;
    }

    private void logIn(String id) throws Exception {
        browser.size(1280, 1000);
        browser.open(jenkins.getURL() + "login");
        browser.await("input[name=j_username]").sendKeys(id);
        browser.await("input[name=j_password]").sendKeys(id);
        browser.await("button[name=Submit]").click();
        browser.await("a[href*='logout'], .jenkins-header, #page-header");
    }

    private void pictures(String name) throws Exception {
        Path folder = Path.of(System.getProperty("gateddeploy.pictures", directory.toString()));
        for (String scheme : new String[] {"dark", "light"}) {
            browser.prefer(scheme);
            DarkTheme.wear(browser, scheme.equals("dark"));
            browser.picture(folder.resolve(name + "-" + scheme + ".png"));
        }
    }

    private int post(String person, String path, String body) throws Exception {
        return send(person, path, body, true);
    }

    private int withoutCrumb(String person, String path, String body) throws Exception {
        return send(person, path, body, false);
    }

    private int send(String person, String path, String body, boolean crumb) throws Exception {
        try (JenkinsRule.WebClient client = client(person)) {
            URL address = crumb ? client.createCrumbedUrl(path) : new URL(jenkins.getURL(), path);
            WebRequest request = new WebRequest(address, HttpMethod.POST);
            request.setRequestBody(body);
            request.setAdditionalHeader("Content-Type", "application/json");
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    private String get(String person, String path) throws Exception {
        try (JenkinsRule.WebClient client = client(person)) {
            return client.getPage(new URL(jenkins.getURL(), path))
                    .getWebResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
        }
    }

    private JenkinsRule.WebClient client(String person) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        return person == null ? client : client.login(person);
    }
}
