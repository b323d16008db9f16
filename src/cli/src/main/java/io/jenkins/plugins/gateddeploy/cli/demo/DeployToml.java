package io.jenkins.plugins.gateddeploy.cli.demo;

import io.jenkins.plugins.gateddeploy.embedded.EmbeddedServer;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** The deploy.toml of the demo. */
final class DeployToml {
    /** The id that the servers' key is to have in Jenkins. */
    static final String CREDENTIAL = "demo-ssh";

    private DeployToml() {}

    /** {@return one that needs no file of this machine: the keys of the servers are in it, theirs is in Jenkins} */
    static String forJenkins(Path directory, Servers servers) {
        String targets = servers.all().stream()
                .map(server -> "{ host = \"demo@" + server.name() + "\", host_key = \""
                        + server.ssh().hostKeyLine() + "\" }")
                .collect(Collectors.joining(",\n    ", "[\n    ", ",\n]"));
        return of(directory, servers).replaceFirst("targets = \\[.*]", Matcher.quoteReplacement("targets = " + targets))
                + "credentials = \"" + CREDENTIAL + "\"\napproval = { timeout = \"1h\", author_may_approve = true }\n";
    }

    static String of(Path directory, Servers servers) {
        String targets = servers.all().stream()
                .map(server -> "\"demo@" + server.name() + "\"")
                .collect(Collectors.joining(", "));
        return """
                app = "hello"

                [source]
                repository = "%s"

                [release]
                path = "%s/%s"   # each server's own disk
                keep = 5
                shared = ["log/"]

                [tasks]
                build  = "echo building >build.txt"
                notice = { run = "echo $GATED_DEPLOY_RELEASE >>log/restarts", at = "switched" }

                [health]
                http = "http://{target}:%d/health"
                interval = "100ms"
                retries = 2

                [environments.production]
                targets = [%s]
                """.formatted(
                        directory.resolve("hello.git"),
                        EmbeddedServer.ROOT,
                        Server.APPLICATION,
                        servers.all().get(0).web().getAddress().getPort(),
                        targets);
    }
}
