package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that starts a run comes late, when the host has sent it again. */
@Timeout(60)
class RunTwiceTest {
    @TempDir
    private Path base;

    private Path own;

    @BeforeEach
    void release() throws Exception {
        RealPrograms.require("sh", "setsid", "timeout");
        own = base.resolve(".gated-deploy");
        Files.createDirectories(own.resolve("lock"));
        Files.createDirectories(own.resolve("run"));
        Files.createDirectories(base.resolve("releases/r"));
        Files.writeString(own.resolve("lock/token"), "{}");
    }

    @Test
    void theSecondOneFollowsWhatTheFirstOneStarted() throws Exception {
        Process first = start("first");
        await().until(() -> Files.exists(base.resolve("started")));

        Process second = start("second");
        await().until(() -> Files.readString(base.resolve("second")).contains("begin build"));
        Files.createFile(base.resolve("go"));

        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(second.exitValue()).isZero();
        assertThat(base.resolve("second")).hasSameBinaryContentAs(base.resolve("first"));
        assertThat(base.resolve("started")).hasContent("once");
    }

    private Process start(String output) throws Exception {
        TaskRun.Step step = new TaskRun.Step(
                "build",
                "echo once >> " + base + "/started; while [ ! -e " + base + "/go ]; do sleep 0.05; done",
                Duration.ofMinutes(1));
        TaskRun run = new TaskRun("1", "r", List.of(step), TaskRun.variables(Map.of()));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        new Commands(new Layout(base.toString()), "token", "deployment")
                                .run(run)
                                .script())
                .redirectErrorStream(true)
                .redirectOutput(base.resolve(output).toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write(run.variables().bytes());
        }
        return process;
    }
}
