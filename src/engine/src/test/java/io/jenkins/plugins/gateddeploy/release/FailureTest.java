package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What fails on one target is taken back on all. */
class FailureTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private static final String ON_THE_SECOND = "test \"$GATED_DEPLOY_TARGET\" != \"%s\"";

    private static String onTheSecond() {
        return ON_THE_SECOND.formatted(world.name(1)).replace("\"", "\\\"");
    }

    private void assertOldEverywhere(String text) throws Exception {
        assertThat(world.everywhere("version.txt")).containsOnly(text);
        world.assertTidy();
    }

    @Test
    void aTaskThatFailsOnOneTargetSwitchesNone() throws Exception {
        String first = world.succeed("1", "").record().release();
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration("[tasks]\nbad = \"" + onTheSecond() + " || exit 3\"\n"));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(result.record().message()).contains(world.name(1) + ": task bad ended with exit code 3");
        assertThat(result.record().targets()).extracting(TargetOutcome::current).containsOnly(first);
        assertThat(result.record().targets())
                .extracting(TargetOutcome::message)
                .containsExactly("", "task bad ended with exit code 3", "");
        assertThat(world.last()).isEqualTo(result.record());
        assertThat(world.releases(0)).containsExactly(first);
        assertOldEverywhere("1");
        assertThat(world.log()).doesNotContain("Switched to " + result.record().release());
    }

    @Test
    void aSwitchedTaskThatFailsOnOneTargetReturnsAllAndTellsTheServicesOfTheOldRelease() throws Exception {
        String told = "[tasks]\ntell = { run = \"cat version.txt >> ../../told\", at = \"switched\" }\n";
        String first = world.succeed("1", told).record().release();
        world.file("version.txt", "2");
        Result result = world.deploy(
                world.configuration(told + "bad = { run = \"" + onTheSecond() + "\", at = \"switched\" }\n"));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        for (int server : world.servers()) {
            assertThat(world.on(server).resolve("told")).hasContent("121");
        }
        assertThat(result.record().targets()).extracting(TargetOutcome::current).containsOnly(first);
        assertThat(world.releases(2)).containsExactly(first);
        assertOldEverywhere("1");
    }

    @Test
    void aHealthCommandThatFailsOnOneTargetReturnsAll() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        Files.createDirectories(world.on(1));
        Files.writeString(world.on(1).resolve("ill"), "");
        Result result = world.deploy(
                world.configuration(
                        "[health]\nrun = \"test ! -e ../../ill || { echo it is ill >&2; exit 9; }\"\nretries = 2\ninterval = \"10ms\"\n"));

        assertThat(result.record().state()).isEqualTo(State.ROLLED_BACK);
        assertThat(result.record().message()).contains("The health check failed on " + world.name(1), "it is ill");
        assertThat(world.log()).contains("Health check 3 of 3");
        assertOldEverywhere("1");
    }

    @Test
    void aHealthCommandThatHangsIsGivenUp() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        Result result =
                world.deploy(world.configuration("[health]\nrun = \"sleep 600\"\nretries = 0\ntimeout = \"300ms\"\n"));

        assertThat(result.record().state()).isEqualTo(State.ROLLED_BACK);
        assertThat(result.record().message()).contains("no answer within 300 ms");
        assertOldEverywhere("1");
    }

    @Test
    void aWebPageThatIsNotWellOnOneTargetReturnsAll() throws Exception {
        world.succeed("1", "");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String ill = world.server(1).target().host();
        server.createContext("/", exchange -> {
            boolean bad = exchange.getRequestURI().getQuery().contains(ill);
            byte[] body = (bad ? "cannot reach the database" : "all is well").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            for (String from : List.of("host", "target")) {
                world.file("version.txt", "2 from " + from);
                Result result = world.deploy(
                        world.configuration("""
                        [health]
                        http = "http://127.0.0.1:%d/?of={target}"
                        body = "all is w.ll"
                        from = "%s"
                        retries = 1
                        interval = "10ms"
                        """.formatted(server.getAddress().getPort(), from)));

                assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
                assertThat(result.record().message())
                        .contains(world.name(1)
                                + ": expected a body that matches \"all is w.ll\", got \"cannot reach the database\"")
                        .doesNotContain(world.name(0));
                assertOldEverywhere("1");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theVeryFirstDeploymentThatFailsAfterTheSwitchLeavesNothingCurrent() throws Exception {
        world.file("version.txt", "1");
        Result result = world.deploy(world.configuration("[health]\nrun = \"" + onTheFirst() + "\"\nretries = 0\n"));

        assertThat(result.record().state()).isEqualTo(State.ROLLED_BACK);
        for (int server : world.servers()) {
            assertThat(Files.isSymbolicLink(world.current(server))).isFalse();
            assertThat(world.releases(server)).isEmpty();
        }
        assertThat(world.log()).contains("Back to no release at all, as before");
        world.assertTidy();
        world.succeed("2", "");
    }

    private static String onTheFirst() {
        return "test -e ../../nowhere";
    }

    @Test
    void onFailureStopLeavesEverythingForAPersonToLookAt() throws Exception {
        String first = world.succeed("1", "").record().release();
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration(
                "on_failure = \"stop\"\n[tasks]\nbad = { run = \"" + onTheSecond() + "\", at = \"switched\" }\n"));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(world.everywhere("version.txt")).containsOnly("2");
        assertThat(world.releases(0)).containsExactly(first, result.record().release());
        assertThat(world.on(0).resolve(".gated-deploy/lock")).isEmptyDirectory();
        String third = world.succeed("3", "").record().release();
        assertThat(world.releases(0)).contains(first, third);
        world.rollback(world.configuration(""), "previous");
        assertThat(world.everywhere("version.txt")).containsOnly("1");
    }

    @Test
    void undoOnFailureTakesBackWhatWasDoneWhereItWasDoneLastFirst() throws Exception {
        world.succeed("1", "");
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration("""
                [tasks]
                once = { run = "echo did once >> ../../trail", once = true, undo = "echo undid once >> ../../trail", undo_on_failure = true }
                each = { run = "%s && echo did each >> ../../trail", undo = "echo undid each >> ../../trail", undo_on_failure = true }
                kept = { run = "true", undo = "echo undid kept >> ../../trail" }
                """.formatted(onTheSecond())));

        assertThat(result.record().state()).isEqualTo(State.FAILED);
        assertThat(world.on(0).resolve("trail")).hasContent("did once\ndid each\nundid each\nundid once");
        assertThat(world.on(1).resolve("trail")).doesNotExist();
        assertThat(world.on(2).resolve("trail")).hasContent("did each\nundid each");
        assertOldEverywhere("1");
    }

    @Test
    void anOldReleaseWhoseServicesCannotBeToldIsCurrentAgainAllTheSame() throws Exception {
        world.succeed("1", "[tasks]\ntell = { run = \"test -e version.txt -a ! -e ../../deaf\", at = \"switched\" }\n");
        for (int server : world.servers()) {
            Files.writeString(world.on(server).resolve("deaf"), "");
        }
        world.file("version.txt", "2");
        Result result = world.deploy(world.configuration("[health]\nrun = \"exit 1\"\nretries = 0\n"));

        assertThat(result.record().state()).isEqualTo(State.ROLLED_BACK);
        assertThat(world.log()).contains("After going back: A task failed");
        assertOldEverywhere("1");
    }

    @Test
    void somebodyWhoChangesCurrentMeanwhileIsNotOverruled() throws Exception {
        world.succeed("1", "");
        Files.createDirectories(world.release(1, "by-hand"));
        world.file("version.txt", "2");
        world.meddling().before("switch", () -> {
            try {
                Files.delete(world.current(1));
                Files.createSymbolicLink(world.current(1), Path.of("releases/by-hand"));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Result result = world.deploy(world.configuration(""));

        assertThat(result.record().state()).as(world.log()).isEqualTo(State.ROLLED_BACK);
        assertThat(result.record().message()).contains("somebody else changed it");
        assertThat(world.everywhere("version.txt")).containsExactly("1", "(none)", "1");
        assertThat(world.currentRelease(1)).isEqualTo("by-hand");
        world.assertTidy();
    }
}
