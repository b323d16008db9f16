package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The servers and how everybody reaches them.
 *
 * @param directory for whatever a contender needs on this machine
 * @param fleet the servers
 * @param child other programs
 */
record Site(Path directory, OpenSshFleet fleet, Child child) {

    /** {@return a directory on every server, by its name there} */
    Path there(String name) {
        return fleet.path().resolve(name);
    }

    /** {@return that directory of one server, by its name here} */
    Path here(int server, String name) {
        return fleet.viewFromOutside(server).resolve(name);
    }

    /** {@return the first servers} */
    List<Target> targets(int count) {
        return fleet.targets().subList(0, count);
    }

    /** {@return OpenSSH's client with its options, up to where the server is named} */
    List<String> options(String program) {
        return List.of(
                program,
                "-F",
                "none",
                "-q",
                "-i",
                fleet.identity().toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + fleet.knownHosts());
    }

    /** {@return the same as one line for a shell} */
    String line(String program) {
        return options(program).stream().map(Shell::quote).collect(Collectors.joining(" "));
    }

    /** {@return user and host, as ssh, scp and rsync name a server} */
    static String login(Target target) {
        return target.user() + "@" + target.host();
    }

    /** {@return targets as deploy.toml lists them} */
    String listed(int count) {
        return targets(count).stream()
                .map(t -> "\"" + t.user() + "@" + t.host() + ":" + t.port() + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
