package io.jenkins.plugins.gateddeploy.jenkins.agent;

import java.util.Objects;

/**
 * Where the connections of a deployment start.
 *
 * @param agent its name; empty for any with the label, or for the controller when there is no label
 * @param label of agents that may take its place; empty for none
 */
public record Start(String agent, String label) {
    public Start {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(label, "label");
    }

    /** {@return any agent with a label} */
    public static Start at(String label) {
        return new Start("", label);
    }

    /** {@return whether that is the controller itself} */
    boolean isOnController() {
        return agent.isEmpty() && label.isEmpty();
    }

    /** {@return the controller itself} */
    public static Start onController() {
        return new Start("", "");
    }
}
