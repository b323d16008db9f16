package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command is killed, interrupted, or started twice; the servers are real. */
class PackagedFaultsIT {
    /** Of noise in a version, and how much of it gets through when that is held up. */
    private static final int LARGE = 3_000_000;

    private static final int HALF = 2_000_000;

    @TempDir
    private static Path directory;

    private static Shop shop;
    /** To the third server. */
    private static Narrows way;

    private static HttpServer web;
    private static ExecutorService answering;

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile CountDownLatch answer = new CountDownLatch(0);

    private Process process;
    private Path output;

    @BeforeAll
    static void start() throws Exception {
        shop = new Shop(directory, 3);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answering = Executors.newCachedThreadPool();
        web.setExecutor(answering);
        web.createContext("/", PackagedFaultsIT::answer);
        web.start();
        way = new Narrows(
                shop.fleet.targets().get(2).host(), shop.fleet.server(2).port());
        Files.writeString(
                shop.fleet.knownHosts(),
                "[127.0.0.1]:" + way.port() + " "
                        + shop.fleet.server(2).hostKeyLines().get(0) + "\n",
                StandardOpenOption.APPEND);
        List<String> targets = List.of(
                Shop.address(shop.fleet.targets().get(0)),
                Shop.address(shop.fleet.targets().get(1)),
                shop.fleet.targets().get(2).user() + "@127.0.0.1:" + way.port());
        String sections = """
                [tasks]
                build = "%s"
                migrate = { run = "%s", once = true }
                restart = { run = "%s", at = "switched" }
                [health]
                http = "http://127.0.0.1:%d/?of={target}"
                retries = 0
                timeout = "2m"
                """.formatted(
                        task("build"),
                        task("migrate"),
                        task("restart"),
                        web.getAddress().getPort());
        shop.configure(sections, targets, "");
        shop.succeed();
    }

