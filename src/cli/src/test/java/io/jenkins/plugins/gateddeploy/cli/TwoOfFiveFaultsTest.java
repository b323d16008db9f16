package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something fails on two of five servers, while they can be reached: what the command says and how it ends. */
class TwoOfFiveFaultsTest {
    private static final List<Integer> ILL = List.of(1, 3);

    @TempDir
    private static Path directory;

    private static Shop shop;

    private String before;
    private String text;

    @BeforeAll
    static void start() throws Exception {
        shop = new Shop(directory, 5);
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void deploySomething() throws Exception {
        shop.configure("");
        before = shop.succeed();
        text = shop.commit();
    }

    /** {@return a script that runs on the two alone} */
    private static String onTwo(String script) {
        return "case $GATED_DEPLOY_TARGET in '" + shop.name(1) + "'|'" + shop.name(3) + "') " + script + ";; esac";
    }

    private static String breaking(String phase) {
        return switch (phase) {
            case "prepare task" -> "[tasks]\nbad = \"" + onTwo("exit 3") + "\"\n";
            // A directory where the new link is made first.
            case "switch" ->
                "[tasks]\nbad = \""
                        + onTwo("mkdir ../../.gated-deploy/way.$(ls ../../.gated-deploy/lock)/current")
                        + "\"\n";
            case "switched task" -> "[tasks]\nbad = { run = \"" + onTwo("exit 3") + "\", at = \"switched\" }\n";
            case "health" -> "[health]\nrun = \"! test -e ../../ill\"\nretries = 1\ninterval = \"10ms\"\n";
            default -> throw new IllegalArgumentException(phase);
        };
    }

    private void assertEnded(Given.Ran ran, String state, String... said) throws Exception {
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
        List<String> lines = ran.out().lines().toList();
        String last = lines.get(lines.size() - 1);
        assertThat(last).contains(said).contains(shop.name(1), shop.name(3)).doesNotContain(shop.name(0));
        JsonNode attempt = shop.history().get(0);
        assertThat(attempt.get("state").asText()).isEqualTo(state);
        String current = Files.readSymbolicLink(shop.on(0).resolve("current"))
                .getFileName()
                .toString();
        for (int server : shop.servers()) {
            boolean ill = ILL.contains(server);
            String line = lines.get(lines.size() - 6 + server);
            assertThat(line).contains(shop.name(server));
            JsonNode outcome = attempt.get("targets").get(server);
            assertThat(outcome.get("message").asText().isEmpty()).isEqualTo(!ill);
            if (!outcome.get("current").asText().isEmpty()) {
                assertThat(line).contains("current " + current);
                assertThat(outcome.get("current").asText()).isEqualTo(current);
            }
        }
        shop.assertTidy(before);
    }

    @ParameterizedTest
    @CsvSource({
        "prepare task, FAILED, task bad ended with exit code 3",
        "switch, ROLLED_BACK, cannot switch",
        "switched task, ROLLED_BACK, task bad ended with exit code 3",
        "health, ROLLED_BACK, The health check failed on"
    })
    void allStayWithWhatTheyHad(String phase, String state, String said) throws Exception {
        shop.configure(breaking(phase));
        for (int server : ILL) {
            Files.writeString(shop.on(server).resolve("ill"), "");
        }
        try {
            assertEnded(shop.run("deploy", "production"), state, said);
        } finally {
            for (int server : ILL) {
                Files.delete(shop.on(server).resolve("ill"));
            }
        }
    }

    @Test
    void thatAreAwayRefuseBeforeAnythingIsChanged() throws Exception {
        ILL.forEach(server -> shop.fleet.server(server).kill());
        Given.Ran ran;
        try {
            ran = shop.run("deploy", "production");
        } finally {
            ILL.forEach(server -> shop.fleet.server(server).restart());
        }

        assertEnded(ran, "FAILED", "refused");
        assertThat(ran.out()).doesNotContain("Sending ");
    }

    @Test
    void thatCannotTakeFilesKeepTheOthersFromSwitching() throws Exception {
        for (int server : ILL) {
            shop.ssh(server, "mount -t tmpfs -o ro tmpfs " + shop.base() + "/.gated-deploy/incoming");
        }
        Given.Ran ran;
        try {
            ran = shop.run("deploy", "production");
        } finally {
            for (int server : ILL) {
                shop.ssh(server, "umount " + shop.base() + "/.gated-deploy/incoming");
            }
        }

        assertEnded(ran, "FAILED", "Receiving files failed on");
    }

    @Test
    void thatCannotWriteDownTheEndAreNamed() throws Exception {
        String keep = "cd ../../.gated-deploy && mv releases.jsonl kept && mkdir releases.jsonl";
        shop.configure("[tasks]\nbad = { run = \"" + onTwo(keep) + "\", at = \"switched\" }\n");
        Given.Ran ran;
        try {
            ran = shop.run("deploy", "production");
        } finally {
            for (int server : ILL) {
                Path own = shop.on(server).resolve(".gated-deploy");
                Files.delete(own.resolve("releases.jsonl"));
                Files.move(own.resolve("kept"), own.resolve("releases.jsonl"));
            }
        }

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        List<String> lines = ran.out().lines().toList();
        assertThat(lines.get(lines.size() - 1)).contains("succeeded");
        JsonNode targets = shop.history().get(0).get("targets");
        for (int server : shop.servers()) {
            boolean ill = ILL.contains(server);
            assertThat(lines.get(lines.size() - 6 + server).contains("releases.jsonl"))
                    .isEqualTo(ill);
            assertThat(targets.get(server).get("message").asText().contains("cannot write"))
                    .isEqualTo(ill);
        }
        shop.assertTidy(text);
    }
}
