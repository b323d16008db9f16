package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows a task is woken at its end. */
class FollowTest {
    @TempDir
    private Path base;

    /** Its clock stands still here; and as long as anybody has an output open, the connection waits for more. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsWithTheTaskAndNotWithTheNextLook() throws Exception {
        RealPrograms.require("sh", "setsid", "timeout");
        Files.createDirectories(base.resolve(".gated-deploy/lock"));
        Files.createDirectories(base.resolve(".gated-deploy/run"));
        Files.createDirectories(base.resolve("releases/r"));
        Files.writeString(base.resolve(".gated-deploy/lock/token"), "{}");
        TaskRun run = new TaskRun(
                "1",
                "r",
                List.of(new TaskRun.Step("build", "echo built", Duration.ofMinutes(1))),
                TaskRun.variables(Map.of()));
        String script = new Commands(new Layout(base.toString()), "token", "deployment")
                .run(run)
                .script();
        Process process = new ProcessBuilder("sh", "-c", "sleep() { command sleep 90; }\n" + script).start();
        try (var in = process.getOutputStream()) {
            in.write(run.variables().bytes());
        }

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("built", "exit build 0");
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
