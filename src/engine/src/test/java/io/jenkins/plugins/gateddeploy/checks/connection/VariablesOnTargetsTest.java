package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables on real servers. */
class VariablesOnTargetsTest {
    @TempDir
    private static Path disk;

    private static OpenSshFleet fleet;
    private static SshConnector connector;
    private static Targets targets;

    private final List<Outcome> answers = new ArrayList<>();

    @BeforeAll
    static void start() {
        fleet = OpenSshFleet.start(disk, 2);
        connector = new SshConnector(HostKeys.knownHosts(fleet.knownHosts()));
        targets = connector.open(new Targets.Access(
                fleet.targets(),
                fleet.credential(),
                new Targets.Settings(Duration.ofSeconds(30), Duration.ofSeconds(15), 2, null)));
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            targets.close();
            connector.close();
            fleet.close();
        }
    }

    @BeforeEach
    void empty() throws Exception {
        for (int i = 0; i < 2; i++) {
            Files.createDirectories(fleet.viewFromOutside(i).resolve("shared"));
            Files.deleteIfExists(fleet.viewFromOutside(i).resolve("shared/.env"));
        }
    }

    private void env(int server, String text) throws Exception {
        Files.writeString(fleet.viewFromOutside(server).resolve("shared/.env"), text);
    }

    private List<String> lines(String requires) throws Exception {
        Remote remote = new Remote() {
            @Override
            public List<Target> targets() {
                return fleet.targets();
            }

            @Override
            public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
                Map<Target, Outcome> outcomes = new LinkedHashMap<>(targets.run(commands));
                answers.addAll(outcomes.values());
                return outcomes;
            }
        };
        return new Shop()
                .remote(remote)
                .lines("[release]\npath = \"" + fleet.path()
                        + "\"\nshared = [\".env\"]\n[environments.production]\ntargets = [\"a\", \"b\"]\n"
                        + "requires = { variables = [\"DATABASE_URL\", \"APP_KEY\"]" + requires + " }\n");
    }

    private String name(int server) {
        return fleet.targets().get(server).name();
    }

    @Test
    void findsWhichTargetsLackOrEmptyAVariableAndTransfersNoValue() throws Exception {
        env(0, "APP_KEY=hunter2\nDATABASE_URL=\"postgres://hunter2@db\"\n");
        env(1, "APP_KEY=\n#DATABASE_URL=hunter2\n");

        String file = fleet.path() + "/shared/.env";
        assertThat(lines(""))
                .containsExactly(
                        "The variable DATABASE_URL is not set on " + name(1) + ": it is not in " + file
                                + ". Set it there. [variable.missing]",
                        "The variable APP_KEY is empty on " + name(1) + " in " + file
                                + ". Give it a value there. [variable.empty]");
        assertThat(answers).hasSize(2).noneMatch(answer -> answer.toString().contains("hunter2"));
    }

    @Test
    void isContentWhenEveryTargetSetsAll() throws Exception {
        env(0, "APP_KEY=hunter2\nDATABASE_URL=hunter2\n");
        env(1, "export DATABASE_URL='hunter2'\nAPP_KEY: hunter2\n");

        assertThat(lines("")).isEmpty();
        assertThat(lines(", variables_from = { file = \"" + fleet.path() + "/shared/.env\" }"))
                .isEmpty();
        assertThat(lines(", variables_from = { command = \"cat " + fleet.path() + "/shared/.env\" }"))
                .as("a command prints no dotenv syntax")
                .hasSize(2);
    }

    @Test
    void saysThatAFileIsMissingOrBroken() throws Exception {
        env(0, "APP_KEY='hunter2\nDATABASE_URL=hunter2\n");

        assertThat(lines(""))
                .hasSize(3)
                .anyMatch(line -> line.contains("There is no such file on " + name(1)))
                .anyMatch(line -> line.contains(name(0) + ": a quote in line 1 of") && line.endsWith("[check.failed]"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void saysWhatItCannotAsk() throws Exception {
        assertThat(lines(", variables_from = { command = \"echo APP_KEY=hunter2; exit 4\" }"))
                .hasSize(2)
                .allMatch(line -> line.contains("the command did not end with 0") && line.endsWith("[check.failed]"));
        assertThat(lines(", variables_from = { service = \"no-such-shop.service\" }"))
                .hasSize(2)
                .allMatch(line -> line.endsWith("[check.failed]"));
    }
}
