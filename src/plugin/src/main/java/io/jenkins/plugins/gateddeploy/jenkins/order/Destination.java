package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Label;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Where an order goes: an environment of a deploy.toml, reached from some agent. */
public final class Destination implements Serializable {
    private static final long serialVersionUID = 1;

    private final String environment;
    private final String config;
    private final String label;

    /**
     * A destination.
     *
     * @param environment of deploy.toml
     * @param config path of deploy.toml in the workspace, or in the build's revision
     * @param label of the agent from which targets are reached; empty for that of the surrounding {@code node}, else the
     *     controller
     */
    public Destination(String environment, String config, String label) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.config = Objects.requireNonNull(config, "config");
        this.label = Objects.requireNonNull(label, "label");
    }

    /** {@return the same, with its texts changed} */
    public Destination with(UnaryOperator<String> change) {
        return new Destination(change.apply(environment), change.apply(config), change.apply(label));
    }

    /** {@return the same, in another environment} */
    Destination in(String other) {
        return new Destination(other, config, label);
    }

    /** {@return the environment of deploy.toml} */
    String environment() {
        return environment;
    }

    /** {@return the path of deploy.toml, relative} */
    String config() {
        return config;
    }

    /** {@return the site, with connections that start on an agent with the label, if there is one} */
    Site from(Site site) {
        Label wanted = label.isEmpty() ? null : Label.get(label);
        boolean isThere = wanted == null
                || wanted.getNodes().stream()
                        .anyMatch(n -> n.getNodeName().equals(site.start().agent()));
        return isThere ? site : site.at(label);
    }
}
