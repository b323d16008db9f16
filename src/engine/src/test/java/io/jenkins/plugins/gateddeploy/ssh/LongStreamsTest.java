package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred megabytes each way, in a JVM whose heap could not hold them. */
class LongStreamsTest {
    private static final int MEBIBYTES = 100;

    @TempDir
    private static Path directory;

    private static List<OpenSshServer> servers;

    @BeforeAll
    static void start() {
        RealPrograms.require("sshd", "ssh-keygen");
        Keys.KeyFile user = Keys.generate(directory, "user", "ed25519");
        servers = List.of(server("one", user), server("two", user), server("three", user));
    }

    @AfterAll
    static void end() {
        if (servers != null) {
            servers.forEach(OpenSshServer::close);
        }
    }

    @Test
    void streamsOutputThroughASmallHeap() throws Exception {
        assertThat(inSmallHeap("output")).isEqualTo("received " + ((long) MEBIBYTES << 20) + " done");
    }

    @Test
    void sendsAPayloadToThreeTargetsThroughASmallHeap() throws Exception {
        assertThat(inSmallHeap("payload")).isEqualTo("sent 3 whole");
    }

    @Test
    void keepsOnlyTheEndOfWhatIsWrittenToStandardError() throws Exception {
        try (SshConnector connector = new SshConnector(HostKeys.knownHosts());
                Targets targets = connector.open(
                        Given.access(servers.get(0).pinned(), servers.get(0).credential()))) {
            Outcome.Exited outcome = (Outcome.Exited) Given.only(
                    targets,
                    servers.get(0).pinned(),
                    Given.script("yes ü | head -c 5000000 >&2; echo last >&2; exit 7"));

            assertThat(outcome.code()).isEqualTo(7);
            assertThat(outcome.stderr().getBytes(StandardCharsets.UTF_8).length).isBetween(65_000, 64 * 1024);
            assertThat(outcome.stderr()).endsWith("last\n").doesNotContain("\uFFFD");
        }
    }

    private static OpenSshServer server(String name, Keys.KeyFile user) {
        return OpenSshServer.in(directory.resolve(name)).userKey(user).start();
    }

    private static String inSmallHeap(String what) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                what,
                servers.get(0).userKey().file().toString()));
        for (OpenSshServer server : servers) {
            command.add(server.port() + " " + server.hostKeyLines().get(0));
        }
        Path output = directory.resolve(what + ".txt");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(output)).isZero();
        return Files.readString(output).strip();
    }

    /** Runs in a JVM of its own. */
    static final class SmallHeap {
        private SmallHeap() {}

        public static void main(String[] arguments) throws Exception {
            List<Target> all = new ArrayList<>();
            for (String server : List.of(arguments).subList(2, arguments.length)) {
                String[] words = server.split(" ", 2);
                all.add(new Target(null, "127.0.0.1", Integer.parseInt(words[0]), Set.of(), List.of(words[1])));
            }
            Keys.KeyFile key = new Keys.KeyFile(Path.of(arguments[1]), "");
            try (SshConnector connector = new SshConnector(HostKeys.knownHosts());
                    Targets targets = connector.open(Given.access(all, key.credential(OpenSshServer.user())))) {
                System.out.println(arguments[0].equals("output") ? output(targets, all.get(0)) : payload(targets, all));
            }
        }

        private static String output(Targets targets, Target target) throws InterruptedException {
            AtomicLong count = new AtomicLong();
            Map<Target, Outcome> outcomes = targets.run(
                    Map.of(target, Given.script("head -c " + ((long) MEBIBYTES << 20) + " /dev/zero")),
                    (from, bytes, offset, length) -> count.addAndGet(length));
            return "received " + count + " " + outcomes.get(target).describe();
        }

        private static String payload(Targets targets, List<Target> all) throws InterruptedException {
            Outcome whole = new Outcome.Exited(0, ((long) MEBIBYTES << 20) + "\n", "");
            Map<Target, Outcome> outcomes =
                    targets.send(Given.onEach(all, Given.script("wc -c")), Given.mebibytes(MEBIBYTES));
            return "sent " + outcomes.values().stream().filter(whole::equals).count() + " whole";
        }
    }
}
