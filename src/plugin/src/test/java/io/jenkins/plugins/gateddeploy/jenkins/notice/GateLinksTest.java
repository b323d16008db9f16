package io.jenkins.plugins.gateddeploy.jenkins.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The addresses that people are told, for each way to come to a gate. */
@WithJenkins
class GateLinksTest {

    @Test
    void leadsToThePageOnWhichTheGateIs(JenkinsRule jenkins) throws Exception {
        People.moveInto(jenkins);
        jenkins.createFreeStyleProject("shop");

        assertThat(link(gate("of-build", "", 7))).isEqualTo(jenkins.getURL() + "job/shop/7/deployment/gates/of-build");
        assertThat(link(gate("in-queue", "", 0))).isEqualTo(jenkins.getURL() + "job/shop/waiting-for-approval/");
        Gate byHand = gate("by-hand", "the-deployment", 0);
        assertThat(link(byHand)).isEqualTo(jenkins.getURL() + "gated-deploy/gates/by-hand");

        // Who may read the job comes in there, and nobody else.
        JenkinsHost.get().history().gates().open(byHand);
        assertThat(status(jenkins, "rita", link(byHand))).isEqualTo(200);
        MockAuthorizationStrategy others =
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toAuthenticated();
        jenkins.jenkins.setAuthorizationStrategy(others);
        assertThat(status(jenkins, "rita", link(byHand))).isEqualTo(404);
    }

    private static int status(JenkinsRule jenkins, String person, String address) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)) {
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            return client.login(person)
                    .getPage(URI.create(address).toURL())
                    .getWebResponse()
                    .getStatusCode();
        }
    }

    private static String link(Gate gate) {
        return new Pages().link(gate).map(URI::toString).orElseThrow();
    }

    private static Gate gate(String id, String deployment, int build) {
        Clause clause = new Clause(List.of("alice"), 1, true, Duration.ofHours(4), Clause.Source.REGISTRATION);
        Subject subject =
                new Subject("shop", "production", "0".repeat(64), "v2", "Ship it?", deployment, "shop", build);
        return Gate.opening(id, subject, new Rules(List.of(clause), Set.of(), 0), Instant.now());
    }
}
