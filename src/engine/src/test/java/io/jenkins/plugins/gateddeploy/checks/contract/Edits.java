package io.jenkins.plugins.gateddeploy.checks.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What is done to a document's tree, at places named by JSON pointers (RFC 6901). */
final class Edits {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Edits() {}

    /** Null is a type there, and an exclusive limit a number. */
    static void asVersion31(ObjectNode document) {
        document.put("openapi", "3.1.0");
        eachTable(document, table -> {
            if (!table.path("nullable").isBoolean()) {
                return;
            }
            boolean nullable = table.remove("nullable").booleanValue();
            if (nullable && table.path("type").isTextual()) {
                String type = table.get("type").textValue();
                table.putArray("type").add(type).add("null");
            } else if (nullable) {
                ObjectNode choice = table.deepCopy();
                table.removeAll();
                ArrayNode alternatives = table.putArray("anyOf");
                alternatives.add(choice);
                alternatives.add(schema("null"));
            }
        });
    }

    static Consumer<ObjectNode> remove(String at, String key) {
        return document -> {
            if (((ObjectNode) document.at(at)).remove(key) == null) {
                throw new IllegalStateException(at + " has no " + key);
            }
        };
    }

    static Consumer<ObjectNode> put(String at, String key, JsonNode value) {
        return document -> ((ObjectNode) document.at(at)).set(key, value.deepCopy());
    }

    static Consumer<ObjectNode> add(String at, JsonNode value) {
        return document -> ((ArrayNode) document.at(at)).add(value.deepCopy());
    }

    /** @param value null to remove the item */
    static Consumer<ObjectNode> item(String at, int index, JsonNode value) {
        return document -> {
            ArrayNode list = (ArrayNode) document.at(at);
            if (value == null) {
                list.remove(index);
            } else {
                list.set(index, value);
            }
        };
    }

    static Consumer<ObjectNode> rename(String at, String from, String to) {
        return document -> {
            ObjectNode table = (ObjectNode) document.at(at);
            table.set(to, table.remove(from));
        };
    }

    static void eachTable(JsonNode node, Consumer<ObjectNode> change) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        children.forEach(child -> eachTable(child, change));
        if (node instanceof ObjectNode table) {
            change.accept(table);
        }
    }

    static void shuffleKeys(JsonNode node, Random random) {
        eachTable(node, table -> {
            List<String> names = new ArrayList<>();
            table.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ObjectNode copy = table.deepCopy();
            table.removeAll();
            names.forEach(name -> table.set(name, copy.get(name)));
        });
    }

    static void reverse(ArrayNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        Collections.reverse(items);
        list.removeAll();
        list.addAll(items);
    }

    static ObjectNode parameter(String name, String in, boolean required) {
        ObjectNode parameter = JSON.objectNode().put("name", name).put("in", in);
        if (required) {
            parameter.put("required", true);
        }
        parameter.set("schema", schema("string"));
        return parameter;
    }

    static ObjectNode schema(String type) {
        return JSON.objectNode().put("type", type);
    }

    static ObjectNode requires(String... names) {
        ObjectNode schema = JSON.objectNode();
        schema.set("required", array(names));
        return schema;
    }

    static ArrayNode array(String... values) {
        ArrayNode array = JSON.arrayNode();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
