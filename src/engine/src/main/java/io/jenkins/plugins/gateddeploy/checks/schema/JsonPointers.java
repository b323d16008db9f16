package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows {@code $ref} within one document: JSON pointers (RFC 6901) and {@code $anchor}. Remembers which places were
 * referred to until somebody reads them.
 */
final class JsonPointers {
    private final JsonDocument document;
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Target> open = new ArrayDeque<>();

    /** A place that is referred to. */
    record Target(String reference, JsonNode node, Location where) {}

    JsonPointers(JsonDocument document) {
        this.document = document;
        collect(document.root());
    }

    private void collect(JsonNode node) {
        JsonNode anchor = node.path("$anchor");
        if (anchor.isTextual()) {
            anchors.putIfAbsent("#" + anchor.textValue(), node);
        }
        JsonNode id = node.path("$id");
        if (id.isTextual() && id.textValue().startsWith("#")) {
            anchors.putIfAbsent(id.textValue(), node);
        }
        node.forEach(this::collect);
    }

    /**
     * {@return the node that a reference leads to, which will be read; empty for one to another document}
     *
     * @throws ProblemException when there is nothing
     */
    Optional<JsonNode> follow(String reference, Location where) throws ProblemException {
        if (!reference.startsWith("#")) {
            return Optional.empty();
        }
        JsonNode node = find(reference);
        if (node.isMissingNode()) {
            throw document.unreadable(where, "$ref " + Words.quote(reference) + " leads nowhere");
        }
        if (seen.add(reference)) {
            open.add(new Target(reference, node, document.where(node, where)));
        }
        return Optional.of(node);
    }

    private JsonNode find(String reference) {
        if (anchors.containsKey(reference)) {
            return anchors.get(reference);
        }
        try {
            String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return document.root().at(JsonPointer.compile(pointer));
        } catch (IllegalArgumentException e) {
            return document.root().path("$ref is no pointer").path("");
        }
    }

    boolean hasNext() {
        return !open.isEmpty();
    }

    /** {@return a place that was referred to and has not been given out} */
    Target next() {
        return open.remove();
    }
}
