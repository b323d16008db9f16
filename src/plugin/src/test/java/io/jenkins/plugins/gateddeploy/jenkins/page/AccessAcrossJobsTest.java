package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.AccessDeniedException3;
import hudson.security.AuthorizationStrategy;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.fixture.Draft;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.OwnerOnly;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeploymentAction;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Two jobs deploy one application to one environment. Rita may see the one alone; mallory does what he likes with that
 * one and may read the other.
 */
@WithJenkins
class AccessAcrossJobsTest {
    private static final String PLAN = "d".repeat(64);
    private static final String HIDDEN = "only-for-those-who-see-the-other-job";

    private JenkinsRule jenkins;
    private DeploymentRecord seen;
    private DeploymentRecord other;
    private Gate seenGate;
    private Gate otherGate;

    @BeforeEach
    void twoJobsHaveDeployed(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject mine = jenkins.createFreeStyleProject("mine");
        FreeStyleProject theirs = jenkins.createFreeStyleProject("theirs");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toAuthenticated()
                .grant(Item.READ)
                .onItems(mine)
                .to("rita", "mallory")
                .grant(Item.READ)
                .onItems(theirs)
                .to("mallory")
                .grant(Permissions.APPROVE, Permissions.ROLL_BACK)
                .onItems(mine)
                .to("mallory"));
        seen = deployed("mine", "visible-subject");
        other = deployed("theirs", HIDDEN);
        seenGate = asked("mine", "visible-subject");
        otherGate = asked("theirs", HIDDEN);
    }

    @Test
    void showsNothingOfAJobThatTheReaderMayNotSee() throws Exception {
        String api = "job/mine/deployments/api/";
        for (String path : List.of(
                "deployments",
                "deployments?job=theirs",
                "deployments?app=shop&environment=production&limit=1",
                "environments",
                "environments?job=theirs",
                "environments/shop/production/rollbacks",
                "gates",
                "gates?job=theirs",
                "gates?app=shop&environment=production")) {
            WebResponse answer = get("rita", api + path);
            assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
            assertThat(text(answer)).as(path).doesNotContain(HIDDEN, other.id(), otherGate.id());
            if (!path.contains("theirs")) {
                assertThat(text(answer)).as(path).containsAnyOf(seen.id(), seenGate.id());
            }
            // What is hidden is there: who may see it does.
            assertThat(text(get("admin", api + path))).as(path).contains(HIDDEN);
        }
        Skipped.note(
                history().audit(),
                new io.jenkins.plugins.gateddeploy.registration.Place("shop", "production"),
                new Actor("(scm)", "SCM change", Set.of()),
                new Origin("theirs", 1, HIDDEN),
                "Not deployed",
                Instant.now());
        assertThat(text(get("rita", api + "skips"))).contains("\"skips\":[]");
        assertThat(text(get("admin", api + "skips"))).contains(HIDDEN, "Not deployed");
        for (String path : List.of(
                api + "deployments/%s".formatted(other.id()),
                api + "deployments/%s/log".formatted(other.id()),
                api + "deployments/%s/log.txt".formatted(other.id()),
                api + "gates/%s".formatted(otherGate.id()),
                "job/mine/deployments/" + other.id(),
                "job/theirs/deployments/",
                "job/theirs/deployments/api/deployments")) {
            assertThat(get("rita", path).getStatusCode()).as(path).isEqualTo(404);
            assertThat(get("admin", path).getStatusCode()).as(path).isEqualTo(200);
        }
        assertThat(text(get("rita", api + "deployments/" + seen.id() + "/log.txt")))
                .contains("log of mine");
        assertThat(post("rita", api + "gates/" + otherGate.id() + "/decisions", decision())
                        .getStatusCode())
                .isEqualTo(404);

        // Without its job nobody can tell who might see it.
        jenkins.jenkins.getItem("theirs").delete();
        assertThat(get("mallory", api + "deployments/" + other.id()).getStatusCode())
                .isEqualTo(404);
        assertThat(get("admin", api + "deployments/" + other.id()).getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void givesNobodyMoreRightsThroughThePageOfAnotherJob() throws Exception {
        String api = "job/mine/deployments/api/";
        assertThat(post("mallory", api + "gates/" + otherGate.id() + "/decisions", decision())
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(post("rita", api + "gates/" + seenGate.id() + "/decisions", decision())
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(post(
                                "rita",
                                api + "environments/shop/production/rollbacks",
                                "{\"release\":\"" + seen.release() + "\"}")
                        .getStatusCode())
                .isEqualTo(403);
        // The job has nothing to do with this environment.
        assertThat(post(
                                "mallory",
                                api + "environments/shop/elsewhere/rollbacks",
                                "{\"release\":\"" + other.release() + "\"}")
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(decisions(otherGate)).isEmpty();
        assertThat(decisions(seenGate)).isEmpty();

        assertThat(post("mallory", api + "gates/" + seenGate.id() + "/decisions", decision())
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(decisions(seenGate)).hasSize(1);
    }

    @Test
    void takesNoDecisionOfNobodyEvenWhereEverybodyMayDoEverything() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);

        for (var nobody : List.of(Jenkins.ANONYMOUS2, ACL.SYSTEM2)) {
            assertThatThrownBy(() -> Decisions.decide(nobody, otherGate.id(), Verdict.APPROVE, ""))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        WebResponse refused = post("", "job/mine/deployments/api/gates/" + seenGate.id() + "/decisions", decision());

        assertThat(refused.getStatusCode()).isEqualTo(403);
        assertThat(refused.getContentAsString()).contains("lacks the permission to approve");
        assertThat(decisions(otherGate)).isEmpty();
        assertThat(decisions(seenGate)).isEmpty();
    }

    @Test
    void answersWhatIsNoRequestOfItsOwnPages() throws Exception {
        String api = "job/mine/deployments/api/";
        String decide = api + "gates/" + seenGate.id() + "/decisions";
        assertThat(get("mallory", api + "deployments?limit=1000000").getStatusCode())
                .isEqualTo(400);
        assertThat(get("mallory", api + "..%2F..%2Fconfig.xml").getStatusCode()).isIn(400, 404);
        assertThat(get("mallory", decide).getStatusCode()).isEqualTo(405);
        assertThat(send("mallory", HttpMethod.PUT, decide, decision(), "application/json", true)
                        .getStatusCode())
                .isEqualTo(405);
        // What a form of another site could send.
        assertThat(send("mallory", HttpMethod.POST, decide, decision(), "text/plain", true)
                        .getStatusCode())
                .isEqualTo(415);
        assertThat(send("mallory", HttpMethod.POST, decide, decision(), "application/json", false)
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(post("mallory", decide, " ".repeat(70_000) + decision()).getStatusCode())
                .isEqualTo(413);
        assertThat(decisions(seenGate)).isEmpty();

        WebResponse answer = get("mallory", api + "deployments");
        assertThat(answer.getResponseHeaderValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getResponseHeaderValue("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getContentType()).isEqualTo("application/json");
    }

    @Test
    void asksTheHistoryOnceForAllWhoLookUntilItChanges() throws Exception {
        KnownPlaces known = KnownPlaces.get();
        Set<Place> before = known.of("mine");
        assertThat(known.of("mine")).isSameAs(before).containsExactly(new Place("shop", "production"));
        assertThat(known.sites()).isSameAs(known.sites()).hasSize(2);

        history()
                .begin(
                        new Asked("shop", "staging", Kind.DEPLOY, "main", "dora", new Origin("mine", 2, "")),
                        new Owner("here", 1, 1),
                        Instant.now());

        assertThat(known.of("mine")).contains(new Place("shop", "staging"));
        assertThat(known.sites()).hasSize(3);
    }

    @Test
    void keepsOtherAccountsOfTheMachineOut() throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath().resolve("gated-deploy");
        OwnerOnly.write(other.log().resolveSibling(other.id() + ".deploy.toml"), "app = \"shop\"");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(other.log().resolveSibling(other.id() + ".deploy.toml"))))
                .isEqualTo("rw-------");
    }

    @Test
    void savesNothingOfAGateOrADeploymentInABuildButWhichOneItIs() throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("mine", FreeStyleProject.class);
        Run<?, ?> build = jenkins.buildAndAssertSuccess(job);

        DeploymentAction.remember(build, seen);

        String xml = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        assertThat(xml).contains(seen.id()).doesNotContain("visible-subject", "web-1", "deploy.toml");
    }

    private static History history() {
        return JenkinsHost.get().history();
    }

    private static List<?> decisions(Gate gate) {
        return history().gates().find(gate.id()).orElseThrow().decisions();
    }

    private static DeploymentRecord deployed(String job, String subject) throws Exception {
        Asked asked = new Asked("shop", "production", Kind.DEPLOY, "main", "dora", new Origin(job, 1, job + " #1"));
        DeploymentRecord begun = history().begin(asked, new Owner("here", 1, 1), Instant.now());
        Path log = JenkinsHost.get().logs().resolve("shop/production/" + begun.id() + ".log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "log of " + job + " " + subject + "\n");
        return history()
                .update(
                        begun.id(),
                        r -> Draft.like(r)
                                .release("20260101T000000Z-" + job)
                                .commit("a".repeat(40), "", subject, subject)
                                .ended(r.started().plusSeconds(1))
                                .state(State.SUCCEEDED)
                                .log(log)
                                .made());
    }

    private static Gate asked(String job, String message) {
        Subject subject = new Subject("shop", "production", PLAN, "v2", message, "", job, 2);
        Clause anybody = new Clause(List.of(), 2, true, Duration.ofHours(1), Clause.Source.STEP);
        return history()
                .gates()
                .open(Gate.opening("gate-of-" + job, subject, new Rules(List.of(anybody), Set.of(), 0), Instant.now()));
    }

    private static String decision() {
        return "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"plan\":\"" + PLAN + "\"}";
    }

    private static String text(WebResponse answer) {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private WebResponse get(String person, String path) throws Exception {
        return send(person, HttpMethod.GET, path, "", "", false);
    }

    private WebResponse post(String person, String path, String body) throws Exception {
        return send(person, HttpMethod.POST, path, body, "application/json", true);
    }

    private WebResponse send(String person, HttpMethod method, String path, String body, String type, boolean crumb)
            throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)) {
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            if (!person.isEmpty()) {
                client.withBasicCredentials(person);
            }
            WebRequest request = new WebRequest(
                    crumb ? client.createCrumbedUrl(path) : new URI(jenkins.getURL() + path).toURL(), method);
            if (method != HttpMethod.GET) {
                request.setRequestBody(body);
                request.setAdditionalHeader("Content-Type", type);
            }
            return client.getPage(request).getWebResponse();
        }
    }
}
