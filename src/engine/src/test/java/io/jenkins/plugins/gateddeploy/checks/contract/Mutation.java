package io.jenkins.plugins.gateddeploy.checks.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * A change to a document.
 *
 * @param name what it is, for the report
 * @param breaks whether old clients break
 * @param change makes it
 */
record Mutation(String name, boolean breaks, Consumer<ObjectNode> change) {

    static Mutation breaking(String name, Consumer<ObjectNode> change) {
        return new Mutation(name, true, change);
    }

    static Mutation harmless(String name, Consumer<ObjectNode> change) {
        return new Mutation(name, false, change);
    }

    @Override
    public String toString() {
        return (breaks ? "breaking: " : "harmless: ") + name;
    }
}
