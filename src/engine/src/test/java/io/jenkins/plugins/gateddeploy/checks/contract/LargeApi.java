package io.jenkins.plugins.gateddeploy.checks.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/**
 * Makes OpenAPI documents in the shape of public ones: GitHub's (many paths, parameters and responses by reference, wide
 * flat schemas, nullable copies, examples) and Stripe's (schemas that contain each other as choices of an id or an
 * object, forms as bodies, lists in envelopes).
 */
final class LargeApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String WORDS =
            "The unique identifier of the object, as it was given when it was made; it stays the same for its whole life.";

    private final Random random;
    private final ObjectNode root = JSON.objectNode();
    private final ObjectNode paths;
    private final ObjectNode schemas;
    private final int resources;

    private LargeApi(int resources, long seed, String title) {
        this.random = new Random(seed);
        this.resources = resources;
        root.put("openapi", "3.0.3");
        root.putObject("info").put("title", title).put("version", "1.1.4").put("description", WORDS);
        root.putArray("servers").addObject().put("url", "https://api.example.org");
        root.putArray("security").addObject().putArray("bearer");
        paths = root.putObject("paths");
        ObjectNode components = root.putObject("components");
        schemas = components.putObject("schemas");
        ObjectNode scheme = components.putObject("securitySchemes").putObject("bearer");
        scheme.put("type", "http").put("scheme", "bearer");
    }

    static ObjectNode github(int resources, long seed) {
        LargeApi api = new LargeApi(resources, seed, "GitHub's shape");
        api.shared();
        for (int i = 0; i < resources; i++) {
            api.wideSchema(i);
            api.githubPaths(i);
        }
        return api.root;
    }

    static ObjectNode stripe(int resources, long seed) {
        LargeApi api = new LargeApi(resources, seed, "Stripe's shape");
        api.schemas.set("error", object("message", string()));
        for (int i = 0; i < resources; i++) {
            api.nestedSchema(i);
            api.stripePaths(i);
        }
        return api.root;
    }

    private void shared() {
        ObjectNode components = (ObjectNode) root.get("components");
        ObjectNode parameters = components.putObject("parameters");
        ObjectNode page = parameters.putObject("page").put("name", "page").put("in", "query");
        page.put("description", WORDS);
        page.putObject("schema").put("type", "integer").put("default", 1);
        ObjectNode size =
                parameters.putObject("per-page").put("name", "per_page").put("in", "query");
        size.putObject("schema").put("type", "integer").put("maximum", 100).put("minimum", 1);
        ObjectNode owner = parameters
                .putObject("owner")
                .put("name", "owner")
                .put("in", "path")
                .put("required", true);
        owner.set("schema", string());
        ObjectNode missing =
                components.putObject("responses").putObject("not_found").put("description", "Missing");
        json(missing, reference("basic-error"));
        schemas.set("basic-error", object("message", string(), "status", string()));
        ObjectNode link = components.putObject("headers").putObject("link");
        link.set("schema", string());
        ObjectNode user = object("login", string(), "id", integer(), "avatar_url", format("uri"));
        user.withObject("/properties").set("name", string().put("nullable", true));
        user.putArray("required").add("login").add("id");
        schemas.set("simple-user", user);
        ObjectNode nullable = user.deepCopy().put("nullable", true);
        schemas.set("nullable-simple-user", nullable);
    }

    private void wideSchema(int i) {
        ObjectNode schema =
                schemas.putObject("thing-" + i).put("type", "object").put("title", "Thing " + i);
        schema.put("description", WORDS);
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (int p = 0; p < 40; p++) {
            ObjectNode property = properties.putObject("field_" + p).put("description", WORDS.substring(p));
            switch (p % 8) {
                case 0 -> property.put("type", "integer").put("format", "int64").put("example", 4711 + p);
                case 1 ->
                    property.put("type", "string").put("format", "uri").put("example", "https://example.org/" + p);
                case 2 -> property.put("type", "boolean");
                case 3 -> enumeration(property, "open", "closed", "draft");
                case 4 -> property.put("type", "string").put("nullable", true);
                case 5 -> property.put("type", "array").set("items", string());
                case 6 -> property.put("type", "string").put("format", "date-time");
                default -> property.put("type", "number");
            }
            if (random.nextInt(3) > 0 || p < 8) {
                required.add("field_" + p);
            }
        }
        properties.set("owner", reference("simple-user"));
        properties.set("closed_by", reference("nullable-simple-user"));
        ObjectNode parent = properties.putObject("parent").put("nullable", true);
        parent.putArray("allOf").add(reference("thing-" + random.nextInt(resources)));
        ObjectNode labels = properties.putObject("labels").put("type", "array");
        ArrayNode kinds = labels.putObject("items").putArray("oneOf");
        kinds.add(string());
        kinds.add(object("name", string(), "color", string().put("nullable", true)));
        ObjectNode map = properties.putObject("languages").put("type", "object");
        map.set("additionalProperties", integer());
        ObjectNode example = schema.putObject("example");
        for (int p = 0; p < 20; p++) {
            example.put("field_" + p, "an example of a value " + p);
        }
    }

    private void githubPaths(int i) {
        String list = "/repos/{owner}/{repo}/things-" + i;
        ObjectNode get = operation(list, "get", "List things " + i);
        ArrayNode parameters = get.putArray("parameters");
        parameters.add(reference("parameters", "owner"));
        parameter(parameters, "repo", "path", true, string());
        parameter(parameters, "state", "query", false, enumeration(JSON.objectNode(), "open", "closed", "all"));
        parameter(parameters, "labels", "query", false, string());
        parameter(parameters, "since", "query", false, format("date-time"));
        parameters.add(reference("parameters", "per-page"));
        parameters.add(reference("parameters", "page"));
        ObjectNode ok = response(get, "200");
        json(ok, list(reference("thing-" + i)));
        ok.putObject("headers").set("Link", reference("headers", "link"));
        get.withObject("/responses").set("404", reference("responses", "not_found"));

        ObjectNode post = operation(list, "post", "Create a thing " + i);
        ArrayNode postParameters = post.putArray("parameters");
        postParameters.add(reference("parameters", "owner"));
        parameter(postParameters, "repo", "path", true, string());
        ObjectNode body = object("title", string().put("maxLength", 256), "body", string());
        body.withObject("/properties").set("assignees", list(string()).put("maxItems", 10));
        body.withObject("/properties").set("state", enumeration(JSON.objectNode(), "open", "closed"));
        body.withObject("/properties")
                .set("priority", integer().put("minimum", 0).put("maximum", 9));
        body.withObject("/properties").set("milestone", milestone());
        body.putArray("required").add("title");
        json(post.putObject("requestBody").put("required", true), body);
        json(response(post, "201"), reference("thing-" + i));

        String one = list + "/{number}";
        for (String method : List.of("get", "delete")) {
            ObjectNode operation = operation(one, method, method + " one of " + i);
            ArrayNode own = operation.putArray("parameters");
            own.add(reference("parameters", "owner"));
            parameter(own, "repo", "path", true, string());
            parameter(own, "number", "path", true, integer());
            if (method.equals("get")) {
                json(response(operation, "200"), reference("thing-" + i));
            } else {
                response(operation, "204");
            }
        }
    }

    private static ObjectNode milestone() {
        ObjectNode choice = JSON.objectNode().put("nullable", true);
        choice.putArray("oneOf").add(string()).add(integer());
        return choice;
    }

    private void nestedSchema(int i) {
        String name = "item_" + i;
        ObjectNode schema = schemas.putObject(name)
                .put("type", "object")
                .put("title", "Item" + i)
                .put("description", WORDS);
        ObjectNode properties = schema.putObject("properties");
        properties.set("id", string().put("maxLength", 5000).put("description", WORDS));
        properties.set("object", enumeration(JSON.objectNode(), name));
        properties.set("created", integer().put("format", "unix-time"));
        properties.set("livemode", JSON.objectNode().put("type", "boolean"));
        for (int p = 0; p < 25; p++) {
            ObjectNode property = properties.putObject("attribute_" + p).put("description", WORDS);
            switch (p % 5) {
                case 0 -> expandable(property, random.nextInt(resources));
                case 1 -> property.put("type", "string").put("maxLength", 5000).put("nullable", true);
                case 2 -> property.put("type", "integer").put("nullable", true);
                case 3 -> enumeration(property, "active", "canceled", "past_due", "trialing");
                default -> property.set("additionalProperties", string().put("maxLength", 500));
            }
            if (p % 5 == 4) {
                property.put("type", "object");
            }
        }
        schema.putArray("required").add("id").add("object").add("created").add("livemode");
        ObjectNode deleted =
                object("id", string(), "deleted", enumeration(JSON.objectNode().put("type", "boolean")));
        deleted.putArray("required").add("id").add("deleted");
        schemas.set("deleted_" + name, deleted);
    }

    private void expandable(ObjectNode property, int to) {
        ArrayNode choice = property.put("nullable", true).putArray("anyOf");
        choice.add(string().put("maxLength", 5000));
        choice.add(reference("item_" + to));
        choice.add(reference("deleted_item_" + to));
    }

    private void stripePaths(int i) {
        String all = "/v1/items_" + i;
        ObjectNode get = operation(all, "get", "Returns a list of items");
        ArrayNode parameters = get.putArray("parameters");
        ObjectNode limit = parameter(parameters, "limit", "query", false, integer());
        limit.put("style", "form");
        parameter(parameters, "starting_after", "query", false, string().put("maxLength", 5000));
        ObjectNode expand = parameter(parameters, "expand", "query", false, list(string().put("maxLength", 5000)));
        expand.put("style", "deepObject").put("explode", true);
        ObjectNode envelope = object("object", enumeration(JSON.objectNode(), "list"), "url", string());
        envelope.withObject("/properties").set("data", list(reference("item_" + i)));
        envelope.withObject("/properties").putObject("has_more").put("type", "boolean");
        envelope.putArray("required").add("data").add("has_more").add("object").add("url");
        json(response(get, "200"), envelope);
        json(response(get, "default"), reference("error"));

        ObjectNode post = operation(all, "post", "Creates an item");
        ObjectNode body = object("currency", string(), "amount", integer().put("minimum", 1));
        body.withObject("/properties").set("metadata", metadata());
        body.withObject("/properties").set("mode", enumeration(JSON.objectNode(), "payment", "setup"));
        body.withObject("/properties").set("shipping", object("name", string(), "phone", string()));
        body.put("additionalProperties", false).putArray("required").add("currency");
        content(post.putObject("requestBody"), "application/x-www-form-urlencoded", body);
        json(response(post, "200"), reference("item_" + i));
        json(response(post, "default"), reference("error"));

        ObjectNode delete = operation(all + "/{item}", "delete", "Deletes an item");
        parameter(delete.putArray("parameters"), "item", "path", true, string());
        json(response(delete, "200"), reference("deleted_item_" + i));
    }

    private static ObjectNode metadata() {
        ObjectNode choice = JSON.objectNode();
        ObjectNode map = JSON.objectNode().put("type", "object");
        map.set("additionalProperties", string());
        choice.putArray("anyOf").add(map).add(enumeration(JSON.objectNode(), ""));
        return choice;
    }

    private ObjectNode operation(String path, String method, String summary) {
        ObjectNode item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
        ObjectNode operation = item.putObject(method).put("summary", summary).put("description", WORDS);
        operation.putArray("tags").add("things");
        operation.put("operationId", method + path.replaceAll("[^a-z0-9]+", "-"));
        operation.putObject("responses");
        return operation;
    }

    private static ObjectNode parameter(ArrayNode to, String name, String in, boolean required, ObjectNode schema) {
        ObjectNode parameter = to.addObject().put("name", name).put("in", in).put("description", WORDS);
        if (required) {
            parameter.put("required", true);
        }
        parameter.set("schema", schema);
        return parameter;
    }

    private static ObjectNode response(ObjectNode operation, String status) {
        return operation.withObject("/responses").putObject(status).put("description", "What comes back");
    }

    private static void json(ObjectNode around, ObjectNode schema) {
        content(around, "application/json", schema);
    }

    private static void content(ObjectNode around, String type, ObjectNode schema) {
        around.putObject("content").putObject(type).set("schema", schema);
    }

    private static ObjectNode object(String name, ObjectNode schema) {
        ObjectNode object = JSON.objectNode().put("type", "object");
        object.putObject("properties").set(name, schema);
        return object;
    }

    private static ObjectNode object(String name, ObjectNode schema, String second, ObjectNode other) {
        ObjectNode object = object(name, schema);
        ((ObjectNode) object.get("properties")).set(second, other);
        return object;
    }

    private static ObjectNode object(
            String name, ObjectNode schema, String second, ObjectNode other, String third, ObjectNode another) {
        ObjectNode object = object(name, schema, second, other);
        ((ObjectNode) object.get("properties")).set(third, another);
        return object;
    }

    private static ObjectNode string() {
        return JSON.objectNode().put("type", "string");
    }

    private static ObjectNode integer() {
        return JSON.objectNode().put("type", "integer");
    }

    private static ObjectNode format(String format) {
        return string().put("format", format);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = JSON.objectNode().put("type", "array");
        list.set("items", items);
        return list;
    }

    private static ObjectNode enumeration(ObjectNode schema, String... values) {
        if (!schema.has("type")) {
            schema.put("type", "string");
        }
        ArrayNode listed = schema.putArray("enum");
        if (values.length == 0) {
            listed.add(true);
        }
        for (String value : values) {
            listed.add(value);
        }
        return schema;
    }

    private static ObjectNode reference(String schema) {
        return reference("schemas", schema);
    }

    private static ObjectNode reference(String kind, String name) {
        return JSON.objectNode().put("$ref", "#/components/" + kind + "/" + name);
    }

    static byte[] bytes(ObjectNode document) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