    /** Says that it is there, and stays until it may go on; nothing that a test starts stays for ever. */
    private static String task(String name) {
        return "touch ../../at-" + name + "; n=0; while [ -e ../../hold-" + name
                + " -a $n -lt 1200 ]; do n=$((n+1)); sleep 0.05; done";
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ASKED.incrementAndGet();
            answer.await();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        if (way != null) {
            way.close();
        }
        if (web != null) {
            answering.shutdownNow();
            web.stop(0);
        }
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void fresh() throws Exception {
        letGo();
        ASKED.set(0);
        for (int server : shop.servers()) {
            for (String name : List.of("build", "migrate", "restart")) {
                Files.deleteIfExists(shop.on(server).resolve("at-" + name));
            }
        }
    }

    @AfterEach
    void letGo() throws Exception {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        answer.countDown();
        way.cut();
        shop.fleet.servers().forEach(server -> server.resume());
        for (int server : shop.servers()) {
            for (String name : List.of("build", "migrate", "restart")) {
                Files.deleteIfExists(shop.on(server).resolve("hold-" + name));
            }
        }
    }

    private static void hold(String task, int... servers) throws IOException {
        for (int server : servers) {
            Files.writeString(shop.on(server).resolve("hold-" + task), "");
        }
    }

    private static void holdAnswers() {
        answer = new CountDownLatch(1);
    }

    private static boolean reached(String task, int server) {
        return Files.exists(shop.on(server).resolve("at-" + task));
    }

    private static boolean locked(int server) throws IOException {
        return !Shop.names(shop.on(server).resolve(".gated-deploy/lock")).isEmpty();
    }

    private Process launch(String name, String... arguments) throws IOException {
        output = directory.resolve("output-of-" + name);
        return launch(output, shop.options(arguments));
    }

    /** Keeps no classes for the next start: what makes them ready would outlive the test. */
    private static Process launch(Path output, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(Path.of("target", "gated-deploy")
                                .toAbsolutePath()
                                .toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("GATED_DEPLOY_NO_CACHE", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** Waits for a moment; a process that ended before it failed. */
    private void until(Callable<Boolean> there) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(3))
                .failFast("the command ended before", () -> !process.isAlive())
                .untilAsserted(
                        () -> assertThat(there.call()).as(() -> read(output)).isTrue());
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.onExit().orTimeout(2, java.util.concurrent.TimeUnit.MINUTES))
                .succeedsWithin(Duration.ofMinutes(2));
        return process.waitFor();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Starts a deployment of the next version and brings it to a moment, where it stays. */
    private void deployUntil(String moment) throws Exception {
        String served = shop.served(0);
        switch (moment) {
            case "locking" -> {
                shop.fleet.server(2).pause();
                process = launch(moment, "deploy", "production");
                until(() -> locked(0) && locked(1));
            }
            case "pushing files" -> {
                way.narrow(HALF);
                process = launch(moment, "deploy", "production");
                until(way::isStuck);
            }
            case "prepare task" -> {
                hold("build", 0, 1, 2);
                process = launch(moment, "deploy", "production");
                until(() -> reached("build", 0) && reached("build", 1) && reached("build", 2));
            }
            case "switch" -> {
                hold("migrate", 0);
                process = launch(moment, "deploy", "production");
                until(() -> reached("migrate", 0));
                shop.fleet.server(2).pause();
                Files.delete(shop.on(0).resolve("hold-migrate"));
                until(() -> !shop.served(0).equals(served) && !shop.served(1).equals(served));
            }
            case "switched task" -> {
                hold("restart", 0, 1, 2);
                process = launch(moment, "deploy", "production");
                until(() -> reached("restart", 0) && reached("restart", 1) && reached("restart", 2));
            }
            case "health" -> {
                holdAnswers();
                process = launch(moment, "deploy", "production");
                until(() -> ASKED.get() == 3);
            }
            case "end" -> {
                holdAnswers();
                process = launch(moment, "deploy", "production");
                until(() -> ASKED.get() == 3);
                shop.fleet.server(2).pause();
                answer.countDown();
                until(() -> !locked(0) && !locked(1));
            }
            default -> throw new IllegalArgumentException(moment);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "locking, deploy, INTERRUPTED",
        "pushing files, unlock, INTERRUPTED",
        "prepare task, deploy, INTERRUPTED",
        "switch, deploy, INTERRUPTED",
        "switched task, unlock, INTERRUPTED",
        "health, deploy, INTERRUPTED",
        "end, unlock, SUCCEEDED"
    })
    void killedAtAnyMomentItLeavesWholeTargetsAndTheNextOneSettlesWhatItLeft(
            String moment, String next, String expected) throws Exception {
        String before = shop.served(0);
        String killed = shop.commit(moment.equals("pushing files") ? LARGE : 0);
        deployUntil(moment);

        process.destroyForcibly().onExit().join();

        assertThat(process.exitValue()).as("killed").isEqualTo(128 + 9);
        for (int server : shop.servers()) {
            assertThat(shop.served(server)).isIn(before, killed);
        }
        int number = shop.history().get(0).get("number").asInt();
        letGo();
        String now = next.equals("deploy") ? shop.commit() : expected.equals("SUCCEEDED") ? killed : before;
        process = launch(next, next, "production");

        assertThat(end(process)).as(() -> read(output)).isZero();
        shop.assertTidy(now);
        JsonNode attempt = shop.history().stream()
                .filter(d -> d.get("number").asInt() == number)
                .findFirst()
                .orElseThrow();
        assertThat(attempt.get("state").asText()).isEqualTo(expected);
        assertThat(attempt.get("ended").isNull()).isFalse();
        assertThat(attempt.get("targets")).hasSize(3);
        assertThat(shop.history().get(0).get("state").asText())
                .isEqualTo(next.equals("deploy") ? "SUCCEEDED" : expected);
    }

    @Test
    void interruptedInATaskItStopsCleanlyAndSaysSoEverywhere() throws Exception {
        String before = shop.served(0);
        shop.commit();
        deployUntil("prepare task");

        Interruption.of(process);

        assertThat(end(process)).as(() -> read(output)).isEqualTo(4);
        assertThat(output).content().contains("Stopping cleanly", "cancelled");
        shop.assertTidy(before);
        JsonNode attempt = shop.history().get(0);
        assertThat(attempt.get("state").asText()).isEqualTo("CANCELLED");
        for (int server : shop.servers()) {
            List<JsonNode> ended = shop.ended(server);
            assertThat(ended.get(ended.size() - 1).get("outcome").asText()).isEqualTo("CANCELLED");
            assertThat(shop.on(server).resolve(".gated-deploy/journal"))
                    .content()
                    .contains(attempt.get("id").asText() + " end CANCELLED ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "another-home"})
    void ofTwoAtTheSameMomentOneDeploysAndTheOtherSaysWhoHoldsTheLock(String home) throws Exception {
        String text = shop.commit();
        hold("build", 0, 1, 2);
        process = launch("the first", "deploy", "production");
        Path first = output;
        String where = directory.resolve(home).toString();
        Process second = launch("the second", "deploy", "production", "--home", where);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> !(process.isAlive() && second.isAlive()));
            Process loser = process.isAlive() ? second : process;
            Process winner = process.isAlive() ? process : second;
            Path complaint = process.isAlive() ? output : first;

            assertThat(loser.waitFor()).as(() -> read(complaint)).isEqualTo(5);
            assertThat(complaint)
                    .content()
                    .contains("Somebody else is deploying to ", "Deploy HEAD of shop to production, since ")
                    .containsPattern("process " + winner.pid() + " on [^ /]+\\), last sign of life");
            assertThat(winner.isAlive()).isTrue();
            for (int server : shop.servers()) {
                Files.delete(shop.on(server).resolve("hold-build"));
            }
            assertThat(end(winner)).as(() -> read(first) + read(output)).isZero();
        } finally {
            second.destroyForcibly().onExit().join();
        }
        shop.assertTidy(text);
    }
}
