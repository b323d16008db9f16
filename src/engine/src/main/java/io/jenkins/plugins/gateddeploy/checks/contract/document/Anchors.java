package io.jenkins.plugins.gateddeploy.checks.contract.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The values of a YAML document that have a name, so that an alias can stand for them. JSON has none. */
final class Anchors {
    private final boolean yaml;
    private final Map<String, Node> named = new HashMap<>();

    Anchors(boolean yaml) {
        this.yaml = yaml;
    }

    boolean areKnown() {
        return yaml;
    }

    boolean isAlias(JsonParser parser) {
        return yaml && parser instanceof YAMLParser p && p.isCurrentAlias();
    }

    /** {@return the name of the value that the parser is at; null when it has none} */
    String anchor(JsonParser parser) throws IOException {
        return yaml && parser.getObjectId() instanceof String name ? name : null;
    }

    /** Names a value that is complete; until then, and so within itself, an alias for it leads nowhere. */
    void remember(String name, Node node) {
        if (name != null) {
            named.put(name, node);
        }
    }

    /** {@return the value of that name; null when there is none (yet)} */
    Node find(String name) {
        return named.get(name);
    }
}
