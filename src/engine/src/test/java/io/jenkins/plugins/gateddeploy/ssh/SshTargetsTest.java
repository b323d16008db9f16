package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Stdin;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every deployment does, on three OpenSSH servers that see different files. */
class SshTargetsTest {
    @TempDir
    private static Path directory;

    private static OpenSshFleet fleet;
    private static SshConnector connector;
    private static Targets targets;

    @BeforeAll
    static void start() {
        fleet = OpenSshFleet.start(directory.resolve("fleet"), 3);
        connector = new SshConnector(HostKeys.knownHosts(fleet.knownHosts()));
        targets = connector.open(Given.access(fleet.targets(), fleet.credential()));
    }

    @AfterAll
    static void end() {
        if (fleet != null) {
            connector.close();
            fleet.close();
        }
    }

    @Test
    void runsACommandOnEachTarget() throws InterruptedException {
        Map<Target, Outcome> outcomes = targets.run(
                Given.onEach(fleet.targets(), Given.script("echo from $(echo $SSH_CONNECTION | cut -d' ' -f3)")));

        for (Target target : fleet.targets()) {
            assertThat(outcomes.get(target)).isEqualTo(new Outcome.Exited(0, "from " + target.host() + "\n", ""));
        }
    }

    @Test
    void answersInTheOrderOfTheQuestion() throws InterruptedException {
        assertThat(targets.run(Given.onEach(fleet.targets(), Given.script("true")))
                        .keySet())
                .containsExactlyElementsOf(fleet.targets());
    }

    @Test
    void keepsExitCodeAndBothOutputs() throws InterruptedException {
        Outcome outcome = Given.only(targets, fleet.targets().get(0), Given.script("echo out; echo error >&2; exit 3"));

        assertThat(outcome).isEqualTo(new Outcome.Exited(3, "out\n", "error\n"));
    }

    @Test
    void countsASignalAsAShellDoes() throws InterruptedException {
        assertThat(Given.only(targets, fleet.targets().get(0), Given.script("kill -TERM $$")))
                .isEqualTo(new Outcome.Exited(128 + 15, "", ""));
    }

    @Test
    void passesEveryCharacterOfAScript() throws InterruptedException {
        String awkward = "printf '%s' \"it's \\\"$((1+1))\\\" \\\\ ü\n`echo x`\"";

        assertThat(Given.only(targets, fleet.targets().get(0), Given.script(awkward)))
                .isEqualTo(new Outcome.Exited(0, "it's \"2\" \\ ü\nx", ""));
    }

    @Test
    void givesTheCommandItsStandardInput() throws InterruptedException {
        byte[] text = "a secret\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        Command command = new Command("count", "wc -c", Stdin.of(text, "text"), Given.TIMEOUT);

        assertThat(Given.only(targets, fleet.targets().get(0), command))
                .isEqualTo(new Outcome.Exited(0, text.length + "\n", ""));
    }

    @Test
    void sendsThePayloadAfterTheCommandsOwnInput() throws Exception {
        Command command = new Command(
                "receive",
                "cat > " + fleet.path() + "/received",
                Stdin.of("first ".getBytes(StandardCharsets.UTF_8), "text"),
                Given.TIMEOUT);

        Map<Target, Outcome> outcomes =
                targets.send(Given.onEach(fleet.targets(), command), Given.payload("then the payload"));

        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy((target, outcome) ->
                        assertThat(outcome.ok()).as(outcome.describe()).isTrue());
        for (int i = 0; i < 3; i++) {
            assertThat(Files.readString(fleet.viewFromOutside(i).resolve("received")))
                    .isEqualTo("first then the payload");
        }
    }

    @Test
    void eachServerSeesItsOwnDirectory() throws Exception {
        Given.only(targets, fleet.targets().get(1), Given.script("echo two > " + fleet.path() + "/mine"));

        assertThat(fleet.viewFromOutside(1).resolve("mine")).hasContent("two");
        assertThat(fleet.viewFromOutside(0).resolve("mine")).doesNotExist();
        assertThat(fleet.path().resolve("mine")).doesNotExist();
    }

    @Test
    void relaysWhatOneTargetPrintsToTheOthers() throws Exception {
        List<Target> others = fleet.targets().subList(1, 3);

        Map<Target, Outcome> outcomes = targets.relay(
                fleet.targets().get(0),
                Given.script("seq 1 200000"),
                Given.onEach(others, Given.script("cksum > " + fleet.path() + "/relayed; echo done")));

        assertThat(outcomes).containsOnlyKeys(others);
        assertThat(outcomes.values()).containsOnly(new Outcome.Exited(0, "done\n", ""));
        assertThat(Files.readString(fleet.viewFromOutside(1).resolve("relayed")))
                .isEqualTo(Files.readString(fleet.viewFromOutside(2).resolve("relayed")))
                .startsWith("3581800518 1288895");
    }

    @Test
    void failsTheRelayForAllWhenTheReadingCommandFails() throws Exception {
        List<Target> others = fleet.targets().subList(1, 3);

        Map<Target, Outcome> outcomes = targets.relay(
                fleet.targets().get(0),
                Given.script("echo half; echo no such file >&2; exit 2"),
                Given.onEach(others, Given.script("cat > /dev/null")));

        assertThat(outcomes.values())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.describe())
                        .contains(
                                "could not be read to its end",
                                fleet.targets().get(0).name(),
                                "no such file (exit code 2)"));
    }

    @Test
    void reachesAnIpv6Address() throws Exception {
        RealPrograms.require(hasIpv6Loopback(), "no IPv6 loopback address ::1");
        try (OpenSshServer six =
                OpenSshServer.in(directory.resolve("six")).address("::1").start()) {
            SshConnector byFile = new SshConnector(
                    HostKeys.knownHosts(Files.writeString(directory.resolve("known"), six.knownHosts())));
            try (byFile;
                    Targets targets = byFile.open(Given.access(six.target(), six.credential()))) {
                assertThat(six.target().name()).startsWith("[::1]:");
                assertThat(Given.only(targets, six.target(), Given.script("true"))
                                .describe())
                        .isEqualTo("done");
            }
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
