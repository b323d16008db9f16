package io.jenkins.plugins.gateddeploy.jenkins.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.GitJobs;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller is killed while deployments are under way, from itself and from an agent, each in another phase; also one
 * that a person began on a page, and one that has succeeded on a target already.
 */
class ControllerDeathTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String PAUSE =
            "touch ../../there; n=0; while [ ! -e ../../go ] && [ $n -lt 3000 ]; do sleep 0.2; n=$((n+1)); done";
    /** The application that somebody goes back with on a page; its tasks take no time until the test says so. */
    private static final String BACK = "back";
    /** The application whose deployment has succeeded on one target, while the other is out of reach. */
    private static final String LATE = "late";
    /** By phase: what deploy.toml says so that a deployment stays in it. */
    private static final List<Phase> PHASES = List.of(
            new Phase("prepare", "[tasks]\npause = \"" + PAUSE + "\"\n", ""),
            new Phase("switched", "[tasks]\npause = { run = \"" + PAUSE + "\", at = \"switched\" }\n", ""),
            new Phase("health", "[health]\nrun = \"" + PAUSE + "\"\ntimeout = \"10m\"\n", ""),
            new Phase("over", "[tasks]\npause = \"" + PAUSE + "\"\n", "properties([disableResume()])\n"),
            // The last, since nothing holds it there.
            new Phase("files", "[tasks]\npause = \"" + PAUSE + "\"\n", ""));

    /**
     * @param name of the application, too
     * @param toml what comes after the servers in deploy.toml
     * @param before what comes first in the Pipeline
     */
    private record Phase(String name, String toml, String before) {}

    @TempDir
    private Path directory;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = GitJobs.controller();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    /** What a build came to. */
    private record Ended(String app, String result, String log, String state) implements Serializable {}

    @Test
    void settlesEveryDeploymentAndTellsItsBuild() throws Throwable {
        try (Shop shop = Shop.open(directory, 2)) {
            prepare(shop);
            jenkins.startJenkins();
            Shop.Introduction introduction = shop.introduction();
            jenkins.runRemotely(r -> {
                introduction.make();
            });
            InboundAgentExtension.Options worker = InboundAgentExtension.Options.newBuilder()
                    .name("worker")
                    .label("worker")
                    .webSocket()
                    .build();
            agents.createAgent(jenkins, worker);
            jenkins.runRemotely(r -> {
                r.jenkins.setNumExecutors(9);
            });
            String first = deployAll(shop);
            jenkins.runRemotely(r -> {
                r.assertBuildStatusSuccess(run(r, "first", first));
            });

            Files.createFile(shop.place(LATE, 0).resolve("hold"));
            String late = deploying(shop, LATE, "v2")
                    .replace("deployApp", "def d = deployApp")
                    .replace("\n}\n", "\necho \"${d.application} #${d.number} is current\"\n}\n");
            jenkins.runRemotely(r -> {
                start(r, LATE, late);
                // On the one target that does not hold it.
                r.waitForMessage(
                        "Health check passed",
                        r.jenkins.getItemByFullName(LATE, WorkflowJob.class).getLastBuild());
            });
            for (Phase phase : PHASES.subList(0, PHASES.size() - 1)) {
                begin(shop, phase);
            }
            Files.createFile(shop.place(BACK, 0).resolve("hold"));
            jenkins.runRemotely(ControllerDeathTest::goBackOnThePage);
            await().atMost(LONG).until(() -> isThere(shop, BACK));
            shop.fleet().server(1).pause();
            String waiting = deploying(shop, "checking", "v2");
            jenkins.runRemotely(r -> {
                start(r, "checking", waiting);
                r.waitForMessage(
                        "deployment #2",
                        r.jenkins
                                .getItemByFullName("checking", WorkflowJob.class)
                                .getLastBuild());
            });
            Files.delete(shop.place(LATE, 0).resolve("hold"));
            Path journal = shop.place(LATE, 0).resolve(".gated-deploy/journal");
            await().atMost(LONG).until(() -> Files.readString(journal).split(" end SUCCEEDED ", -1).length == 3);
            begin(shop, PHASES.get(PHASES.size() - 1));
            jenkins.stopJenkinsForcibly();
            shop.fleet().server(1).resume();
            goOn(shop);
            jenkins.startJenkins();
            agents.start(jenkins, worker);

            String rollback = jenkins.runRemotely(ControllerDeathTest::endOfTheRollback);
            assertThat(rollback).isEqualTo("INTERRUPTED");
            assertThat(shop.page(BACK, 0)).isEqualTo("v2");
            assertThat(shop.isFree(BACK, 0)).isTrue();
            assertThat(shop.page(LATE, 0)).isEqualTo("v2");
            assertThat(jenkins.runRemotely(ControllerDeathTest::endOfTheLateOne))
                    .contains("Looking what became of deployment #2", "late #2 is current", "Finished: SUCCESS")
                    .doesNotContain("deployment #3");
            assertThat(shop.page(LATE, 1)).isEqualTo("v2");
            assertThat(shop.isFree(LATE, 0)).isTrue();
            assertThat(shop.isFree(LATE, 1)).isTrue();
            ArrayList<Ended> all = jenkins.runRemotely(ControllerDeathTest::ends);
            for (Ended ended : all) {
                boolean carriedOutAnew = ended.app().equals("checking");
                assertThat(ended.result()).as(ended.toString()).isEqualTo(carriedOutAnew ? "SUCCESS" : "FAILURE");
                assertThat(ended.state()).as(ended.toString()).isEqualTo(carriedOutAnew ? "SUCCEEDED" : "INTERRUPTED");
                assertThat(shop.page(ended.app(), carriedOutAnew ? 1 : 0))
                        .as(ended.toString())
                        .isEqualTo(carriedOutAnew ? "v2" : "v1");
                assertThat(shop.isFree(ended.app(), carriedOutAnew ? 1 : 0))
                        .as(ended.toString())
                        .isTrue();
                if (!carriedOutAnew && !ended.app().equals("over")) {
                    assertThat(ended.log()).contains("ended INTERRUPTED", "current is 2");
                }
            }
        }
    }

    private void begin(Shop shop, Phase phase) throws Throwable {
        String app = phase.name();
        String script = phase.before() + deploying(shop, app, "v2");
        jenkins.runRemotely(r -> {
            start(r, app, script);
        });
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> isThere(shop, app));
    }

    private static void prepare(Shop shop) {
        byte[] noise = new byte[20 << 20];
        for (Phase phase : PHASES) {
            shop.version(phase.name(), "v1", List.of(0), "");
        }
        shop.version("checking", "v1", List.of(1), "");
        String well = "[health]\nrun = \"[ ! -e ../../hold ]\"\nretries = 3000\ninterval = \"200ms\"\n";
        shop.version(LATE, "v1", List.of(0, 1), well);
        shop.version(LATE, "v2", List.of(0, 1), well);
        String held = "[tasks]\npause = { run = \"[ ! -e ../../hold ] || { " + PAUSE + "; }\", at = \"switched\" }\n";
        shop.version(BACK, "v1", List.of(0), held);
        shop.version(BACK, "v2", List.of(0), held);
        for (Phase phase : PHASES) {
            if (phase.name().equals("files")) {
                new Random(3).nextBytes(noise);
                shop.repository().file("noise", HexFormat.of().formatHex(noise));
            }
            shop.version(phase.name(), "v2", List.of(0), phase.toml());
            shop.repository().delete("noise");
        }
        shop.version("checking", "v2", List.of(1), "[ssh]\nconnect_timeout = \"10m\"\n");
    }

    private static String deployAll(Shop shop) {
        StringBuilder script = new StringBuilder();
        Stream.concat(PHASES.stream().map(Phase::name), Stream.of("checking"))
                .forEach(app -> script.append(deploying(shop, app, "v1")));
        return script + deploying(shop, LATE, "v1") + deploying(shop, BACK, "v1") + deploying(shop, BACK, "v2");
    }

    private static String deploying(Shop shop, String app, String version) {
        String tag = app + "-" + version;
        // The agent has one executor.
        String where = app.equals("prepare") ? "worker" : "built-in";
        return "node('" + where + "') {\n" + shop.checkout(tag) + "deployApp environment: 'production', ref: '" + tag
                + "'\n}\n";
    }

    private static boolean isThere(Shop shop, String app) throws IOException {
        Path place = shop.place(app, 0);
        if (Files.exists(place.resolve("there"))) {
            return true;
        }
        if (!app.equals("files")) {
            return false;
        }
        Path incoming = place.resolve(".gated-deploy/incoming");
        if (!Files.isDirectory(incoming)) {
            return false;
        }
        try (Stream<Path> all = Files.list(incoming)) {
            return all.findAny().isPresent();
        }
    }

    private static void goOn(Shop shop) throws IOException {
        for (Phase phase : PHASES) {
            Files.createFile(shop.place(phase.name(), 0).resolve("go"));
        }
        Files.createFile(shop.place(BACK, 0).resolve("go"));
    }

    private static void goBackOnThePage(JenkinsRule r) throws Exception {
        String release = JenkinsHost.get()
                .history()
                .find(BACK, "production", 1)
                .orElseThrow()
                .release();
        // Another test is about crumbs, and this client knows no way to one.
        r.jenkins.setCrumbIssuer(null);
        try (JenkinsRule.WebClient client = r.createWebClient().withJavaScriptEnabled(false)) {
            String path = "job/first/deployments/api/environments/" + BACK + "/production/rollbacks";
            WebRequest request = new WebRequest(new URL(r.getURL(), path), HttpMethod.POST);
            request.setRequestBody("{\"release\":\"" + release + "\"}");
            request.setAdditionalHeader("Content-Type", "application/json");
            client.getPage(request);
        }
    }

    private static String endOfTheLateOne(JenkinsRule r) throws Exception {
        return JenkinsRule.getLog(r.waitForCompletion(
                r.jenkins.getItemByFullName(LATE, WorkflowJob.class).getLastBuild()));
    }

    private static String endOfTheRollback(JenkinsRule r) {
        await().atMost(LONG).until(() -> state(BACK).isFinal());
        DeploymentRecord rollback =
                JenkinsHost.get().history().find(BACK, "production", 3).orElseThrow();
        await().atMost(LONG)
                .until(() -> Files.notExists(JenkinsHost.get().dockets().resolve(rollback.id() + ".docket")));
        return rollback.state().name();
    }

    private static WorkflowRun run(JenkinsRule r, String name, String script) throws Exception {
        start(r, name, script);
        return r.waitForCompletion(
                r.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild());
    }

    private static void start(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static ArrayList<Ended> ends(JenkinsRule r) throws Exception {
        ArrayList<Ended> all = new ArrayList<>();
        for (String app : List.of("files", "prepare", "switched", "health", "over", "checking")) {
            WorkflowRun build =
                    r.jenkins.getItemByFullName(app, WorkflowJob.class).getLastBuild();
            r.waitForCompletion(build);
            await().atMost(LONG).until(() -> state(app).isFinal());
            all.add(new Ended(
                    app,
                    name(build.getResult()),
                    JenkinsRule.getLog(build),
                    state(app).name()));
        }
        return all;
    }

    private static String name(Result result) {
        return String.valueOf(result);
    }

    private static io.jenkins.plugins.gateddeploy.history.State state(String app) {
        return JenkinsHost.get()
                .history()
                .list(Filter.of(app, "production", 1))
                .get(0)
                .state();
    }
}
