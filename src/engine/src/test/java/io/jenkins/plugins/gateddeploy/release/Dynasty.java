package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Hosts with the same home, one after the other, of which some are killed.
 *
 * @param world where they deploy to
 * @param directory for the home
 */
record Dynasty(World world, Path directory) {
    static final String SLOW = """
            [tasks]
            build = "echo building; sleep 1; cp version.txt built"
            restart = { run = "echo restarting; sleep 1; cat version.txt >> ../../told", at = "switched" }
            [health]
            run = "test -s built"
            """;
    static final String QUICK = """
            [tasks]
            build = "cp version.txt built"
            restart = { run = "cat version.txt >> ../../told", at = "switched" }
            """;

    private Path home() {
        return directory.resolve("home-" + world.appName());
    }

    /** {@return the next one} */
    Host host() {
        return new Host(home(), world.fleet().knownHosts(), world.fleet().credential());
    }

    /** Deploys a version, all well. */
    void release(String version) throws Exception {
        world.file("version.txt", version);
        try (Host host = host()) {
            Result result = host.deploy(world.configuration(QUICK), world.version());
            assertThat(result.record().state()).as(host.log()).isEqualTo(State.SUCCEEDED);
        }
    }

    /** Runs a host up to a moment, and kills it there. */
    void die(String doing, String moment) throws Exception {
        Path toml = directory.resolve(world.appName() + ".toml");
        Files.writeString(toml, world.deployToml(SLOW, world.fleet().targets()));
        Process process = HostProcess.builder(
                        home().toString(),
                        world.fleet().knownHosts().toString(),
                        world.fleet().identity().toString(),
                        OpenSshServer.user(),
                        world.app().toString(),
                        toml.toString(),
                        doing,
                        moment)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).as(moment).isEqualTo(HostProcess.THERE);
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** {@return the attempts, the last first} */
    List<DeploymentRecord> history(Host host) {
        return host.history().list(Filter.of(world.appName(), "production", 9));
    }

    void assertServed(String version) throws Exception {
        assertThat(world.everywhere("version.txt")).containsOnly(version);
        assertThat(world.everywhere("built")).containsOnly(version);
    }
}
