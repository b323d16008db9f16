package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Contender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command, started anew each time by its launcher. */
final class ColdCommand {
    static final String NAME = "Gated Deploy, `gated-deploy` from cold";

    private final Site site;
    private final Path launcher;

    /** @param launcher the script beside the jar */
    ColdCommand(Site site, Path launcher) {
        this.site = site;
        this.launcher = launcher;
    }

    /** {@return deploys commits of a repository} */
    Contender pulling(int count, Path repository) throws IOException {
        String directory = "command-" + count;
        Path config = write(directory, DeployToml.pulled(site, count, site.there(directory), repository));
        return new Contender() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public String directory() {
                return directory;
            }

            @Override
            public void deploy(String commit) throws Exception {
                run(config, Map.of(), "deploy", "production", "--ref", commit);
            }

            @Override
            public void rollback() throws Exception {
                run(config, Map.of(), "rollback", "production");
            }
        };
    }

    /** Deploys the files of a folder. */
    void push(String name, String toml, Path folder) throws Exception {
        run(write(name, toml), Map.of(), "deploy", "production", "--source", folder.toString());
    }

    /**
     * Deploys the files of a folder with little memory.
     *
     * @param heap for {@code -Xmx}
     * @return the most memory that the process had resident, in KB
     */
    long pushWithin(String heap, String name, String toml, Path folder) throws Exception {
        List<String> command =
                command(write(name, toml), List.of("deploy", "production", "--source", folder.toString()));
        Child.Running running =
                site.child().start(command, site.directory(), Map.of("GATED_DEPLOY_JAVA_OPTS", "-Xmx" + heap), 0);
        Path status = Path.of("/proc", Long.toString(running.process().pid()), "status");
        long peak = 0;
        while (running.process().isAlive()) {
            peak = Math.max(peak, highWater(status));
            Thread.sleep(20);
        }
        running.finish();
        return peak;
    }

    private static long highWater(Path status) {
        try {
            return new String(Files.readAllBytes(status), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }

    private Path write(String name, String toml) throws IOException {
        Path directory =
                Files.createDirectories(site.directory().resolve("command").resolve(name));
        return Files.writeString(directory.resolve("deploy.toml"), toml);
    }

    private void run(Path config, Map<String, String> environment, String... arguments) throws Exception {
        site.child().run(command(config, List.of(arguments)), site.directory(), environment);
    }

    private List<String> command(Path config, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "--config",
                config.toString(),
                "--home",
                site.directory().resolve("command/home").toString(),
                "--identity",
                site.fleet().identity().toString(),
                "--known-hosts",
                site.fleet().knownHosts().toString()));
        command.addAll(arguments);
        return command;
    }
}
