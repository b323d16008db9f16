package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.EvidenceOfBuilds;
import io.jenkins.plugins.gateddeploy.jenkins.order.PastDeployments;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.security.ResourceDomainConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.DummySecurityRealm;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/**
 * Every door of this plugin by which something is changed or read, and everybody who has no business there. The gate asks
 * the group ops, to which alice belongs; the people called "ops" and "@ops" have all permissions but not the group.
 */
@WithJenkins
class DoorsTest {
    private static final String PLAN = "d".repeat(64);
    private static final Lane LANE = new Lane("shop", "production");
    private static final String NOBODY = "";
    private static final String EVERYTHING = "gated-deploy/api/";
    private static final String READER = "rita";
    private static final String STRANGER = "stranger";

    private JenkinsRule jenkins;
    private Run<?, ?> build;
    private DeploymentRecord deployment;
    private DeploymentRecord waiting;

    /**
     * A way to ask for something.
     *
     * @param path of what is asked for, below Jenkins' own address
     * @param body what is sent; null where only something is read
     * @param form whether that is sent as a form, and not as JSON
     */
    private record Door(String path, String body, boolean form) {
        @Override
        public String toString() {
            return path;
        }
    }

    @BeforeEach
    void aBuildWaits(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        build = jenkins.buildAndAssertSuccess(job);
        DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "ops");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(job)
                .to(READER, "alice", "ops", "@ops", "carol")
                .grant(Permissions.APPROVE, Permissions.ROLL_BACK, Permissions.DEPLOY, Permissions.MANAGE_LANES)
                .onItems(job)
                .to("alice", "ops", "@ops", "carol"));
        for (String id : List.of("admin", "alice", "ops", "@ops", "carol", "dora", READER, STRANGER)) {
            User.getById(id, true).save();
        }
        deployment = PastDeployments.succeeded(job, login("dora"), build.getNumber());
        waiting = PastDeployments.waiting(job, login("dora"), deployment);
        Claim claim = new Claim("", "", "a piece of a script", "", new Claim.Asker("dora", "shop", 1), Instant.now());
        JenkinsHost.get().history().lanes().join(Entry.waiting("the-place", LANE, claim, Bounds.none()), false);
        Subject subject = new Subject("shop", "production", PLAN, "v2", "", "", "shop", build.getNumber());
        Clause ops = new Clause(List.of("@ops"), 2, true, Duration.ofHours(1), Clause.Source.STEP);
        JenkinsHost.get()
                .history()
                .gates()
                .open(Gate.opening("the-gate", subject, new Rules(List.of(ops), Set.of(), 0), Instant.now()));
        EvidenceOfBuilds.show(build, List.of());
    }

    private List<Door> changing() {
        String decision = "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"plan\":\"" + PLAN + "\"}";
        List<Door> doors = new ArrayList<>();
        for (String api : List.of("job/shop/deployments/api/", "job/shop/1/deployment/api/", EVERYTHING)) {
            doors.add(new Door(api + "gates/the-gate/decisions", decision, false));
            doors.add(new Door(api + "gates/the-gate/withdrawals", "{}", false));
            String place = api + "environments/shop/production/";
            doors.add(new Door(place + "rollbacks", "{\"release\":\"x\",\"reason\":\"\"}", false));
            doors.add(new Door(place + "unpin", "{\"reason\":\"It is mended.\"}", false));
            String lane = api + "lanes/shop/production/";
            doors.add(new Door(lane + "moves", "{\"entry\":\"the-place\",\"place\":1}", false));
            doors.add(new Door(lane + "pauses", "{\"why\":\"The database is moved.\"}", false));
            doors.add(new Door(lane + "resumptions", "{}", false));
            doors.add(new Door(lane + "cancellations", "{\"entry\":\"the-place\"}", false));
        }
        String production = "?app=shop&environment=production";
        doors.add(new Door("job/shop/deployments/targets/examine" + production, "", true));
        doors.add(new Door("job/shop/deployments/targets/release" + production, "", true));
        doors.add(new Door("job/shop/deployments/deploy/plan" + production + "&ref=main", "", true));
        doors.add(new Door("job/shop/deployments/deploy/begin" + production + "&ref=main", "", true));
        doors.add(new Door("job/shop/deployments/" + waiting.id() + "/takeBack", "", true));
        return doors;
    }

    private List<Door> reading() {
        List<Door> doors = new ArrayList<>();
        for (String api : List.of("job/shop/deployments/api/", "job/shop/1/deployment/api/", "gated-deploy/api/")) {
            for (String what : List.of(
                    "gates/the-gate",
                    "deployments/" + deployment.id(),
                    "deployments/" + deployment.id() + "/log",
                    "deployments/" + deployment.id() + "/log.txt",
                    "deployments/" + deployment.id() + "/log/outline",
                    "deployments/" + deployment.id() + "/log/matches?q=a",
                    "events?deployment=" + deployment.id(),
                    "events?gate=the-gate")) {
                doors.add(new Door(api + what, null, false));
            }
        }
        Stream.of(
                        "job/shop/1/deployment/gates/the-gate/",
                        "gated-deploy/gates/the-gate/",
                        "gated-deploy/deployments/" + deployment.id() + "/",
                        "job/shop/deployments/" + deployment.id() + "/",
                        "job/shop/deployments/targets/")
                .forEach(path -> doors.add(new Door(path, null, false)));
        return doors;
    }

    @Test
    void changesNothingForThoseWhoHaveNoBusinessThere() throws Exception {
        for (Door door : changing()) {
            for (String person : List.of(NOBODY, STRANGER, READER)) {
                assertThat(status(person, HttpMethod.POST, door, true))
                        .as("%s by \"%s\"", door, person)
                        .isIn(401, 403, 404);
            }
            assertThat(status("alice", HttpMethod.POST, door, false))
                    .as("%s without a crumb", door)
                    .isEqualTo(403);
            for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)) {
                // The list to go back to is read at the address at which a rollback is asked for.
                boolean isRead = method == HttpMethod.GET && door.path().endsWith("/rollbacks");
                assertThat(status("alice", method, door, true))
                        .as("%s by %s", door, method)
                        .isIn(isRead ? List.of(200, 404) : List.of(404, 405));
            }
        }
        for (String person : List.of("ops", "@ops", "carol")) {
            for (Door door : changing().stream()
                    .filter(d -> d.path().endsWith("/decisions") || d.path().endsWith("/withdrawals"))
                    .toList()) {
                assertThat(status(person, HttpMethod.POST, door, true))
                        .as("%s by %s, who is not in the group", door, person)
                        .isEqualTo(409);
            }
        }

        assertThat(kept().standing(Instant.now())).isEqualTo(Standing.OPEN);
        assertThat(kept().decisions()).isEmpty();
        assertThat(kept().former()).isEmpty();
        assertThat(JenkinsHost.get().history().unfinished())
                .extracting(DeploymentRecord::id)
                .containsExactly(waiting.id());
        assertThat(lane().pause()).isEmpty();
        assertThat(lane().find("the-place")).isPresent();
    }

    /** So that each door is one: what keeps the others out is no mistake in its address. */
    @Test
    void letsInThoseWhoHaveBusinessThere() throws Exception {
        for (Door door : changing()) {
            // From the page of all jobs, nobody goes back to anything and nobody manages a lane.
            boolean elsewhere =
                    door.path().startsWith(EVERYTHING) && !door.path().contains("/gates/");
            int status = status("alice", HttpMethod.POST, door, true);
            if (elsewhere) {
                // What waited there is gone by now.
                assertThat(status).as("%s", door).isIn(403, 409);
            } else {
                assertThat(status).as("%s by alice", door).isNotIn(401, 403, 404, 405, 500);
            }
        }
        assertThat(lane().find("the-place")).isEmpty();
        assertThat(JenkinsHost.get().history().unfinished()).isEmpty();
        assertThat(kept().decisions()).isEmpty();
        assertThat(status("alice", HttpMethod.POST, changing().get(0), true)).isEqualTo(200);
        assertThat(kept().decisions()).hasSize(1);
        assertThat(status("alice", HttpMethod.POST, changing().get(1), true)).isEqualTo(200);
        Decisions.decide(User.getById("alice", true).impersonate2(), "the-gate", Verdict.APPROVE, "");
    }

    /** Anybody can name any application in a deploy.toml of their own. */
    @Test
    void letsNobodyPauseTheLaneOfOthersFromAJobOfTheirOwn() throws Exception {
        FreeStyleProject own = jenkins.createFreeStyleProject("own");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Item.READ, Permissions.MANAGE_LANES, Permissions.DEPLOY)
                .onItems(own)
                .to(STRANGER);
        PastDeployments.succeeded(own, login(STRANGER), 1);
        JenkinsHost.get().history().lanes().leave("the-place");
        assertThat(lane().entries()).isEmpty();
        String pauses = "/deployments/api/lanes/shop/production/pauses";
        Door theirs = new Door("job/own" + pauses, "{\"why\":\"I can.\"}", false);
        Door ours = new Door("job/shop" + pauses, "{\"why\":\"The database is moved.\"}", false);

        assertThat(status(STRANGER, HttpMethod.POST, theirs, true)).isEqualTo(403);
        assertThat(lane().pause()).isEmpty();

        // Where it is registered, those who have no business there do not keep others from managing it either.
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setJobs(List.of("shop"));
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
        assertThat(status(STRANGER, HttpMethod.POST, theirs, true)).isEqualTo(403);
        assertThat(status("alice", HttpMethod.POST, ours, true)).isEqualTo(200);
        assertThat(lane().pause()).isPresent();
    }

    @Test
    void showsNothingToThoseWhoMayNotReadTheJob() throws Exception {
        for (Door door : reading()) {
            for (String person : List.of(NOBODY, STRANGER)) {
                assertThat(status(person, HttpMethod.GET, door, false))
                        .as("%s by \"%s\"", door, person)
                        .isIn(401, 403, 404);
            }
        }
        for (Door door : reading()) {
            if (!door.path().contains("events") && !door.path().contains("/log")) {
                assertThat(status(READER, HttpMethod.GET, door, false))
                        .as("%s by a reader", door)
                        .isEqualTo(200);
            }
        }
        for (String list :
                List.of("gated-deploy/api/gates", "gated-deploy/api/deployments", "gated-deploy/api/environments")) {
            WebResponse answer = send(STRANGER, HttpMethod.GET, new Door(list, null, false), false);
            assertThat(answer.getStatusCode()).isEqualTo(200);
            assertThat(answer.getContentAsString()).doesNotContain("shop", "the-gate", deployment.id());
        }
    }

    @Test
    void linksOnlyToEvidenceOfTheBuildItself() throws Exception {
        List<String> hostile = List.of(
                "../../../secrets/master.key",
                "report/../../config.xml",
                "/etc/passwd",
                "report//index.html",
                "report\\..\\secret.txt",
                "a\nb.txt",
                "./x");
        EvidenceOfBuilds.show(build, hostile);
        EvidenceOfBuilds.show(
                build,
                List.of(
                        "%2e%2e/%2e%2e/secret.txt",
                        "<img src=x onerror=alert(1)>.txt", "report/index.html", "javascript:alert(1)"));

        String page = evidence();

        assertThat(page)
                .doesNotContain("master.key", "passwd", "config.xml", "\\\\..", "\"./x\"", "report//index")
                // A percent sign is one of the name, and not an escape.
                .contains("artifact/%252e%252e/%252e%252e/secret.txt")
                .contains("artifact/%3Cimg%20src=x%20onerror=alert(1)%3E.txt")
                .doesNotContain("\"href\":\"javascript");
        assertThat(page).contains("\"download\":true");
        // Jenkins itself goes nowhere else either.
        assertThat(status(
                        READER,
                        HttpMethod.GET,
                        new Door("job/shop/1/artifact/%252e%252e/build.xml", null, false),
                        false))
                .isEqualTo(404);

        jenkins.jenkins.setCrumbIssuer(null);
        JenkinsLocationConfiguration.get().setUrl(jenkins.getURL().toString());
        ResourceDomainConfiguration resources = ResourceDomainConfiguration.get();
        String other = jenkins.getURL().toString().replace("localhost", "127.0.0.1");
        resources.setUrl(other);
        assertThat(resources.getUrl()).isEqualTo(other);

        assertThat(evidence()).doesNotContain("\"download\":true");
    }

    private String evidence() throws Exception {
        WebResponse answer =
                send(READER, HttpMethod.GET, new Door("job/shop/1/deployment/api/gates/the-gate", null, false), false);
        assertThat(answer.getStatusCode()).isEqualTo(200);
        String text = answer.getContentAsString(StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\"evidence\""));
    }

    private static Queue lane() {
        return JenkinsHost.get().history().lanes().queue(LANE);
    }

    private static Authentication login(String person) {
        return User.getById(person, true).impersonate2();
    }

    private static Gate kept() {
        return JenkinsHost.get().history().gates().find("the-gate").orElseThrow();
    }

    private int status(String person, HttpMethod method, Door door, boolean crumb) throws Exception {
        return send(person, method, door, crumb).getStatusCode();
    }

    private WebResponse send(String person, HttpMethod method, Door door, boolean crumb) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withRedirectEnabled(false)
                .withJavaScriptEnabled(false)) {
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            if (!person.isEmpty()) {
                client.withBasicCredentials(person);
            }
            URL address =
                    crumb ? client.createCrumbedUrl(door.path()) : new URI(jenkins.getURL() + door.path()).toURL();
            WebRequest request = new WebRequest(address, method);
            if (method != HttpMethod.GET && door.body() != null) {
                request.setRequestBody(door.body());
                request.setAdditionalHeader(
                        "Content-Type", door.form() ? "application/x-www-form-urlencoded" : "application/json");
            }
            return client.getPage(request).getWebResponse();
        }
    }
}
