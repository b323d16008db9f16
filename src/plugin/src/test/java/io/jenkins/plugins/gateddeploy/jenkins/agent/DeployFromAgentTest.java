package io.jenkins.plugins.gateddeploy.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.FilePath;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.util.Secret;
import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.source.Content;
import io.jenkins.plugins.gateddeploy.source.FileEntry;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.TarPayload;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments whose connections start on an agent, which is a process of its own. */
@WithJenkins
class DeployFromAgentTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    /** Says that it is there, and goes on when the test lets it. */
    private static final String PAUSE =
            "touch ../../there; n=0; while [ ! -e ../../go ] && [ $n -lt 600 ]; do sleep 0.2; n=$((n+1)); done";

    private static final String SWITCHED = "[tasks]\npause = { run = \"" + PAUSE + "\", at = \"switched\" }\n";

    @TempDir
    private Path directory;

    private Shop shop;
    private JenkinsRule jenkins;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = Shop.open(directory, 2);
        shop.introduceToJenkins();
    }

    @AfterEach
    void close() {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void takesFilesFromTheAgentAndTellsTheConsoleWithoutSecrets() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "api-key", "", Secret.fromString("hunter2-is-secret")));
        shop.version("v2", """
                [variables]
                API_KEY = { secret = "api-key" }
                [tasks]
                tell = "echo the key is $API_KEY; yes | head -n 100000 | tr -d '\\\\n' | fold -w 99 | head -n 1000; echo last line"
                """);
        agent("worker");
        WorkflowJob job = job("""
                node('worker') {
                  %s
                  def d = deployApp environment: 'production', ref: 'v2'
                  echo "deployed #${d.number}"
                }
                """.formatted(shop.checkout("v2")));

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        assertThat(shop.page(0)).isEqualTo("v2");
        assertThat(shop.page(1)).isEqualTo("v2");
        for (String target : shop.fleet().targets().stream().map(t -> t.name()).toList()) {
            List<String> lines = build.getLog(3000).stream()
                    .filter(line -> line.startsWith("[" + target + "] "))
                    .map(line -> line.substring(target.length() + 3))
                    .toList();
            assertThat(lines).contains("the key is ****", "Task tell").containsSequence("y".repeat(99), "last line");
            assertThat(lines).filteredOn(line -> line.equals("y".repeat(99))).hasSize(1000);
        }
        assertThat(JenkinsRule.getLog(build)).doesNotContain("hunter2");
        assertThat(Files.exists(JenkinsHost.get().cache()))
                .as("the commit was read in the agent's workspace only")
                .isFalse();
        assertThat(dockets()).as("nothing is left to settle").isEmpty();
    }

    @Test
    void endsCleanlyWhenTheBuildIsAborted() throws Exception {
        shop.version("v2", "[tasks]\npause = \"" + PAUSE + "\"\n");
        agent("worker");
        WorkflowJob job = job(deploying("v1"));
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(new CpsFlowDefinition(deploying("v2"), true));

        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        awaitPause();
        build.doStop();
        jenkins.waitForCompletion(build);

        jenkins.assertBuildStatus(Result.ABORTED, build);
        jenkins.assertLogContains("ended CANCELLED", build);
        jenkins.assertLogContains("current is ", build);
        assertNothingChanged(State.CANCELLED);
    }

    @Test
    void goesOnInEveryPhaseWhenTheAgentDiesAndComesBack() throws Exception {
        shop.version("v2", "[tasks]\npause = \"" + PAUSE + "\"\n");
        shop.version("v3", SWITCHED);
        shop.version("v4", "[health]\nrun = \"" + PAUSE + "\"\ntimeout = \"10m\"\n");
        DumbSlave agent = agent("worker");
        WorkflowJob job = job(deploying("v1"));
        for (String version : List.of("v2", "v3", "v4")) {
            job.setDefinition(new CpsFlowDefinition(deploying(version), true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            awaitPause();

            kill(agent);
            await().atMost(LONG).until(() -> agent.toComputer().isOffline());
            agent.toComputer().connect(true).get();
            goOn();

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            if (!version.equals("v4")) {
                jenkins.assertLogContains("The connection was lost; the task goes on there.", build);
            }
            jenkins.assertLogNotContains("Going on from", build);
            assertThat(shop.page(0)).isEqualTo(version);
            assertThat(shop.page(1)).isEqualTo(version);
            assertThat(shop.isFree("srv", 0)).isTrue();
        }
    }

    @Test
    void goesOnFromAnotherAgentOfTheLabelOrElseFromTheController() throws Exception {
        shop.version("v2", "[tasks]\npause = \"" + PAUSE + "\"\n");
        shop.version("v3", SWITCHED);
        DumbSlave first = agent("worker");
        WorkflowJob job = job(deploying("v2"));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        awaitPause();
        DumbSlave second = agent("worker");

        kill(first);
        jenkins.jenkins.removeNode(first);
        goOn();

        jenkins.waitForMessage("Going on from the agent " + second.getNodeName(), build);
        await().atMost(LONG).untilAsserted(() -> assertThat(shop.page(0)).isEqualTo("v2"));
        await().atMost(LONG).until(() -> newest().state().isFinal());
        assertThat(newest().state()).isEqualTo(State.SUCCEEDED);
        build.doKill();

        job.setDefinition(new CpsFlowDefinition(deploying("v3"), true));
        WorkflowRun another = job.scheduleBuild2(0).waitForStart();
        awaitPause();
        jenkins.jenkins.removeNode(second);
        goOn();

        jenkins.waitForMessage("Going on from the controller", another);
        await().atMost(LONG).until(() -> newest().state().isFinal());
        assertThat(newest().state()).isEqualTo(State.SUCCEEDED);
        assertThat(shop.page(1)).isEqualTo("v3");
        assertThat(shop.isFree("srv", 0)).isTrue();
        another.doKill();
    }

    @Test
    void takesAnExecutorOfTheLabelWhileItDeploysFromThere() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        other.setAssignedLabel(Label.get("deployer"));
        Start start = Start.at("deployer");
        List<String> said = new CopyOnWriteArrayList<>();
        Targets targets = JenkinsHost.get()
                .connector(start, said::add, Optional.of(job))
                .open(new Targets.Access(
                        shop.fleet().targets(),
                        shop.fleet().credential(),
                        new Targets.Settings(Duration.ofSeconds(60), Duration.ofSeconds(15), 5, null)));
        Command who = Command.of("who", "echo $PPID", Duration.ofMinutes(1));
        Map<Target, Command> commands = Map.of(shop.fleet().targets().get(0), who);
        CompletableFuture<Map<Target, Outcome>> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return targets.run(commands);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(LONG)
                .until(() -> jenkins.jenkins.getQueue().getBuildableItems().size() == 1);
        assertThat(answer).isNotDone();
        DumbSlave agent = agent("deployer");

        assertThat(answer.get(3, TimeUnit.MINUTES).values()).hasSize(1).allMatch(Outcome::ok);
        assertThat(said).contains("Connecting from the agent " + agent.getNodeName() + ".");
        assertThat(agent.toComputer().countBusy()).isEqualTo(1);
        var build = other.scheduleBuild2(0);
        targets.standBy();
        jenkins.assertBuildStatusSuccess(build);
        assertThat(targets.run(commands).values())
                .as("what it can do without an executor")
                .allMatch(Outcome::ok);
        targets.close();
    }

    @Test
    void startsWhereItsLabelSaysWhicheverNodeTheBuildIsOn() throws Exception {
        agent("worker");
        DumbSlave deployer = agent("deployer");
        String connecting = "Connecting from the agent " + deployer.getNodeName() + ".";
        WorkflowJob job = job("""
                node('worker') {
                  %s
                  deployApp environment: 'production', ref: 'v1'
                }
                """.formatted(shop.checkout("v1")));
        jenkins.assertLogNotContains(connecting, jenkins.buildAndAssertSuccess(job));

        for (String step :
                List.of("deployApp environment: 'production', ref: 'v1'", "rollbackTo environment: 'production'")) {
            job.setDefinition(new CpsFlowDefinition(
                    "node('worker') {\n" + shop.checkout("v1") + step + ", label: 'deployer'\n}", true));
            WorkflowRun build = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains(connecting, build);
        }
        assertThat(newest().state()).isEqualTo(State.SUCCEEDED);
        await().atMost(LONG).until(() -> deployer.toComputer().countBusy() == 0);
    }

    @Test
    void passesFilesOfTheControllerAndOfAnotherAgentOnAndSaysWhenTheyCannotBeRead() throws Exception {
        DumbSlave near = agent("near");
        DumbSlave far = agent("far");
        FilePath folder =
                far.createPath(Files.createDirectory(directory.resolve("site")).toString());
        byte[] noise = new byte[3 << 20];
        new Random(5).nextBytes(noise);
        Files.write(directory.resolve("site/noise"), noise);
        Version version = new AgentFiles(folder).folder("", List.of(), List.of());
        Targets targets = JenkinsHost.get()
                .connector(new Start(near.getNodeName(), ""), line -> {}, Optional.empty())
                .open(new Targets.Access(
                        shop.fleet().targets(),
                        shop.fleet().credential(),
                        new Targets.Settings(Duration.ofSeconds(60), Duration.ofSeconds(15), 5, null)));
        String place = shop.fleet().path().toString();
        Map<Target, Command> unpack = new LinkedHashMap<>();
        Command command = Command.of("unpack", "cd " + Shell.quote(place) + " && tar xf -", Duration.ofMinutes(2));
        shop.fleet().targets().forEach(target -> unpack.put(target, command));
        List<FileEntry> files;
        try (Content content = version.content().open()) {
            files = content.files();
        }
        TarPayload elsewhere = new TarPayload(
                version.content(), files, new TarPayload.Layout("a/", "a.list", Instant.EPOCH, List.of(), List.of()));
        Version local =
                new FolderSource(directory.resolve("site").toString(), List.of(), List.of()).read(Clock.systemUTC());
        TarPayload here = new TarPayload(
                local.content(), files, new TarPayload.Layout("b/", "b.list", Instant.EPOCH, List.of(), List.of()));

        assertThat(targets.send(unpack, elsewhere).values()).hasSize(2).allMatch(Outcome::ok);
        assertThat(targets.send(unpack, here).values()).hasSize(2).allMatch(Outcome::ok);
        for (int server = 0; server < 2; server++) {
            assertThat(shop.place("a/noise", server)).hasBinaryContent(noise);
            assertThat(shop.place("b/noise", server)).hasBinaryContent(noise);
        }

        Files.write(directory.resolve("site/noise"), new byte[4 << 20]);
        for (TarPayload broken : List.of(elsewhere, here)) {
            assertThat(targets.send(unpack, broken).values())
                    .hasSize(2)
                    .allSatisfy(outcome -> assertThat(outcome.describe()).contains("noise", "has changed"));
        }
        targets.close();
    }

    private String deploying(String version) {
        return """
                node('worker') {
                  %s
                  deployApp environment: 'production', ref: '%s'
                }
                """.formatted(shop.checkout(version), version);
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private DumbSlave agent(String label) throws Exception {
        return jenkins.createOnlineSlave(Label.get(label));
    }

    private void kill(DumbSlave agent) throws Exception {
        var unused = agent.getChannel().callAsync(new Halt());
    }

    private void awaitPause() {
        await().atMost(LONG)
                .until(() -> Files.exists(shop.place("srv", 0).resolve("there"))
                        && Files.exists(shop.place("srv", 1).resolve("there")));
    }

    private void goOn() throws Exception {
        for (int server = 0; server < 2; server++) {
            Files.delete(shop.place("srv", server).resolve("there"));
            Files.createFile(shop.place("srv", server).resolve("go"));
        }
        await().atMost(LONG).until(() -> newest().state().isFinal());
        for (int server = 0; server < 2; server++) {
            Files.delete(shop.place("srv", server).resolve("go"));
        }
    }

    private static DeploymentRecord newest() {
        return JenkinsHost.get()
                .history()
                .list(Filter.of("shop", "production", 1))
                .get(0);
    }

    private void assertNothingChanged(State state) throws Exception {
        assertThat(newest().state()).isEqualTo(state);
        for (int server = 0; server < 2; server++) {
            assertThat(shop.page(server)).isEqualTo("v1");
            assertThat(shop.isFree("srv", server)).isTrue();
        }
    }

    private static List<String> dockets() {
        String[] found = JenkinsHost.get().dockets().toFile().list();
        return found == null ? List.of() : List.of(found);
    }

    /** Ends the agent as kill -9 would. */
    private static final class Halt extends MasterToSlaveCallable<Map<String, String>, RuntimeException> {
        private static final long serialVersionUID = 1;

        @Override
        public Map<String, String> call() {
            Runtime.getRuntime().halt(137);
            return Map.of();
        }
    }
}
