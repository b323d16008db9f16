package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one schema of several that hold at once ({@code allOf}, and a {@code $ref} beside other keywords). Where two say
 * different things under one keyword there is no such schema: then the whole is only compared as it is written.
 */
final class JsonSchemaMerge {
    /** References of references; more is a loop, or nothing that a person wrote. */
    private static final int MOST = 200;

    private final JsonPointers pointers;
    private final Set<String> inlined = new HashSet<>();
    private int merged;

    JsonSchemaMerge(JsonPointers pointers) {
        this.pointers = pointers;
    }

    /** {@return the references whose targets have become part of what was made} */
    Set<String> inlined() {
        return Set.copyOf(inlined);
    }

    /** {@return a copy without a keyword} */
    static JsonNode without(JsonNode schema, String keyword) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll((ObjectNode) schema);
        copy.remove(keyword);
        return copy;
    }

    /** {@return the same without {@code allOf} and {@code $ref}; a missing node when that cannot be} */
    JsonNode flatten(JsonNode schema, Location where) throws ProblemException {
        if (!schema.has("allOf") && !schema.has("$ref")) {
            return schema;
        }
        if (++merged > MOST) {
            return MissingNode.getInstance();
        }
        JsonNode whole = without(without(schema, "allOf"), "$ref");
        if (schema.path("$ref").isTextual()) {
            Optional<JsonNode> target = pointers.follow(schema.path("$ref").textValue(), where);
            if (target.isEmpty()) {
                return MissingNode.getInstance();
            }
            inlined.add(schema.path("$ref").textValue());
            whole = both(whole, target.get(), where);
        }
        for (Iterator<JsonNode> parts = schema.path("allOf").iterator(); parts.hasNext() && !whole.isMissingNode(); ) {
            whole = both(whole, parts.next(), where);
        }
        return whole;
    }

    /** {@return a schema that allows what both allow; a missing node when there is none that can be written} */
    JsonNode both(JsonNode one, JsonNode other, Location where) throws ProblemException {
        if (other.isBoolean()) {
            return other.booleanValue() ? one : other;
        }
        if (!one.isObject() || !other.isObject()) {
            return MissingNode.getInstance();
        }
        JsonNode left = flatten(one, where);
        JsonNode right = flatten(other, where);
        if (!left.isObject() || !right.isObject()) {
            return MissingNode.getInstance();
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.setAll((ObjectNode) left);
        for (Map.Entry<String, JsonNode> entry : right.properties()) {
            JsonNode value = join(entry.getKey(), whole.path(entry.getKey()), entry.getValue());
            if (value.isMissingNode()) {
                return value;
            }
            whole.set(entry.getKey(), value);
        }
        return whole;
    }

    private JsonNode join(String keyword, JsonNode one, JsonNode other) {
        if (one.isMissingNode() || one.equals(other)) {
            return other;
        }
        return switch (keyword) {
            case "required" -> lists(one, other);
            case "properties" -> properties(one, other);
            case "title", "description", "$comment", "examples", "default", "$id", "$schema" -> one;
            default -> MissingNode.getInstance();
        };
    }

    private static JsonNode lists(JsonNode one, JsonNode other) {
        if (!one.isArray() || !other.isArray()) {
            return MissingNode.getInstance();
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.addAll((ArrayNode) one).addAll((ArrayNode) other);
        return all;
    }

    private static JsonNode properties(JsonNode one, JsonNode other) {
        if (!one.isObject() || !other.isObject()) {
            return MissingNode.getInstance();
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.setAll((ObjectNode) one);
        for (Map.Entry<String, JsonNode> entry : other.properties()) {
            if (all.has(entry.getKey()) && !all.get(entry.getKey()).equals(entry.getValue())) {
                return MissingNode.getInstance();
            }
            all.set(entry.getKey(), entry.getValue());
        }
        return all;
    }
}
