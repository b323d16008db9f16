package io.jenkins.plugins.gateddeploy.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Visit;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.release.Holder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The servers of a job's environments, for dora, who deploys, lena, who manages lanes, and rita, who reads. */
@WithJenkins
class TargetsPageTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Shop shop;

    @Test
    void showsWhatIsOnTheServersAndReleasesADeadLock(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (Shop open = Shop.open(directory, 1);
                LogRecorder log =
                        new LogRecorder().record(LockRelease.class, Level.INFO).capture(100)) {
            shop = open;
            People.moveInto(jenkins);
            ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                    .grant(Jenkins.READ, Item.READ, Permissions.MANAGE_LANES)
                    .everywhere()
                    .to("lena");
            shop.introduceToJenkins();
            deployHostileSubject();

            theServersAreShownToThoseWhoMayDeploy();
            lockBySomebodyElsewhere();
            nobodyElseMayAsk();
            theRegistrationCounts();
            aLockIsReleasedWhenAPersonInsists();

            assertThat(log.getMessages())
                    .anyMatch(m -> m.startsWith("lena releases the lock of shop in production from storefront: "))
                    .anyMatch(
                            m -> m.startsWith(
                                    "lena forces the release of the lock of shop in production from storefront: The lock is free"));
        }
    }

    private void deployHostileSubject() throws Exception {
        shop.repository().file("index.html", "v2\n").commit(HOSTILE);
        shop.repository().tag("v2");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "storefront");
        job.setDefinition(new CpsFlowDefinition(
                "node {\n" + shop.checkout("v2") + "deployApp environment: 'production'\n}", true));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(People.start(job)));
    }

    private void theServersAreShownToThoseWhoMayDeploy() throws Exception {
        assertThat(text(send("dora", HttpMethod.GET, "", true))).contains("Look at the targets");
        assertThat(text(send("dora", HttpMethod.GET, "", true))).doesNotContain("Release the lock");
        assertThat(text(send("rita", HttpMethod.GET, "", true)))
                .contains("shop: production")
                .doesNotContain("Look at the targets", "Release the lock");
        WebResponse found = send("dora", HttpMethod.POST, "examine", true);
        assertThat(found.getStatusCode()).isEqualTo(200);
        assertThat(text(found))
                .contains(shop.fleet().targets().get(0).name(), "&lt;img src=x", "v2")
                .doesNotContain(HOSTILE, "elsewhere");
    }

    private void lockBySomebodyElsewhere() throws Exception {
        Holder holder = new Holder(new Owner("elsewhere", 1234, 1), "gone", 7, "deploy v3", "mallory", Instant.now());
        Path lock = shop.place("srv", 0).resolve(".gated-deploy/lock");
        Files.createDirectories(lock);
        Files.writeString(lock.resolve(TOKEN), CanonicalJson.write(holder));
        assertThat(text(send("dora", HttpMethod.POST, "examine", true))).contains("mallory (deploy v3");
    }

    private void nobodyElseMayAsk() throws Exception {
        assertThat(send("rita", HttpMethod.POST, "examine", true).getStatusCode())
                .isEqualTo(403);
        assertThat(send("lena", HttpMethod.POST, "examine", true).getStatusCode())
                .isEqualTo(403);
        for (String person : List.of("rita", "dora", "alice")) {
            assertThat(send(person, HttpMethod.POST, "release", true).getStatusCode())
                    .as(person)
                    .isEqualTo(403);
        }
        // Whoever has not logged in is asked to.
        assertThat(text(send("", HttpMethod.POST, "release", true))).doesNotContain("Lock of");
        assertThat(send("lena", HttpMethod.GET, "release", true).getStatusCode())
                .isEqualTo(405);
        assertThat(send("dora", HttpMethod.GET, "examine", true).getStatusCode())
                .isEqualTo(405);
        assertThat(send("lena", HttpMethod.POST, "release", false).getStatusCode())
                .isEqualTo(403);
        assertThat(send("lena", HttpMethod.POST, "release", "elsewhere", true).getStatusCode())
                .isEqualTo(404);
        for (String action : List.of("release", "examine")) {
            String unsaid = "job/storefront/deployments/targets/" + action;
            assertThat(answer("lena", HttpMethod.POST, unsaid, true).getStatusCode())
                    .as(unsaid)
                    .isEqualTo(404);
        }
        assertThat(shop.isFree("srv", 0)).isFalse();
    }

    private void theRegistrationCounts() throws Exception {
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setDeployers(List.of("dora"));
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));

        WebResponse refused = send("lena", HttpMethod.POST, "release", true);

        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(text(refused)).contains("registration.person", "release the lock of");
        assertThat(shop.isFree("srv", 0)).isFalse();
        GatedDeployConfiguration.get().setEnvironments(List.of());
    }

    private void aLockIsReleasedWhenAPersonInsists() throws Exception {
        WebResponse asked = send("lena", HttpMethod.POST, "release", true);
        assertThat(text(asked)).contains("process 1234 on elsewhere", "I know that it is gone");
        assertThat(shop.isFree("srv", 0)).isFalse();

        WebResponse forced = send("lena", HttpMethod.POST, "release", "production&force=true", true);
        assertThat(text(forced)).contains("The lock is free on every target.").doesNotContain("I know that it is gone");
        assertThat(shop.isFree("srv", 0)).isTrue();
        assertThat(shop.page(0)).isEqualTo("v2");
    }

    private WebResponse send(String person, HttpMethod method, String action, boolean crumb) throws Exception {
        return send(person, method, action, "production", crumb);
    }

    private WebResponse send(String person, HttpMethod method, String action, String environment, boolean crumb)
            throws Exception {
        return answer(
                person,
                method,
                "job/storefront/deployments/targets/" + action + "?app=shop&environment=" + environment,
                crumb);
    }

    private WebResponse answer(String person, HttpMethod method, String address, boolean crumb) throws Exception {
        return Visit.answer(jenkins, person, method, address, crumb);
    }

    private static String text(WebResponse answer) {
        return answer.getContentAsString();
    }
}
