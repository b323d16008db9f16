package io.jenkins.plugins.gateddeploy.checks.contract;

import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.add;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.array;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.eachTable;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.escaped;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.item;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.parameter;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.put;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.remove;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.rename;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.requires;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.reverse;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.schema;
import static io.jenkins.plugins.gateddeploy.checks.contract.Edits.shuffleKeys;
import static io.jenkins.plugins.gateddeploy.checks.contract.Mutation.breaking;
import static io.jenkins.plugins.gateddeploy.checks.contract.Mutation.harmless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes to documents of {@link LargeApi} in GitHub's shape, each of one kind, at places that differ with the number. */
final class GithubMutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int n;
    private final String list;
    private final String one;
    private final String get;
    private final String body;
    private final String thing;
    private final String field;
    private final List<Mutation> all = new ArrayList<>();

    private GithubMutations(int n) {
        this.n = n;
        list = "/paths/" + escaped("/repos/{owner}/{repo}/things-" + n);
        one = "/paths/" + escaped("/repos/{owner}/{repo}/things-" + n + "/{number}");
        get = list + "/get";
        body = list + "/post/requestBody/content/" + escaped("application/json") + "/schema";
        thing = "/components/schemas/thing-" + n;
        field = thing + "/properties/field_";
    }

    static List<Mutation> of(int n) {
        GithubMutations mutations = new GithubMutations(n);
        mutations.requests();
        mutations.bodies();
        mutations.answers();
        mutations.logins();
        mutations.words();
        mutations.additions();
        mutations.widenings();
        mutations.shapes();
        mutations.others();
        return mutations.all;
    }

    /** What clients call, and with which parameters. */
    private void requests() {
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
    }

    /** What clients send. */
    private void bodies() {
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
    }

    /** What clients read. */
    private void answers() {
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
    }

    /** How clients log in. */
    private void logins() {
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
    }

    /** What says the same in other words or in another order. */
    private void words() {
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
    }

    /** What comes beside what was there. */
    private void additions() {
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
    }

    /** What takes more, or answers less. */
    private void widenings() {
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
    }

    /** What is written in another way. */
    private void shapes() {
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
    }

    /** What else clients do not notice. */
    private void others() {
        all.add(harmless("written as OpenAPI 3.1", Edits::asVersion31));
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
    }
}
