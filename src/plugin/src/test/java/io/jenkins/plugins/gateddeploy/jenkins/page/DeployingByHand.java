package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Visit;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A job of a shop, from whose page dora deploys, alice and bob approve and go back, and rita reads. */
abstract class DeployingByHand {
    static final Duration LONG = Duration.ofMinutes(3);
    static final String HOSTILE = "a\"><img/src=x>&'$(id)";
    static final String PLACE = "?app=shop&environment=production";

    @TempDir
    Path directory;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    JenkinsRule jenkins;
    Shop shop;
    String second;
    String hostile;
    String rules = "";

    void rollBack(String release) throws Exception {
        assertThat(rollBackOn(release, "null")).isEqualTo(202);
    }

    /** {@return the status of the answer} */
    int rollBackOn(String release, String targets) throws Exception {
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

    void begin(JenkinsRule rule) throws Exception {
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

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static List<Gate> gates() {
        return history().gates().list(GateFilter.open(Instant.now(), 9));
    }

    static String said() {
        return history().list(Filter.of("shop", "production", 9)).stream()
                .map(record -> "#" + record.number() + " " + record.state() + ": " + record.message())
                .collect(Collectors.joining("; "));
    }

    static long held() {
        return history().unfinished().stream()
                .filter(record -> record.state() == State.HELD)
                .count();
    }

    static History history() {
        return JenkinsHost.get().history();
    }

    WebResponse send(String person, HttpMethod method, String action, String more) throws Exception {
        return send(person, method, action, more, true);
    }

    WebResponse send(String person, HttpMethod method, String action, String more, boolean crumb) throws Exception {
        return send(person, method, action, more, PLACE, crumb);
    }

    WebResponse get(String person, String address) throws Exception {
        return answer(person, HttpMethod.GET, address, false);
    }

    WebResponse send(String person, HttpMethod method, String action, String more, String place, boolean crumb)
            throws Exception {
        return answer(person, method, "job/storefront/deployments/deploy/" + action + place + more, crumb);
    }

    WebResponse answer(String person, HttpMethod method, String address, boolean crumb) throws Exception {
        return Visit.answer(jenkins, person, method, address, crumb);
    }

    static String text(WebResponse answer) {
        return answer.getContentAsString();
    }
}
