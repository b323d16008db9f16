package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Asked;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.EvidenceOfBuilds;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.security.ResourceDomainConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of all applications and the pages of gates, through every door. Rita reads one job of two. */
@WithJenkins
class RootPageTest {
    private static final String PLAN = "d".repeat(64);
    private static final String HIDDEN = "only-for-those-who-see-the-other-job";

    private JenkinsRule jenkins;
    private Gate gate;
    private Gate hidden;
    private DeploymentRecord other;

    @BeforeEach
    void twoJobsHaveAsked(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject mine = jenkins.createFreeStyleProject("mine");
        jenkins.createFreeStyleProject("theirs");
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
                .to("rita", "alice")
                .grant(Permissions.APPROVE)
                .onItems(mine)
                .to("alice"));
        deployed("mine", "shop", "visible-subject");
        other = deployed("theirs", HIDDEN, HIDDEN);
        gate = asked("mine", "shop", "visible-subject");
        hidden = asked("theirs", HIDDEN, HIDDEN);
    }

    @Test
    void showsEachPersonOnlyWhatTheirJobsAskedFor() throws Exception {
        for (String path : List.of("environments", "gates", "gates?open=yes", "deployments")) {
            String text = text(get("rita", "gated-deploy/api/" + path));
            assertThat(text).as(path).contains("shop").doesNotContain(HIDDEN, hidden.id(), other.id());
            assertThat(text(get("admin", "gated-deploy/api/" + path))).as(path).contains(HIDDEN);
        }
        for (String path : List.of(
                "gated-deploy/gates/" + hidden.id(),
                "gated-deploy/api/gates/" + hidden.id(),
                "gated-deploy/deployments/" + other.id(),
                "gated-deploy/api/deployments/" + other.id(),
                "gated-deploy/api/environments/" + HIDDEN + "/production/rollbacks",
                "job/mine/deployments/api/gates/" + hidden.id())) {
            assertThat(get("rita", path).getStatusCode()).as(path).isEqualTo(404);
        }
        for (String path : List.of(
                "gated-deploy/",
                "gated-deploy/deployments/",
                "gated-deploy/gates/" + gate.id(),
                "gated-deploy/api/gates/" + gate.id())) {
            assertThat(get("rita", path).getStatusCode()).as(path).isEqualTo(200);
            assertThat(get(null, path).getStatusCode()).as(path).isNotEqualTo(200);
        }
        assertThat(text(get("rita", "gated-deploy/api/environments")))
                .contains("/job/mine/deployments/?app=shop&environment=production");
        assertThat(text(get("rita", ""))).contains("href=\"/jenkins/gated-deploy\"");
        jenkins.jenkins.getItem("mine").delete();
        assertThat(get("rita", "gated-deploy/gates/" + gate.id()).getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void takesDecisionsAtTheRootFromThoseWhoMayApproveInTheJobAlone() throws Exception {
        String decide = "gated-deploy/api/gates/" + gate.id() + "/decisions";
        assertThat(text(get("rita", "gated-deploy/api/gates/" + gate.id()))).contains("\"mayDecide\":false");
        assertThat(text(get("alice", "gated-deploy/api/gates/" + gate.id()))).contains("\"mayDecide\":true");
        assertThat(post("rita", decide, true)).isEqualTo(403);
        assertThat(post("alice", decide, false)).isEqualTo(403);
        post(null, decide, true);
        assertThat(post("alice", "gated-deploy/api/gates/" + hidden.id() + "/decisions", true))
                .isEqualTo(404);
        assertThat(get("alice", decide).getStatusCode()).isEqualTo(405);
        assertThat(history().gates().find(gate.id()).orElseThrow().decisions()).isEmpty();
        assertThat(post("admin", "gated-deploy/api/environments/shop/production/rollbacks", true))
                .as("going back goes by a job's configuration, so it is done from there")
                .isEqualTo(403);

        assertThat(post("alice", decide, true)).isEqualTo(200);
        assertThat(history().gates().find(gate.id()).orElseThrow().decisions()).hasSize(1);
    }

    @Test
    void downloadsReportsUnlessThereIsAHostNameForThemAndLeadsNowhereElse() throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("mine", FreeStyleProject.class);
        FreeStyleBuild build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
        EvidenceOfBuilds.show(
                build,
                List.of("report/a b.html", "shot.png", "../../../secrets/master.key", "/etc/passwd", "a//b", ".."));
        Gate ofBuild = open(new Subject("shop", "production", PLAN, "v1", "", "", "mine", build.getNumber()));

        String before = text(get("rita", "gated-deploy/api/gates/" + ofBuild.id()));
        assertThat(before)
                .contains("/jenkins/job/mine/1/artifact/report/a%20b.html\",\"download\":true")
                .contains("resource root URL")
                .contains("/jenkins/job/mine/1/artifact/shot.png\",\"download\":false")
                .doesNotContain("master.key", "passwd", "a//b");
        assertThat(text(get("rita", "job/mine/1/deployment/")))
                .contains("download=\"\"", "report/a b.html", "gd-quiet")
                .doesNotContain("master.key", "passwd");

        resourceRoot().setUrl("http://reports.example.org:1234/");
        assertThat(text(get("rita", "gated-deploy/api/gates/" + ofBuild.id())))
                .contains("/jenkins/job/mine/1/artifact/report/a%20b.html\",\"download\":false");
        assertThat(get("rita", "job/mine/1/deployment/gates/" + ofBuild.id()).getStatusCode())
                .isEqualTo(200);
        build.delete();
        assertThat(get("rita", "gated-deploy/gates/" + ofBuild.id()).getStatusCode())
                .as("its build is gone")
                .isEqualTo(200);
    }

    private static ResourceDomainConfiguration resourceRoot() {
        return hudson.ExtensionList.lookupSingleton(ResourceDomainConfiguration.class);
    }

    private static DeploymentRecord deployed(String job, String app, String subject) {
        Asked asked = new Asked(
                app, "production", DeploymentRecord.Kind.DEPLOY, subject, "dora", new Origin(job, 1, job + " #1"));
        return history().begin(asked, new DeploymentRecord.Owner("test", 1, 1), Instant.now());
    }

    private static Gate asked(String job, String app, String subject) {
        return open(new Subject(app, "production", PLAN, subject, "Ship it?", "", job, 1));
    }

    private static Gate open(Subject subject) {
        Clause clause = new Clause(List.of(), 2, true, Duration.ofHours(1), Clause.Source.STEP);
        return history()
                .gates()
                .open(Gate.opening(
                        UUID.randomUUID().toString(), subject, new Rules(List.of(clause), Set.of(), 0), Instant.now()));
    }

    private static History history() {
        return JenkinsHost.get().history();
    }

    private int post(String person, String path, boolean crumb) throws Exception {
        try (JenkinsRule.WebClient client = client(person)) {
            URL address = crumb ? client.createCrumbedUrl(path) : new URL(jenkins.getURL(), path);
            WebRequest request = new WebRequest(address, HttpMethod.POST);
            request.setRequestBody(
                    path.endsWith("rollbacks")
                            ? "{\"release\":\"x\"}"
                            : "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"plan\":\"" + PLAN + "\"}");
            request.setAdditionalHeader("Content-Type", "application/json");
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    private WebResponse get(String person, String path) throws Exception {
        try (JenkinsRule.WebClient client = client(person)) {
            return client.getPage(new URL(jenkins.getURL(), path)).getWebResponse();
        }
    }

    private static String text(WebResponse response) {
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private JenkinsRule.WebClient client(String person) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        // A refusal leads on to the login, which everybody may see.
        client.setRefreshHandler((page, url, seconds) -> {});
        return person == null ? client : client.login(person);
    }
}
