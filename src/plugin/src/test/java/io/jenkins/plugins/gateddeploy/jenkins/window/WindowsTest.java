package io.jenkins.plugins.gateddeploy.jenkins.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Pipelines that deploy while their environment is closed. */
class WindowsTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String ICE_AGE = "2020-01-01 until 2999-12-31 UTC: Ice age";

    @TempDir
    private Path directory;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void areRefusedOrGoPastItInAnEmergency() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.version("v1", "");
            shop.version("v2", "windows = [{ from = \"00:00\", until = \"24:00\", zone = \"UTC\" }]\n");
            sessions.then(r -> {
                People.moveInto(r);
                shop.introduceToJenkins();
                String v1 = "node {\n" + shop.checkout("v1") + "deployApp 'production'\n}";
                r.assertBuildStatusSuccess(r.waitForCompletion(start(r, "first", v1)));

                theCommitCannotOpenWhatTheRegistrationCloses(r, shop);
                onlyThoseWhoAreNamedGoPastIt(r, shop);
                whatCannotBeReadCloses(r, shop);
                oneMayGoBackAllTheSame(r, shop);
            });
        }
    }

    private static void theCommitCannotOpenWhatTheRegistrationCloses(JenkinsRule r, Shop shop) throws Exception {
        register(environment -> environment.setFreezes(List.of(ICE_AGE)));
        String script = "node {\n" + shop.checkout("v2") + "deployApp environment: 'production', force: true\n}";

        WorkflowRun build = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(start(r, "refused", script)));

        r.assertLogContains("the freeze \"Ice age\" from 2020-01-01 until 2999-12-31 (UTC)", build);
        r.assertLogContains("It opens next at 3000-01-01 00:00 (UTC).", build);
        r.assertLogContains("[window.closed]", build);
        assertThat(shop.page(0)).isEqualTo("v1");
    }

    private static void onlyThoseWhoAreNamedGoPastIt(JenkinsRule r, Shop shop) throws Exception {
        String step = "environment: 'production', emergency: 'The shop is down'\n";
        String script = "node {\n" + shop.checkout("v2") + "verifyProdConfig " + step + "deployApp " + step + "}";
        WorkflowRun nobody = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(start(r, "not named", script)));
        r.assertLogContains("[registration.emergency]", nobody);
        assertThat(shop.page(0)).isEqualTo("v1");

        register(environment -> {
            environment.setFreezes(List.of(ICE_AGE));
            environment.setEmergency(List.of("dora"));
        });
        r.assertBuildStatusSuccess(r.waitForCompletion(start(r, "named", script)));

        assertThat(shop.page(0)).isEqualTo("v2");
        DeploymentRecord record = history().find("shop", "production", newest()).orElseThrow();
        assertThat(record.reason()).isEqualTo("Emergency, outside the times for deployments: The shop is down");
        assertThat(history().audit().entries())
                .filteredOn(entry -> entry.deployment().equals(record.id()))
                .extracting(AuditEntry::what, AuditEntry::who)
                .containsExactly(tuple("EMERGENCY", "dora"));
    }

    private static void whatCannotBeReadCloses(JenkinsRule r, Shop shop) throws Exception {
        register(environment -> environment.setWindows(List.of("whenever you like")));
        String script = "node {\n" + shop.checkout("v1") + "deployApp 'production'\n}";

        WorkflowRun build = r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(start(r, "unreadable", script)));

        r.assertLogContains("but found \"whenever you like\"", build);
        r.assertLogContains("[registration.window]", build);
        assertThat(shop.page(0)).isEqualTo("v2");
    }

    private static void oneMayGoBackAllTheSame(JenkinsRule r, Shop shop) throws Exception {
        register(environment -> {
            environment.setFreezes(List.of(ICE_AGE));
            environment.setWindows(List.of("whenever you like"));
        });
        // Dora has no permission to roll back.
        WorkflowJob job = job(r, "back", "node {\n" + shop.checkout("v1") + "rollbackTo 'production'\n}");
        WorkflowRun build = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice")))
                .waitForStart();

        r.assertBuildStatusSuccess(r.waitForCompletion(build));

        assertThat(shop.page(0)).isEqualTo("v1");
    }

    @Test
    void waitWithoutAnExecutorAlsoOverARestartUntilItOpens() throws Throwable {
        try (Shop shop = Shop.open(directory, 1)) {
            shop.repository().file("Jenkinsfile", "deployApp 'production'\n");
            shop.version("v1", "");
            sessions.then(r -> {
                People.moveInto(r);
                shop.introduceToJenkins();
                register(environment -> {
                    environment.setFreezes(List.of(ICE_AGE));
                    environment.setWaitsOutside(true);
                });
                WorkflowRun build = startFromRepository(r, "waits", shop);
                startFromRepository(r, "aborted", shop);

                r.waitForMessage("Waiting until 3000-01-01 00:00 (UTC)", build);
                await().atMost(LONG).until(() -> held() == 2);
                WorkflowRun other = r.jenkins
                        .getItemByFullName("aborted", WorkflowJob.class)
                        .getLastBuild();
                other.getExecutor().interrupt();
                r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(other));
                await().atMost(LONG).until(() -> held() == 1);
                assertThat(r.jenkins.toComputer().countBusy()).isZero();
            });
            sessions.then(r -> {
                WorkflowRun build =
                        r.jenkins.getItemByFullName("waits", WorkflowJob.class).getLastBuild();
                assertThat(held()).isEqualTo(1);
                assertThat(build.isBuilding()).isTrue();
                // Once more closed, until another year.
                // The step may not have gone on by now.
                await().atMost(LONG).until(() -> {
                    register(environment -> {
                        environment.setFreezes(List.of(ICE_AGE.replace("2999", "2998")));
                        environment.setWaitsOutside(true);
                    });
                    return JenkinsRule.getLog(build).contains("Waiting until 2999-01-01 00:00 (UTC)");
                });

                register(environment -> {});

                r.assertBuildStatusSuccess(r.waitForCompletion(build));
                assertThat(shop.page(0)).isEqualTo("v1");
                assertThat(held()).isZero();
            });
        }
    }

    private static void register(Consumer<RegisteredEnvironment> settings) {
        RegisteredEnvironment environment = new RegisteredEnvironment("shop", "production");
        settings.accept(environment);
        GatedDeployConfiguration.get().setEnvironments(List.of(environment));
    }

    private static WorkflowJob job(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WorkflowRun start(JenkinsRule r, String name, String script) throws Exception {
        return People.start(job(r, name, script));
    }

    private static WorkflowRun startFromRepository(JenkinsRule r, String name, Shop shop) throws Exception {
        return People.start(GitJobs.create(r, name, shop.repository().path().toString(), "Jenkinsfile"));
    }

    private static long held() {
        return history().unfinished().stream()
                .filter(record -> record.state() == State.HELD)
                .count();
    }

    private static int newest() {
        return history().successes("shop", "production", 1).get(0).number();
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
