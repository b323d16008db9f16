package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.model.Item;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reaches servers from where a deployment starts.
 *
 * @param start where that is
 * @param controller reaches them from the controller
 * @param knownHosts the files with the keys of known hosts, whose text travels to the agent
 * @param say takes a sentence when another place takes over
 * @param job in whose name an executor is taken when only a label is given; empty to take none
 */
public record AgentConnector(
        Start start, Targets.Connector controller, List<Path> knownHosts, Consumer<String> say, Optional<Item> job)
        implements Targets.Connector {
    /** How long an agent may stay away; less than what the engine waits for a lost server. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Override
    public Targets open(Targets.Access access) {
        if (start.isOnController()) {
            return controller.open(access);
        }
        return new RoutedTargets(new Route(start, job, PATIENCE, say), new Opening(access, text()), controller);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        try {
            for (Path file : knownHosts) {
                text.append(Files.exists(file) ? Files.readString(file) + "\n" : "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the keys of known hosts: " + e.getMessage(), e);
        }
        return text.toString();
    }
}
