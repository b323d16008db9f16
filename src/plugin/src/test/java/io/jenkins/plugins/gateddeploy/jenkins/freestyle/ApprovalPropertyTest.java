package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.User;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.AccessDeniedException3;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.awaitility.core.ConditionFactory;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.springframework.security.core.Authentication;

class ApprovalPropertyTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void buildsWaitInTheQueueThroughARestartUntilPeopleAgree() throws Throwable {
        sessions.then(ApprovalPropertyTest::twoBuildsWait);
        sessions.then(ApprovalPropertyTest::oneIsApprovedAndOneRejected);
    }

    private static void twoBuildsWait(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        ApprovalProperty property = new ApprovalProperty("alice, carol, dave");
        property.setMessage("Ship it?");
        property.setRequired(2);
        job.addProperty(property);
        jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(property, ApprovalProperty.of(job));

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("alice", "bob", "carol", "dave")
                .grant(Permissions.APPROVE)
                .everywhere()
                .to("alice", "bob", "dave"));
        jenkins.jenkins.setNumExecutors(1);
        job.scheduleBuild2(0, new TimerTrigger.TimerTriggerCause());
        job.scheduleBuild2(0, new Cause.UserIdCause("bob"));
        waiting().until(() -> asked() == 2);
        assertThat(items()).hasSize(2);
        // No executor is held: there is only one, and another job gets it.
        jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("other"));
        assertThat(job.getLastBuild()).isNull();

        // One of the two people that it takes.
        Queue.Item item = items().get(0);
        click(jenkins, "alice", item, "Approve");
        waiting()
                .until(() -> items().stream()
                        .anyMatch(i -> i.getId() == item.getId()
                                && String.valueOf(i.getWhy()).startsWith("Waiting for approval by one of")));
        assertThat(gate(gate(item)).decisions()).hasSize(1);
    }

    private static void oneIsApprovedAndOneRejected(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class);
        waiting().until(() -> asked() == 2);
        List<String> gates =
                new ArrayList<>(items().stream().map(ApprovalPropertyTest::gate).toList());
        gates.sort(Comparator.comparing(id -> gate(id).decisions().size()));
        String first = gates.get(1);
        String second = gates.get(0);

        assertThat(decide(jenkins, "carol", "approve", first, HttpMethod.POST)).isEqualTo(403);
        assertThatThrownBy(() -> Decisions.decide(login("carol"), first, Decision.Verdict.APPROVE, ""))
                .isInstanceOf(AccessDeniedException3.class);
        assertThat(decide(jenkins, "dave", "approve", first, HttpMethod.GET)).isEqualTo(405);
        // Alice has approved before the restart.
        assertThat(decide(jenkins, "alice", "approve", first, HttpMethod.POST)).isEqualTo(400);
        // Bob may approve here, but is not asked.
        assertThat(decide(jenkins, "bob", "approve", first, HttpMethod.POST)).isEqualTo(400);
        assertThat(decide(jenkins, "dave", "approve", "another", HttpMethod.POST))
                .isEqualTo(400);
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("dave")) {
            client.setThrowExceptionOnFailingStatusCode(false);
            WebRequest unsaid =
                    new WebRequest(client.createCrumbedUrl("job/shop/waiting-for-approval/approve"), HttpMethod.POST);
            assertThat(client.getPage(unsaid).getWebResponse().getStatusCode()).isEqualTo(400);
        }
        assertThat(job.getLastBuild()).isNull();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("carol")) {
            assertThat(client.goTo("job/shop/waiting-for-approval/").asNormalizedText())
                    .contains("Waiting for approval by one of alice, carol, dave", "Waiting for approval by 2 people")
                    .doesNotContain("Reject");
        }

        // By whatever door: the queue hears of it.
        Decisions.decide(login("dave"), first, Decision.Verdict.APPROVE, "");
        waiting().until(() -> job.getLastBuild() != null && !job.getLastBuild().isBuilding());
        assertThat(job.getLastBuild().getAction(Awaited.class).getGate()).isEqualTo(first);
        assertThat(items()).hasSize(1);

        // One rejection is enough, and nothing is taken after it.
        click(jenkins, "alice", items().get(0), "Reject");
        waiting().until(() -> items().isEmpty());
        assertThat(job.getBuilds()).hasSize(1);
        assertThat(standing(second)).isEqualTo(Standing.REJECTED);
        assertThatThrownBy(() -> Decisions.decide(login("dave"), second, Decision.Verdict.APPROVE, ""))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("closed");
        assertThat(history().list(GateFilter.of("shop", "", 10)))
                .extracting(Gate::id)
                .containsExactlyInAnyOrder(first, second);

        // Who copies the actions of an approved build does not copy its approval.
        QueueTaskFuture<?> again = job.scheduleBuild2(
                0, new Cause.UserIdCause("bob"), job.getLastBuild().getAction(Awaited.class));
        waiting().until(() -> asked() == 1);
        String third = gate(items().get(0));
        assertThat(third).isNotEqualTo(first);
        again.cancel(true);
        waiting().until(() -> standing(third) == Standing.CANCELLED);
        assertThat(job.getBuilds()).hasSize(1);
    }

    /** In this thread, which may see the queue; another one would be nobody, and see none of it. */
    private static ConditionFactory waiting() {
        return await().pollInSameThread().atMost(LONG);
    }

    private static List<Queue.Item> items() {
        return Arrays.stream(Queue.getInstance().getItems())
                .filter(i -> i.getAction(Awaited.class) != null)
                .toList();
    }

    /** {@return how many items say by whom they have to be approved} */
    private static long asked() {
        return items().stream()
                .filter(i -> String.valueOf(i.getWhy()).startsWith("Waiting for approval by "))
                .count();
    }

    private static String gate(Queue.Item item) {
        return item.getAction(Awaited.class).getGate();
    }

    private static Gates history() {
        return JenkinsHost.get().history().gates();
    }

    private static Gate gate(String id) {
        return history().find(id).orElseThrow();
    }

    private static Authentication login(String user) {
        return User.getById(user, true).impersonate2();
    }

    private static Standing standing(String gate) {
        return history()
                .find(gate)
                .flatMap(Gate::closed)
                .map(Gate.Closed::standing)
                .orElse(Standing.OPEN);
    }

    private static void click(JenkinsRule jenkins, String user, Queue.Item item, String button) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            HtmlPage page = client.goTo("job/shop/waiting-for-approval/");
            HtmlForm form = page.getFormByName("approve-" + item.getId());
            form.getInputByName("comment").setValue("well");
            form.getElementsByTagName("button").stream()
                    .map(HtmlButton.class::cast)
                    .filter(b -> b.asNormalizedText().equals(button))
                    .findFirst()
                    .orElseThrow()
                    .click();
        }
    }

    private static int decide(JenkinsRule jenkins, String user, String what, String gate, HttpMethod method)
            throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(
                    URI.create(jenkins.getURL() + "job/shop/waiting-for-approval/" + what + "?gate="
                                    + URLEncoder.encode(gate, StandardCharsets.UTF_8) + "&comment=well")
                            .toURL(),
                    method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }
}
