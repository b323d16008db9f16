package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several that take over one lock at the same moment. */
class TakeOverTest {
    @TempDir
    private Path base;

    private Path locks;

    @BeforeEach
    void lock() throws Exception {
        RealPrograms.require("sh");
        locks = Files.createDirectories(base.resolve(".gated-deploy/lock"));
        Files.writeString(locks.resolve("old"), "{}");
    }

    @Test
    void theLockIsOursWithOurNameInIt() throws Exception {
        assertThat(run("")).isZero();
        assertThat(names()).containsExactly("token");
        assertThat(locks.resolve("token")).hasContent("us");
    }

    /** A third one comes just after we have the lock, or just before our name is in it. */
    @ParameterizedTest
    @ValueSource(strings = {"old", "token"})
    void isNoSecondLockWhenAThirdOneTakesItFromUs(String moved) throws Exception {
        String rival = "command mv -T '" + locks + "/token' '" + locks + "/rival'";
        String meddling = moved.equals("old")
                ? "mv() { command mv \"$@\"; case $2 in */lock/old) " + rival + " ;; esac; }\n"
                : "mv() { case $2 in */lock.token) " + rival + " ;; esac; command mv \"$@\"; }\n";

        assertThat(run(meddling)).isEqualTo(75);
        assertThat(names()).containsExactly("rival");
        assertThat(base.resolve(".gated-deploy/lock.token")).doesNotExist();
    }

    private int run(String before) throws Exception {
        String script = new Commands(new Layout(base.toString()), "token", "deployment")
                .takeOver("old", true, Duration.ofMinutes(1), "us")
                .script();
        return new ProcessBuilder("sh", "-c", before + script)
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("output").toFile())
                .start()
                .waitFor();
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(locks)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
