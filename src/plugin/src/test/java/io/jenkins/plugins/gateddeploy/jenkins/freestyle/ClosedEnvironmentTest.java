package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.queue.QueueTaskFuture;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.TimeSource;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.jenkins.step.DeployAppStep;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Freestyle builds whose environment is closed. Only the queue's clock is moved; that of the build itself is not. */
@WithJenkins
class ClosedEnvironmentTest {
    private static final String LAST_YEARS = "2020-01-01 until 2020-12-31 UTC: Corona";
    private static final String LAST_YEARS_TOML =
            "freezes = [{ from = \"2020-01-01\", until = \"2020-12-31\", reason = \"Corona\", zone = \"UTC\" }]\n"
                    + "outside = \"wait\"\n";
    private static final String ICE_AGE = "2020-01-01 until 2999-12-31 UTC: Ice age";
    private static final String UNTIL_2021 = "Outside the window until 2021-01-01 00:00 (UTC)";
    private static final Instant FROZEN = Instant.parse("2020-06-01T12:00:00Z");

    @TempDir
    private Path directory;

    /** What time it is for the queue. */
    @TestExtension
    public static final class Moved implements TimeSource {
        private static final StandingClock CLOCK = new StandingClock(Instant.now());

        @Override
        public Clock clock() {
            return CLOCK;
        }

        private static void to(Instant time) {
            CLOCK.move(Duration.between(CLOCK.instant(), time));
        }
    }

    @BeforeEach
    void today() {
        Moved.to(Instant.now());
    }

    @Test
    void waitsInTheQueueUntilTheRegistrationOpensIt(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            jenkins.jenkins.setNumExecutors(1);
            register(true, LAST_YEARS);
            FreeStyleProject job = job(jenkins, shop, "shop", new DeployAppStep("$WHERE"));
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHERE", "production")));
            jenkins.assertBuildStatusSuccess(start(job));
            shop.version("v2", "");

            Moved.to(FROZEN);
            QueueTaskFuture<FreeStyleBuild> second = start(job);
            waiting().until(() -> why().contains(UNTIL_2021));
            assertThat(why()).startsWith("production is closed: nothing is deployed during the freeze \"Corona\"");
            // No executor is held: there is only one, and another job gets it.
            jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("other"));
            assertThat(shop.page(0)).isEqualTo("v1");
            Moved.to(Instant.now());
            jenkins.assertBuildStatusSuccess(second);
            assertThat(shop.page(0)).isEqualTo("v2");

            // Somebody lifts it.
            shop.version("v3", "");
            register(true, ICE_AGE);
            QueueTaskFuture<FreeStyleBuild> third = start(job);
            waiting().until(() -> why().contains("until 3000-01-01 00:00 (UTC)"));
            register(true, LAST_YEARS);
            jenkins.assertBuildStatusSuccess(third);
            assertThat(shop.page(0)).isEqualTo("v3");

            // Closed again by the time that the step begins.
            shop.version("v4", "");
            register(true, ICE_AGE);
            Moved.to(Instant.parse("3000-06-01T00:00:00Z"));
            jenkins.assertLogContains(
                    "It opens next at 3000-01-01 00:00 (UTC).", jenkins.assertBuildStatus(Result.FAILURE, start(job)));
            assertThat(shop.page(0)).isEqualTo("v3");

            // Where it must not wait.
            register(false, ICE_AGE);
            Moved.to(Instant.now());
            jenkins.assertLogContains("[window.closed]", jenkins.assertBuildStatus(Result.FAILURE, start(job)));
            assertThat(shop.page(0)).isEqualTo("v3");
        }
    }

    @Test
    void waitsInTheQueueUntilDeployTomlOpensIt(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.introduceToJenkins();
            shop.version("v2", LAST_YEARS_TOML);
            FreeStyleProject job = job(jenkins, shop, "shop", new DeployAppStep("production"));

            // Nothing was deployed before.
            Moved.to(FROZEN);
            QueueTaskFuture<FreeStyleBuild> first = job.scheduleBuild2(0);
            waiting().until(() -> why().contains(UNTIL_2021));
            Moved.to(Instant.now());
            jenkins.assertBuildStatusSuccess(first);
            assertThat(shop.page(0)).isEqualTo("v2");

            Moved.to(FROZEN);
            QueueTaskFuture<FreeStyleBuild> second = job.scheduleBuild2(0);
            waiting().until(() -> why().contains(UNTIL_2021));
            // The next commit lifts it; nobody tells Jenkins.
            shop.version("v3", "");
            Moved.to(FROZEN.plus(Duration.ofMinutes(6)));
            jenkins.assertBuildStatusSuccess(second);
            assertThat(shop.page(0)).isEqualTo("v3");

            shop.version("v4", LAST_YEARS_TOML);
            jenkins.buildAndAssertSuccess(job);
            Moved.to(FROZEN);
            DeployAppStep onlyLooking = new DeployAppStep("production");
            onlyLooking.setDryRun(true);
            jenkins.buildAndAssertSuccess(job(jenkins, shop, "looks", onlyLooking));
            DeployAppStep burning = new DeployAppStep("production");
            burning.setEmergency("It burns");
            jenkins.buildAndAssertSuccess(job(jenkins, shop, "emergency", burning));

            QueueTaskFuture<FreeStyleBuild> unwanted = job.scheduleBuild2(0);
            waiting().until(() -> why().contains(UNTIL_2021));
            unwanted.cancel(true);
            waiting().until(() -> why().isEmpty());
            assertThat(job.getBuilds()).hasSize(3);
        }
    }

    /** In this thread, which may see the queue. */
    private static ConditionFactory waiting() {
        return await().pollInSameThread().atMost(Duration.ofMinutes(2));
    }

    /** {@return what the queue says about what waits in it} */
    private static String why() {
        return Arrays.stream(Queue.getInstance().getItems())
                .map(Queue.Item::getWhy)
                .findFirst()
                .orElse("");
    }

    private static QueueTaskFuture<FreeStyleBuild> start(FreeStyleProject job) {
        return job.scheduleBuild2(0, new TimerTrigger.TimerTriggerCause());
    }

    private static void register(boolean waits, String freeze) {
        RegisteredEnvironment environment = new RegisteredEnvironment("shop", "production");
        environment.setFreezes(List.of(freeze));
        environment.setWaitsOutside(waits);
        environment.setStartedByTimer(true);
        GatedDeployConfiguration.get().setEnvironments(List.of(environment));
    }

    private static FreeStyleProject job(JenkinsRule jenkins, Shop shop, String name, DeployAppStep step)
            throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.setScm(GitJobs.scm(shop));
        job.getBuildersList().add(new DeployBuilder(step));
        return job;
    }
}
