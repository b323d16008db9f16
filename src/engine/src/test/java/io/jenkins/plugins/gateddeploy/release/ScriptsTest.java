package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.fixture.LocalTargets;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in the shells that targets have: a whole life of an application on this machine. */
class ScriptsTest {
    @TempDir
    private Path temp;

    private Path base;
    private Path app;
    private HistoryDatabase history;
    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        base = temp.resolve("srv/it's an app");
        app = Files.createDirectories(temp.resolve("app"));
        history = new HistoryDatabase(temp.resolve("home/history"), HistoryDatabase.Settings.exclusive("test"));
    }

    @AfterEach
    void stop() {
        history.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/busybox sh"})
    void deploysAndGoesBackInEveryShell(String shell) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(Path.of(shell.split(" ")[0])), shell + " is not installed");
        Deployer deployer = deployer(shell);
        Configuration configuration = configuration("ok");
        write("index.html", "one");
        write("bin/run me", "#!/bin/sh\necho hello\n");
        assertThat(app.resolve("bin/run me").toFile().setExecutable(true)).isTrue();
        write("same.txt", "the same");
        write("storage/seed", "seed");

        Result first = deploy(deployer, configuration);
        assertThat(first.record().state()).as(String.join("\n", log)).isEqualTo(State.SUCCEEDED);
        assertThat(current().resolve("index.html")).hasContent("one");
        assertThat(current().resolve("made.txt")).hasContent("prepared by app it's $HOME");
        assertThat(current().resolve("storage/seed")).hasContent("seed");
        assertThat(Files.isSymbolicLink(current().resolve("storage"))).isTrue();
        assertThat(Files.isExecutable(current().resolve("bin/run me"))).isTrue();

        write("index.html", "two");
        write("moved.txt", "the same");
        Files.delete(app.resolve("same.txt"));
        Result second = deploy(deployer, configuration);
        assertThat(second.record().state()).as(String.join("\n", log)).isEqualTo(State.SUCCEEDED);
        assertThat(current().resolve("index.html")).hasContent("two");
        assertThat(current().resolve("moved.txt")).hasContent("the same");
        assertThat(current().resolve("same.txt")).doesNotExist();
        assertThat(Files.isExecutable(current().resolve("bin/run me"))).isTrue();

        write("index.html", "three");
        Result third = deploy(deployer, configuration("exit 3"));
        assertThat(third.record().state()).as(String.join("\n", log)).isEqualTo(State.ROLLED_BACK);
        assertThat(current().resolve("index.html")).hasContent("two");
        assertThat(base.resolve("releases/" + third.record().release())).doesNotExist();

        Result back = deployer.rollback(new Deployer.Request(configuration, List.of(), Set.of()), "previous", false);
        assertThat(back.record().state()).as(String.join("\n", log)).isEqualTo(State.SUCCEEDED);
        assertThat(current().resolve("index.html")).hasContent("one");

        assertThat(base.resolve(".gated-deploy/lock")).isEmptyDirectory();
        assertThat(base.resolve(".gated-deploy/run")).isEmptyDirectory();
        assertThat(base.resolve(".gated-deploy/incoming")).isEmptyDirectory();
        assertThat(history.list(Filter.of("app", "production", 9)))
                .extracting(r -> r.state())
                .containsExactly(State.SUCCEEDED, State.ROLLED_BACK, State.SUCCEEDED, State.SUCCEEDED);
        Environment environment = deployer.look(configuration);
        assertThat(environment.isUniform()).isTrue();
        assertThat(environment.releases()).hasSize(2);
    }

    private Path current() {
        return base.resolve("current");
    }

    private Result deploy(Deployer deployer, Configuration configuration) throws Exception {
        Version version = new FolderSource(app.toString(), List.of("**"), List.of()).read(Clock.systemUTC());
        return deployer.deploy(new Deployer.Request(configuration, List.of(), Set.of()), version);
    }

    private void write(String name, String text) throws Exception {
        Path file = app.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Configuration configuration(String after) throws Exception {
        return DeployFile.parse("deploy.toml", """
                        app = "app"
                        [release]
                        path = "%s"
                        shared = ["storage/", ".env"]
                        [variables]
                        TEXT = "it's $HOME"
                        [tasks]
                        make = 'printf "prepared by $GATED_DEPLOY_APP $TEXT" > made.txt; echo making; echo complaining >&2'
                        check = { run = "%s", at = "switched" }
                        [environments.production]
                        targets = ["me@localhost"]
                        """.formatted(base, after.equals("ok") ? "test -e made.txt" : after))
                .configuration("production");
    }

    private Deployer deployer(String shell) {
        return new Deployer(new Ports(
                new NoCredentials(),
                access -> new LocalTargets(List.of(shell.split(" "))),
                history,
                this::line,
                Progress.none(),
                Clock.systemUTC(),
                new Actor("alice", "Alice", Set.of()),
                Processes.self(),
                temp.resolve("logs"),
                Ports.Limits.defaults()));
    }

    private void line(LogLine line) {
        log.add(line.target() + "| " + line.text());
    }

    /** Nothing asks for them here. */
    private static final class NoCredentials implements Credentials {
        @Override
        public SshCredential ssh(String id) {
            return new SshCredential("none", "me", List.of(), null);
        }

        @Override
        public GitCredential git(String id) {
            throw new IllegalStateException();
        }

        @Override
        public Secret secret(String id) {
            throw new IllegalStateException();
        }
    }
}
