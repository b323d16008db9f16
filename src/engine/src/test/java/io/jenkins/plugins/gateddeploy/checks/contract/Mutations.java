package io.jenkins.plugins.gateddeploy.checks.contract;

import static io.jenkins.plugins.gateddeploy.checks.contract.Mutation.breaking;
import static io.jenkins.plugins.gateddeploy.checks.contract.Mutation.harmless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Changes to documents of {@link LargeApi}, each of one kind, at places that differ with the number. */
final class Mutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Mutations() {}

    static List<Mutation> github(int n) {
        String list = "/paths/" + escaped("/repos/{owner}/{repo}/things-" + n);
        String one = "/paths/" + escaped("/repos/{owner}/{repo}/things-" + n + "/{number}");
        String get = list + "/get";
        String body = list + "/post/requestBody/content/" + escaped("application/json") + "/schema";
        String thing = "/components/schemas/thing-" + n;
        String field = thing + "/properties/field_";
        List<Mutation> all = new ArrayList<>();
        all.add(breaking("a path removed", remove("/paths", "/repos/{owner}/{repo}/things-" + n)));
        all.add(breaking("an operation removed", remove(one, "delete")));
        all.add(breaking("a query parameter removed", item(get + "/parameters", 2, null)));
        all.add(breaking("a shared parameter removed", item(get + "/parameters", 6, null)));
        all.add(breaking("a new required parameter", add(get + "/parameters", parameter("tenant", "query", true))));
        all.add(breaking("a new required header", add(get + "/parameters", parameter("X-Tenant", "header", true))));
        all.add(breaking(
                "a parameter became required", put(get + "/parameters/3", "required", JSON.booleanNode(true))));
        all.add(breaking(
                "a shared parameter became required",
                put("/components/parameters/page", "required", JSON.booleanNode(true))));
        all.add(breaking("a parameter moved to a header", put(get + "/parameters/3", "in", JSON.textNode("header"))));
        all.add(breaking(
                "a parameter's type changed", put(get + "/parameters/3/schema", "type", JSON.textNode("integer"))));
        all.add(breaking("a parameter's value removed", item(get + "/parameters/2/schema/enum", 1, null)));
        all.add(breaking(
                "a parameter's values counted up", put(get + "/parameters/3/schema", "enum", array("a", "b"))));
        all.add(breaking(
                "a parameter's maximum lowered",
                put("/components/parameters/per-page/schema", "maximum", JSON.numberNode(50))));
        all.add(breaking(
                "a parameter's minimum raised",
                put("/components/parameters/per-page/schema", "minimum", JSON.numberNode(2))));
        all.add(breaking(
                "a parameter's format changed", put(get + "/parameters/4/schema", "format", JSON.textNode("date"))));
        all.add(breaking(
                "a parameter's style changed", put(get + "/parameters/3", "style", JSON.textNode("pipeDelimited"))));
        all.add(breaking(
                "a parameter's pattern added", put(get + "/parameters/3/schema", "pattern", JSON.textNode("^a"))));
        all.add(breaking(
                "a path parameter's type narrowed", put(one + "/get/parameters/1/schema", "enum", array("x"))));
        all.add(breaking("a property became required", add(body + "/required", JSON.textNode("body"))));
        all.add(breaking("a new required property", d -> {
            put(body + "/properties", "tenant", schema("string")).accept(d);
            add(body + "/required", JSON.textNode("tenant")).accept(d);
        }));
        all.add(breaking(
                "a property's type narrowed", put(body + "/properties/body", "type", JSON.textNode("boolean"))));
        all.add(breaking(
                "a property's length lowered", put(body + "/properties/title", "maxLength", JSON.numberNode(100))));
        all.add(breaking("a least length added", put(body + "/properties/title", "minLength", JSON.numberNode(3))));
        all.add(breaking(
                "a list's length lowered", put(body + "/properties/assignees", "maxItems", JSON.numberNode(5))));
        all.add(breaking("a list's items narrowed", put(body + "/properties/assignees/items", "enum", array("x"))));
        all.add(breaking("a property's value removed", item(body + "/properties/state/enum", 0, null)));
        all.add(breaking(
                "a number's maximum lowered", put(body + "/properties/priority", "maximum", JSON.numberNode(5))));
        all.add(breaking(
                "a number's maximum exclusive",
                put(body + "/properties/priority", "exclusiveMaximum", JSON.booleanNode(true))));
        all.add(breaking("a multiple asked for", put(body + "/properties/priority", "multipleOf", JSON.numberNode(2))));
        all.add(breaking(
                "null no longer taken", put(body + "/properties/milestone", "nullable", JSON.booleanNode(false))));
        all.add(breaking("an alternative no longer taken", item(body + "/properties/milestone/oneOf", 1, null)));
        all.add(breaking("a condition added", put(body, "not", requires("title", "body"))));
        all.add(breaking(
                "the body's media type changed",
                rename(list + "/post/requestBody/content", "application/json", "application/xml")));
        all.add(breaking("the body removed", remove(list + "/post", "requestBody")));
        all.add(breaking("a body became required", d -> {
            ObjectNode request = JSON.objectNode().put("required", true);
            request.set("content", JSON.objectNode());
            put(get, "requestBody", request).accept(d);
        }));
        all.add(breaking("a status removed", rename(list + "/post/responses", "201", "202")));
        all.add(breaking("a response's body removed", remove(list + "/post/responses/201", "content")));
        all.add(breaking(
                "a response's media type changed",
                rename(get + "/responses/200/content", "application/json", "text/csv")));
        all.add(breaking("a response's property removed", remove(thing + "/properties", "field_11")));
        all.add(breaking("an optional response's property removed", d -> {
            remove(thing + "/properties", "field_12").accept(d);
            ((ArrayNode) d.at(thing + "/required"))
                    .removeIf(name -> name.textValue().equals("field_12"));
        }));
        all.add(breaking("a response's property became optional", item(thing + "/required", 0, null)));
        all.add(breaking(
                "a response's property became nullable", put(field + "2", "nullable", JSON.booleanNode(true))));
        all.add(breaking("a response's type changed", put(field + "2", "type", JSON.textNode("string"))));
        all.add(breaking("an integer became a number", put(field + "0", "type", JSON.textNode("number"))));
        all.add(breaking("a response's format changed", put(field + "6", "format", JSON.textNode("date"))));
        all.add(breaking("a list became a single value", d -> {
            remove(field + "5", "items").accept(d);
            put(field + "5", "type", JSON.textNode("string")).accept(d);
        }));
        all.add(breaking("a list's items changed", put(field + "5/items", "type", JSON.textNode("integer"))));
        all.add(breaking(
                "a map's values changed",
                put(thing + "/properties/languages/additionalProperties", "type", JSON.textNode("string"))));
        all.add(breaking(
                "a shared schema lost a property", remove("/components/schemas/simple-user/properties", "avatar_url")));
        all.add(breaking(
                "a property of an alternative removed",
                remove(thing + "/properties/labels/items/oneOf/1/properties", "color")));
        all.add(breaking(
                "a reference to another schema",
                put(thing + "/properties/owner", "$ref", JSON.textNode("#/components/schemas/basic-error"))));
        all.add(breaking("a response's list unwrapped", d -> {
            JsonNode items = d.at(get + "/responses/200/content/" + escaped("application/json") + "/schema/items");
            put(get + "/responses/200/content/" + escaped("application/json"), "schema", items)
                    .accept(d);
        }));
        all.add(breaking("another login asked for", d -> {
            ObjectNode schemes = (ObjectNode) d.at("/components/securitySchemes");
            schemes.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-Key");
            ArrayNode security = JSON.arrayNode();
            security.addObject().putArray("key");
            put(get, "security", security).accept(d);
        }));
        all.add(breaking("a second login asked for", d -> {
            ObjectNode schemes = (ObjectNode) d.at("/components/securitySchemes");
            schemes.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-Key");
            ArrayNode security = JSON.arrayNode();
            ObjectNode both = security.addObject();
            both.putArray("bearer");
            both.putArray("key");
            put(get, "security", security).accept(d);
        }));

        all.add(harmless(
                "descriptions changed",
                d -> eachTable(d, t -> {
                    if (t.path("description").isTextual()) {
                        t.put("description", "Other words");
                    }
                })));
        all.add(harmless(
                "summaries, tags and operation ids changed",
                d -> eachTable(d, t -> {
                    if (t.has("operationId")) {
                        t.put("operationId", "renamed-" + t.get("operationId").textValue())
                                .put("summary", "x")
                                .remove("tags");
                    }
                })));
        all.add(harmless(
                "examples changed",
                d -> put(thing, "example", JSON.objectNode().put("a", 1)).accept(d)));
        all.add(harmless("keys in another order", d -> shuffleKeys(d, new Random(n))));
        all.add(harmless("required in another order", d -> reverse((ArrayNode) d.at(thing + "/required"))));
        all.add(harmless("values in another order", d -> reverse((ArrayNode) d.at(field + "3/enum"))));
        all.add(harmless("parameters in another order", d -> reverse((ArrayNode) d.at(get + "/parameters"))));
        all.add(harmless(
                "alternatives in another order",
                d -> reverse((ArrayNode) d.at(thing + "/properties/labels/items/oneOf"))));
        all.add(harmless("a new path", d -> put("/paths", "/new", d.at(list)).accept(d)));
        all.add(harmless(
                "a new operation",
                d -> put(one, "put", d.at(list + "/get").deepCopy()).accept(d)));
        all.add(harmless("a new optional parameter", add(get + "/parameters", parameter("tenant", "query", false))));
        all.add(harmless("a new optional property", put(body + "/properties", "tenant", schema("string"))));
        all.add(harmless("a new response's property", d -> {
            put(thing + "/properties", "tenant", schema("string")).accept(d);
            add(thing + "/required", JSON.textNode("tenant")).accept(d);
        }));
        all.add(harmless("a new shared schema", put("/components/schemas", "unused", schema("string"))));
        all.add(harmless(
                "a new status for errors",
                put(get + "/responses", "429", JSON.objectNode().put("description", "x"))));
        all.add(harmless("a new value is taken", add(body + "/properties/state/enum", JSON.textNode("draft"))));
        all.add(harmless("a length raised", put(body + "/properties/title", "maxLength", JSON.numberNode(512))));
        all.add(harmless("a limit lifted", remove(body + "/properties/assignees", "maxItems")));
        all.add(harmless("a property no longer required", item(body + "/required", 0, null)));
        all.add(harmless(
                "a parameter's type widened",
                put("/components/parameters/page/schema", "type", JSON.textNode("number"))));
        all.add(harmless("null is taken", put(body + "/properties/body", "nullable", JSON.booleanNode(true))));
        all.add(harmless("another alternative is taken", add(body + "/properties/milestone/oneOf", schema("boolean"))));
        all.add(harmless(
                "another media type is taken",
                d -> put(
                                list + "/post/requestBody/content",
                                "application/xml",
                                d.at(list + "/post/requestBody/content/" + escaped("application/json")))
                        .accept(d)));
        all.add(harmless("a response's property always there", d -> {
            ArrayNode required = (ArrayNode) d.at(thing + "/required");
            required.removeAll();
            d.at(thing + "/properties").fieldNames().forEachRemaining(required::add);
        }));
        all.add(harmless("a response is never null", put(field + "4", "nullable", JSON.booleanNode(false))));
        all.add(harmless("a response's value never comes", item(field + "3/enum", 2, null)));
        all.add(harmless("a response's number is an integer", put(field + "7", "type", JSON.textNode("integer"))));
        all.add(harmless("a path's parameter renamed", d -> {
            JsonNode item = ((ObjectNode) d.at("/paths")).remove("/repos/{owner}/{repo}/things-" + n + "/{number}");
            eachTable(item, t -> {
                if (t.path("name").asText().equals("number")) {
                    t.put("name", "id");
                }
            });
            put("/paths", "/repos/{owner}/{repo}/things-" + n + "/{id}", item).accept(d);
        }));
        all.add(harmless("a schema renamed", d -> {
            rename("/components/schemas", "thing-" + n, "item-" + n).accept(d);
            eachTable(d, t -> {
                if (t.path("$ref").asText().equals("#" + thing)) {
                    t.put("$ref", "#/components/schemas/item-" + n);
                }
            });
        }));
        all.add(harmless(
                "a reference written out",
                d -> put(
                                thing + "/properties",
                                "owner",
                                d.at("/components/schemas/simple-user").deepCopy())
                        .accept(d)));
        all.add(harmless("a schema shared", d -> {
            put("/components/schemas", "shared-body", d.at(body)).accept(d);
            put(
                            list + "/post/requestBody/content/" + escaped("application/json"),
                            "schema",
                            JSON.objectNode().put("$ref", "#/components/schemas/shared-body"))
                    .accept(d);
        }));
        all.add(harmless("a schema wrapped in allOf", d -> {
            ObjectNode wrapped = JSON.objectNode();
            wrapped.putArray("allOf").add(d.at(body));
            put(list + "/post/requestBody/content/" + escaped("application/json"), "schema", wrapped)
                    .accept(d);
        }));
        all.add(harmless("a schema split by allOf", d -> {
            ObjectNode first = (ObjectNode) d.at(thing);
            ObjectNode half = first.deepCopy();
            ((ObjectNode) first.get("properties")).remove("owner");
            ((ObjectNode) half.get("properties")).retain("owner", "field_1");
            ObjectNode both = JSON.objectNode();
            both.putArray("allOf").add(first).add(half);
            put("/components/schemas", "thing-" + n, both).accept(d);
        }));
        all.add(harmless("parameters moved to the path", d -> {
            JsonNode parameters = ((ObjectNode) d.at(get)).remove("parameters");
            put(list, "parameters", parameters).accept(d);
            ((ObjectNode) d.at(list)).remove("post");
            put(list, "post", LargeApi.github(n + 1, 5).at(list + "/post")).accept(d);
        }));
        all.add(harmless("written as OpenAPI 3.1", Mutations::asVersion31));
        all.add(harmless(
                "extensions added",
                d -> eachTable(d, t -> {
                    if (t.has("operationId")) {
                        t.put("x-internal", true);
                    }
                })));
        all.add(harmless("deprecated", put(one + "/delete", "deprecated", JSON.booleanNode(true))));
        all.add(harmless("a login no longer asked for", put(get, "security", JSON.arrayNode())));
        all.add(harmless("another login is enough", d -> {
            ObjectNode schemes = (ObjectNode) d.at("/components/securitySchemes");
            schemes.putObject("key").put("type", "apiKey").put("in", "header").put("name", "X-Key");
            ArrayNode security = JSON.arrayNode();
            security.addObject().putArray("key");
            security.addObject().putArray("bearer");
            put(get, "security", security).accept(d);
        }));
        all.add(harmless(
                "a media type written with its character set",
                rename(list + "/post/requestBody/content", "application/json", "application/json; charset=utf-8")));
        all.add(harmless("a response for all of a hundred", rename(list + "/post/responses", "201", "2XX")));
        return all;
    }

    static List<Mutation> stripe(int n) {
        String all = "/paths/" + escaped("/v1/items_" + n);
        String body = all + "/post/requestBody/content/" + escaped("application/x-www-form-urlencoded") + "/schema";
        String envelope = all + "/get/responses/200/content/" + escaped("application/json") + "/schema";
        String item = "/components/schemas/item_" + n;
        List<Mutation> list = new ArrayList<>();
        list.add(breaking("a property of a closed body removed", remove(body + "/properties", "shipping")));
        list.add(breaking(
                "a property within a property became required",
                put(body + "/properties/shipping", "required", array("phone"))));
        list.add(breaking("a form's value removed", item(body + "/properties/mode/enum", 1, null)));
        list.add(breaking("a choice of a body narrowed", d -> {
            put(body + "/properties", "metadata", d.at(body + "/properties/metadata/anyOf/0"))
                    .accept(d);
        }));
        list.add(breaking(
                "an alternative of a body narrowed",
                put(body + "/properties/metadata/anyOf/0/additionalProperties", "maxLength", JSON.numberNode(5))));
        list.add(breaking("an envelope lost its data", remove(envelope + "/properties", "data")));
        list.add(breaking(
                "an envelope's flag became optional", put(envelope, "required", array("data", "object", "url"))));
        list.add(breaking("an id became a number", put(item + "/properties/id", "type", JSON.textNode("integer"))));
        list.add(breaking("a property of a nested item removed", remove(item + "/properties", "livemode")));
        list.add(breaking(
                "a property of a deleted item removed",
                remove("/components/schemas/deleted_item_" + n + "/properties", "deleted")));
        list.add(breaking(
                "an alternative's type changed",
                put(item + "/properties/attribute_0/anyOf/0", "type", JSON.textNode("boolean"))));
        list.add(breaking("a list's parameter removed", remove(all + "/get", "parameters")));
        list.add(breaking(
                "a parameter written in another way", put(all + "/get/parameters/2", "style", JSON.textNode("form"))));
        list.add(breaking(
                "a map is closed",
                put(item + "/properties/attribute_4", "additionalProperties", JSON.booleanNode(false))));
        list.add(breaking("an operation removed", remove(all, "post")));

        list.add(harmless("keys in another order", d -> shuffleKeys(d, new Random(n))));
        list.add(harmless(
                "alternatives in another order",
                d -> reverse((ArrayNode) d.at(item + "/properties/attribute_0/anyOf"))));
        list.add(harmless(
                "an alternative of an answer never comes", item(item + "/properties/attribute_0/anyOf", 2, null)));
        list.add(harmless("a choice became its first alternative", d -> {
            ObjectNode first = d.at(item + "/properties/attribute_0/anyOf/0").deepCopy();
            put(item + "/properties", "attribute_0", first).accept(d);
        }));
        list.add(harmless(
                "anyOf written as oneOf",
                d -> rename(item + "/properties/attribute_0", "anyOf", "oneOf").accept(d)));
        list.add(harmless("a choice within a choice", d -> {
            ArrayNode choice = (ArrayNode) d.at(item + "/properties/attribute_0/anyOf");
            ArrayNode flat = choice.deepCopy();
            choice.removeAll();
            choice.add(flat.get(0));
            ArrayNode inner = choice.addObject().putArray("anyOf");
            inner.add(flat.get(1));
            inner.add(flat.get(2));
        }));
        list.add(harmless("a schema that contains itself renamed", d -> {
            rename("/components/schemas", "item_" + n, "renamed").accept(d);
            eachTable(d, t -> {
                if (t.path("$ref").asText().equals("#" + item)) {
                    t.put("$ref", "#/components/schemas/renamed");
                }
            });
        }));
        list.add(harmless("a new property of an item", put(item + "/properties", "added", schema("string"))));
        list.add(harmless("a new property of a closed body", put(body + "/properties", "added", schema("string"))));
        list.add(harmless("a body is opened", remove(body, "additionalProperties")));
        list.add(harmless("written as OpenAPI 3.1", Mutations::asVersion31));
        return list;
    }

    /** Null is a type there, and an exclusive limit a number. */
    private static void asVersion31(ObjectNode document) {
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

    private static Consumer<ObjectNode> remove(String at, String key) {
        return document -> {
            if (((ObjectNode) document.at(at)).remove(key) == null) {
                throw new IllegalStateException(at + " has no " + key);
            }
        };
    }

    private static Consumer<ObjectNode> put(String at, String key, JsonNode value) {
        return document -> ((ObjectNode) document.at(at)).set(key, value.deepCopy());
    }

    private static Consumer<ObjectNode> add(String at, JsonNode value) {
        return document -> ((ArrayNode) document.at(at)).add(value.deepCopy());
    }

    /** @param value null to remove the item */
    private static Consumer<ObjectNode> item(String at, int index, JsonNode value) {
        return document -> {
            ArrayNode list = (ArrayNode) document.at(at);
            if (value == null) {
                list.remove(index);
            } else {
                list.set(index, value);
            }
        };
    }

    private static Consumer<ObjectNode> rename(String at, String from, String to) {
        return document -> {
            ObjectNode table = (ObjectNode) document.at(at);
            table.set(to, table.remove(from));
        };
    }

    private static void eachTable(JsonNode node, Consumer<ObjectNode> change) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        children.forEach(child -> eachTable(child, change));
        if (node instanceof ObjectNode table) {
            change.accept(table);
        }
    }

    private static void shuffleKeys(JsonNode node, Random random) {
        eachTable(node, table -> {
            List<String> names = new ArrayList<>();
            table.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ObjectNode copy = table.deepCopy();
            table.removeAll();
            names.forEach(name -> table.set(name, copy.get(name)));
        });
    }

    private static void reverse(ArrayNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        Collections.reverse(items);
        list.removeAll();
        list.addAll(items);
    }

    private static ObjectNode parameter(String name, String in, boolean required) {
        ObjectNode parameter = JSON.objectNode().put("name", name).put("in", in);
        if (required) {
            parameter.put("required", true);
        }
        parameter.set("schema", schema("string"));
        return parameter;
    }

    private static ObjectNode schema(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode requires(String... names) {
        ObjectNode schema = JSON.objectNode();
        schema.set("required", array(names));
        return schema;
    }

    private static ArrayNode array(String... values) {
        ArrayNode array = JSON.arrayNode();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
