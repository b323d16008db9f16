package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.cli.terminal.Screen;
import io.jenkins.plugins.gateddeploy.fixture.Keys;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong between this machine and its servers, as somebody sees it who typed the command: what it says, its
 * exit code, what the servers serve afterwards, and what the history knows.
 */
class FaultsTest {
    @TempDir
    private static Path directory;

    private static Shop shop;

    private String before;

    @BeforeAll
    static void start() throws Exception {
        shop = new Shop(directory, 2);
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void deploySomething() throws Exception {
        shop.place("shop");
        shop.configure("");
        before = shop.succeed();
        shop.commit();
    }

    private static String first() {
        return Shop.address(shop.fleet.targets().get(0));
    }

    /** Both targets serve what they served, and the command, the history and the targets say why. */
    private void assertFailed(Given.Ran ran, String... said) throws Exception {
        assertFailed(ran, shop.servers(), said);
    }

    /** @param where the servers whose files are seen from here */
    private void assertFailed(Given.Ran ran, List<Integer> where, String... said) throws Exception {
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        List<String> lines = ran.out().lines().toList();
        assertThat(lines.get(lines.size() - 1)).contains(said).doesNotContain("Exception");
        shop.assertTidy(before, where);
        JsonNode attempt = shop.history().get(0);
        assertThat(attempt.get("state").asText()).isEqualTo("FAILED");
        assertThat(attempt.get("message").asText()).contains(said);
        assertThat(attempt.get("commit").asText()).hasSize(40);
        assertThat(attempt.get("subject").asText()).startsWith("Version ");
        assertThat(shop.run("log", attempt.get("number").asText()).out()).endsWith(lines.get(lines.size() - 1) + "\n");
    }

    @Test
    void aKeyThatTheServersDoNotKnow() throws Exception {
        Keys.KeyFile other = Keys.generate(directory, "other-" + before, "ed25519");

        Given.Ran ran =
                shop.run("deploy", "production", "--identity", other.file().toString());

        assertFailed(ran, shop.name(0), shop.name(1), "let");
    }

    @Test
    void aServerThatHasAnotherKeyThanIsKnown() throws Exception {
        Path known = directory.resolve("known_hosts-" + before);
        Files.writeString(
                known,
                shop.fleet.server(0).knownHosts() + shop.fleet.server(1).knownHostsName() + " "
                        + shop.fleet.server(0).hostKeyLines().get(0) + "\n");

        Given.Ran ran = shop.run("deploy", "production", "--known-hosts", known.toString());

        assertFailed(ran, shop.name(1), "SHA256:", known.toString());
        assertThat(ran.out()).doesNotContain(shop.name(0) + ": ");
        assertThat(ran.out().lines().filter(line -> line.startsWith("  " + shop.name(1))))
                .as("what the last line says in full")
                .singleElement()
                .asString()
                .contains("has changed")
                .endsWith("…");
    }

    @Test
    void aServerThatNobodyKnows() throws Exception {
        Path known = directory.resolve("known_hosts-" + before);
        Files.writeString(known, shop.fleet.server(0).knownHosts());

        Given.Ran ran = shop.run("deploy", "production", "--known-hosts", known.toString());

        assertFailed(ran, shop.name(1), shop.fleet.server(1).knownHosts().strip());
    }

    @Test
    void aPortThatIsRefused() throws Exception {
        shop.configure("", List.of(first(), "deploy@127.0.1.2:1"), "");

        assertFailed(shop.run("deploy", "production"), "127.0.1.2:1", "refused");
    }

    @Test
    void aNameThatHasNoAddress() throws Exception {
        shop.configure("", List.of(first(), "deploy@web-1.invalid"), "");

        assertFailed(shop.run("deploy", "production"), "web-1.invalid");
    }

    /** Makes a small file system on the second server, which nobody else sees, and deploys to it. */
    private void deployToASmallDisk() throws Exception {
        shop.place("small-" + before);
        shop.configure("");
        shop.ssh(1, "mkdir -p " + shop.base() + " && mount -t tmpfs -o size=1m tmpfs " + shop.base());
        before = shop.succeed();
    }

    private static String small(String script) throws Exception {
        return shop.ssh(1, "cd " + shop.base() + " && " + script);
    }

    private void assertOldOnTheSmallDisk() throws Exception {
        assertThat(small("cat current/version.txt")).isEqualTo(before);
        assertThat(small("ls releases | wc -l")).isEqualTo("1");
        assertThat(small("ls .gated-deploy/lock .gated-deploy/incoming .gated-deploy/run | grep -v : | grep . || true"))
                .isEmpty();
    }

    @Test
    void aServerThatIsFull() throws Exception {
        deployToASmallDisk();
        shop.commit(3_000_000);

        Given.Ran refused = shop.run("deploy", "production");
        assertThat(refused.code()).as(refused.out() + refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains(shop.name(1), "There is no room for a release", "[target.disk]");
        assertOldOnTheSmallDisk();

        assertFailed(
                shop.run("deploy", "production", "--allow-problems", "target.disk"),
                List.of(0),
                "Receiving files failed on " + shop.name(1),
                "No space");
        assertOldOnTheSmallDisk();
    }

    @Test
    void aServerThatMayNotBeWrittenTo() throws Exception {
        deployToASmallDisk();
        small("mount -o remount,ro " + shop.base());
        shop.commit();

        assertFailed(shop.run("deploy", "production"), List.of(0), shop.name(1), "not writable");
        assertOldOnTheSmallDisk();
    }

    @Test
    void aTaskThatEndsWithThree() throws Exception {
        shop.configure("[tasks]\nbad = \"echo no such table >&2; exit 3\"\n");

        Given.Ran ran = shop.run("deploy", "production");

        assertFailed(ran, "task bad ended with exit code 3", shop.name(0), shop.name(1));
        assertThat(ran.out()).contains("| no such table");
    }

    @Test
    void aTaskThatNeverEnds() throws Exception {
        String mark = "34" + System.nanoTime() % 100000000;
        shop.configure("[tasks]\nhang = { run = \"sleep " + mark + " & sleep " + mark + "\", timeout = \"1s\" }\n");

        assertFailed(shop.run("deploy", "production"), "task hang did not end within 1s");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> ProcessHandle.allProcesses()
                        .map(p -> Arrays.asList(p.info().arguments().orElse(new String[0])))
                        .noneMatch(arguments -> arguments.contains(mark)));
    }

    @Test
    void aTaskThatPrintsMoreThanAnybodyReads() throws Exception {
        String line = "0123456789".repeat(10);
        shop.configure("[tasks]\ntalk = \"yes " + line + " | head -c 5050000\"\n");
        AtomicLong printed = new AtomicLong();
        PrintStream counted = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        printed.incrementAndGet();
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        printed.addAndGet(length);
                    }
                },
                false,
                StandardCharsets.UTF_8);

        int code = Cli.run(
                new Outside(counted, counted, Map.of(), Screen.none(), directory),
                shop.options("deploy", "production"));

        counted.flush();
        assertThat(code).isZero();
        assertThat(printed).hasValueGreaterThan(10_100_000);
        JsonNode attempt = shop.history().get(0);
        assertThat(attempt.get("state").asText()).isEqualTo("SUCCEEDED");
        Path log = Path.of(attempt.get("log").asText());
        assertThat(Files.size(log)).isGreaterThan(10_100_000);
        Files.delete(log);
    }

    @Test
    void aConnectionThatIsCutWhileATaskRuns() throws Exception {
        shop.configure("""
                [tasks]
                work = "echo beginning; touch ../../there; n=0; while [ ! -e ../../go -a $n -lt 1200 ]; do n=$((n+1)); sleep 0.05; done; echo finished"
                """);
        CompletableFuture<Given.Ran> deploying = CompletableFuture.supplyAsync(() -> shop.run("deploy", "production"));
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(shop.on(0).resolve("there"))
                            && Files.exists(shop.on(1).resolve("there")));
            shop.fleet.server(1).cutConnections();
        } finally {
            Files.writeString(shop.on(0).resolve("go"), "");
            Files.writeString(shop.on(1).resolve("go"), "");
        }
        Given.Ran ran = deploying.get(2, TimeUnit.MINUTES);

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out().lines().filter(line -> line.endsWith("| beginning")))
                .hasSize(2);
        assertThat(ran.out().lines().filter(line -> line.endsWith("| finished")))
                .hasSize(2);
        assertThat(ran.out()).contains("The connection was lost");
        assertThat(shop.served(0) + shop.served(1)).doesNotContain(before);
        assertThat(shop.history().get(0).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aConnectionThatIsCutWhileFilesTravel() throws Exception {
        try (Narrows way = new Narrows(
                shop.fleet.targets().get(1).host(), shop.fleet.server(1).port())) {
            shop.commit(3_000_000);
            Path known = directory.resolve("known_hosts-" + before);
            Files.writeString(
                    known,
                    shop.fleet.server(0).knownHosts() + "[127.0.0.1]:" + way.port() + " "
                            + shop.fleet.server(1).hostKeyLines().get(0) + "\n");
            String second = "127.0.0.1:" + way.port();
            shop.configure("", List.of(first(), shop.fleet.targets().get(1).user() + "@" + second), "");
            way.narrow(2_000_000);
            CompletableFuture<Given.Ran> deploying = CompletableFuture.supplyAsync(
                    () -> shop.run("deploy", "production", "--known-hosts", known.toString()));
            await().atMost(Duration.ofMinutes(1)).until(way::isStuck);
            assertThat(shop.served(1)).isEqualTo(before);
            way.cut();

            assertFailed(deploying.get(2, TimeUnit.MINUTES), "Receiving files failed on " + second, "lost");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=x", "$(touch x)", "`touch x`", "it's \"quoted\"", "with spaces", "-x", ""})
    void aRefThatIsMeantToDoHarmIsJustANameThatDoesNotExist(String ref) throws Exception {
        int known = shop.history().size();

        Given.Ran ran = shop.run("deploy", "production", "--ref=" + ref);

        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("There is no branch, tag or commit \"" + ref + "\"", "[source.not-found]");
        assertThat(shop.history()).hasSize(known);
        shop.assertTidy(before);
        assertThat(Path.of("x")).doesNotExist();
        assertThat(shop.repository().resolve("x")).doesNotExist();
    }

    @Test
    void aBranchWithQuotesAndASubstitutionIsDeployedAsAnyOther() throws Exception {
        String branch = "it's-a-\"$(touch${IFS}x)\"-ünïcode";
        try (var git = org.eclipse.jgit.api.Git.open(shop.repository().toFile())) {
            git.branchCreate().setName(branch).call();
        }

        Given.Ran ran = shop.run("deploy", "production", "--ref", branch);

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(shop.history().get(0).get("ref").asText()).isEqualTo(branch);
        assertThat(shop.served(1)).isNotEqualTo(before);
        assertThat(shop.on(1).resolve("current/x")).doesNotExist();
    }
}
