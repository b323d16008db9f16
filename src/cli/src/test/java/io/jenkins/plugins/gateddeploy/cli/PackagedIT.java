package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar and its launcher as they were packaged, in processes of their own. */
class PackagedIT {
    private static final Path LAUNCHER = Path.of("target", "gated-deploy").toAbsolutePath();

    @TempDir
    private Path directory;

    private Path output;
    private Path temporary;

    @BeforeEach
    void makePlace() throws IOException {
        output = directory.resolve("output");
        temporary = Files.createDirectories(directory.resolve("tmp"));
    }

    /** Starts a command that can keep nothing for the next start. */
    private Process start(String... arguments) throws IOException {
        return start(output.resolve("below-a-file"), arguments);
    }

    private Process start(Path cache, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("XDG_CACHE_HOME", cache.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private int end(Process process) throws Exception {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void saysItsVersion() throws Exception {
        assertThat(end(start("--version"))).isZero();
        assertThat(output).content().contains("gated-deploy 1.").contains("Java");
    }

    @Test
    void playsTheDemoAndLeavesNothingBehind() throws Exception {
        Path cache = directory.resolve("cache");
        assertThat(end(start(cache, "demo"))).as(() -> read(output)).isZero();
        assertThat(output)
                .content()
                .contains("Hello from v1", "Hello from v3", "#2 rolled back", "#4 succeeded", "rollback");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        keepsClassesForTheNextStart(cache);
    }

    @Test
    void keepsTheDemosServersForJenkinsUntilAnInterrupt() throws Exception {
        Process process = start("demo", "--stay");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> read(output).contains("3. Build it"));

        Path repository;
        try (Stream<Path> there = Files.list(temporary)) {
            repository = there.filter(file -> file.getFileName().toString().startsWith("gated-deploy-demo-"))
                    .findFirst()
                    .orElseThrow()
                    .resolve("hello.git");
        }
        Configuration configuration =
                DeployFile.read(repository.resolve("deploy.toml")).configuration("production");
        assertThat(configuration.targets())
                .hasSize(3)
                .allSatisfy(target -> assertThat(target.hostKeys()).hasSize(1));
        assertThat(configuration.approval()).isPresent();
        assertThat(repository.resolve("Jenkinsfile")).content().contains("holdForApproval");

        Interruption.of(process);

        assertThat(end(process)).as(() -> read(output)).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    private void keepsClassesForTheNextStart(Path cache) throws Exception {
        Awaitility.await().atMost(300, TimeUnit.SECONDS).until(() -> {
            try (Stream<Path> kept = Files.list(cache.resolve("gated-deploy"))) {
                List<String> names =
                        kept.map(path -> path.getFileName().toString()).toList();
                return names.size() == 1 && names.get(0).endsWith(".jsa");
            }
        });
        assertThat(end(start(cache, "--version"))).isZero();
        assertThat(output).content().contains("gated-deploy 1.");
    }

    @Test
    void endsCleanlyWithFourAtAnInterrupt() throws Exception {
        try (Given given = new Given(directory, 2)) {
            Path started = directory.resolve("started");
            given.configure("[tasks]\nwait = \"touch " + started + "; sleep 100\"\n");
            Process process = start(given.options("deploy", "production"));
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(started));

            Interruption.of(process);

            assertThat(end(process)).as(() -> read(output)).isEqualTo(4);
            assertThat(output).content().contains("cancelled");
            try (Stream<Path> locks = Files.list(given.disk(1).resolve("srv/shop/.gated-deploy/lock"))) {
                assertThat(locks).isEmpty();
            }
            assertThat(given.current(1)).doesNotExist();
            assertThat(given.run("history", "--json")
                            .json()
                            .at("/deployments/0/state")
                            .asText())
                    .isEqualTo("CANCELLED");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
