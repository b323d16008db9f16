package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Field;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes types of the schemas in a JSON Schema. */
final class JsonSchemaTypes {
    private static final int MOST_READ = 200_000;
    private static final int DEEPEST = 300;

    private static final List<String> TYPES =
            List.of("null", "boolean", "integer", "number", "string", "array", "object");

    /** What says nothing about the values. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "example",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$comment",
            "$schema",
            "$id",
            "$anchor",
            "$vocabulary",
            "$dynamicAnchor",
            "$defs",
            "definitions",
            "storageKey",
            "x-storage-key");

    private static final Set<String> OF_STRINGS =
            Set.of("minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType");
    private static final Set<String> OF_NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> OF_LISTS =
            Set.of("minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "prefixItems");
    private static final Set<String> OF_OBJECTS = Set.of(
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "unevaluatedProperties");
    /** What is understood, not only compared. */
    private static final Set<String> READ = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "oneOf",
            "anyOf",
            "allOf",
            "$ref");

    private final JsonDocument document;
    private final JsonPointers pointers;
    private final boolean refStandsAlone;
    private final Set<String> active = new HashSet<>();
    private int read;
    private int depth;

    JsonSchemaTypes(JsonDocument document, JsonPointers pointers) {
        this.document = document;
        this.pointers = pointers;
        String draft = document.root().path("$schema").asText("");
        this.refStandsAlone = draft.contains("draft-07") || draft.contains("draft-06") || draft.contains("draft-04");
    }

    /** {@return whether a schema allows less than everything} */
    boolean saysSomething(JsonNode schema) {
        return schema.propertyStream().anyMatch(p -> !isAnnotation(p.getKey()));
    }

    private static boolean isAnnotation(String keyword) {
        return ANNOTATIONS.contains(keyword) || keyword.startsWith("x-");
    }

    /** {@return the identity of what is stored: {@code storageKey} or {@code x-storage-key}, else the name} */
    static String storageKey(JsonNode schema, String name) {
        for (String keyword : List.of("storageKey", "x-storage-key")) {
            if (schema.path(keyword).isTextual()) {
                return schema.path(keyword).textValue();
            }
        }
        return name;
    }

    /** {@return the type that a schema describes} */
    ValueType read(JsonNode schema, Location where) throws ProblemException {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? new ValueType.Any() : new ValueType.Nothing();
        }
        if (!schema.isObject()) {
            throw document.unreadable(where, "expected a schema, an object or a boolean");
        }
        if (schema.path("$ref").isTextual() && (refStandsAlone || standsAlone(schema, "$ref"))) {
            String reference = schema.path("$ref").textValue();
            return pointers.follow(reference, where).isPresent()
                    ? new ValueType.Reference(reference)
                    : new ValueType.Opaque("$ref " + reference);
        }
        if (schema.path("allOf").size() == 1 && standsAlone(schema, "allOf")) {
            return nested(schema.path("allOf").path(0), where);
        }
        JsonSchemaMerge merge = new JsonSchemaMerge(pointers);
        return merged(merge, merge.flatten(schema, where), schema, document.where(schema, where));
    }

    /** A schema that became part of itself is not unrolled, but only compared as it is written. */
    private ValueType merged(JsonSchemaMerge merge, JsonNode merged, JsonNode written, Location where)
            throws ProblemException {
        Set<String> inlined = merge.inlined();
        if (!merged.isObject() || !Collections.disjoint(active, inlined)) {
            return merged.isBoolean() ? nested(merged, where) : new ValueType.Opaque(JsonDocument.canonical(written));
        }
        active.addAll(inlined);
        ValueType type = flat(merged, where);
        active.removeAll(inlined);
        return type;
    }

    /** Schemas that become parts of others can multiply. */
    private ValueType nested(JsonNode schema, Location where) throws ProblemException {
        if (++read > MOST_READ || depth == DEEPEST) {
            throw document.unreadable(where, "its references unfold to more than can be read");
        }
        depth++;
        ValueType type = read(schema, where);
        depth--;
        return type;
    }

    private static boolean standsAlone(JsonNode schema, String keyword) {
        return schema.propertyStream().allMatch(p -> p.getKey().equals(keyword) || isAnnotation(p.getKey()));
    }

    /** A schema without {@code allOf}, and without a reference beside others. */
    private ValueType flat(JsonNode schema, Location where) throws ProblemException {
        for (String keyword : List.of("oneOf", "anyOf")) {
            if (schema.has(keyword)) {
                return alternatives(schema, keyword, where);
            }
        }
        if (schema.has("const")) {
            return new ValueType.Choice(new TreeSet<>(Set.of(JsonDocument.canonical(schema.get("const")))));
        }
        if (schema.has("enum")) {
            TreeSet<String> values = new TreeSet<>();
            requireArray(schema, "enum", where).forEach(v -> values.add(JsonDocument.canonical(v)));
            return new ValueType.Choice(values);
        }
        Map<String, String> unknown = new TreeMap<>();
        schema.propertyStream()
                .filter(p -> !isKnown(p.getKey()))
                .forEach(p -> unknown.put(p.getKey(), JsonDocument.canonical(p.getValue())));
        List<ValueType> members = new ArrayList<>();
        List<String> names = types(schema, where);
        for (String name : names) {
            members.add(single(name, schema, unknown, where));
        }
        boolean anything = names.size() == TYPES.size() && isUnlimited(schema);
        return anything ? new ValueType.Any() : ValueType.union(members);
    }

    private static boolean isKnown(String keyword) {
        return READ.contains(keyword)
                || OF_STRINGS.contains(keyword)
                || OF_NUMBERS.contains(keyword)
                || OF_LISTS.contains(keyword)
                || OF_OBJECTS.contains(keyword)
                || isAnnotation(keyword);
    }

    private static boolean isUnlimited(JsonNode schema) {
        return schema.propertyStream()
                .allMatch(p -> isAnnotation(p.getKey()) || p.getKey().equals("type"));
    }

    /** Several ways to be right; what stands beside them holds for each. */
    private ValueType alternatives(JsonNode schema, String keyword, Location where) throws ProblemException {
        JsonNode beside = JsonSchemaMerge.without(schema, keyword);
        boolean limited = saysSomething(beside);
        List<ValueType> members = new ArrayList<>();
        for (JsonNode member : requireArray(schema, keyword, where)) {
            Location here = document.where(member, where);
            if (!limited) {
                members.add(nested(member, here));
                continue;
            }
            JsonSchemaMerge merge = new JsonSchemaMerge(pointers);
            JsonNode both = merge.both(beside, member, here);
            if (both.isMissingNode()) {
                return new ValueType.Opaque(JsonDocument.canonical(schema));
            }
            members.add(merged(merge, both, both, here));
        }
        return ValueType.union(members);
    }

    /** {@return the names of the types that are allowed: all when none is named but those that keywords speak of} */
    private List<String> types(JsonNode schema, Location where) throws ProblemException {
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            return List.of(requireType(type, where));
        }
        if (type.isArray()) {
            Set<String> names = new HashSet<>();
            for (JsonNode name : type) {
                names.add(requireType(name, where));
            }
            if (names.contains("number")) {
                names.remove("integer");
            }
            return TYPES.stream().filter(names::contains).toList();
        }
        if (!type.isMissingNode()) {
            throw document.unreadable(where, "type must be a name or a list of names");
        }
        if (schema.has("properties") || schema.has("required") || schema.has("additionalProperties")) {
            return List.of("object");
        }
        return schema.has("items") ? List.of("array") : TYPES;
    }

    private String requireType(JsonNode name, Location where) throws ProblemException {
        if (!TYPES.contains(name.asText(""))) {
            throw document.unreadable(
                    where,
                    "type must be one of " + String.join(", ", TYPES) + ", but is " + Words.quote(name.asText("")));
        }
        return name.textValue();
    }

    private ValueType single(String name, JsonNode schema, Map<String, String> unknown, Location where)
            throws ProblemException {
        return switch (name) {
            case "object" -> shape(schema, unknown, where);
            case "array" -> {
                JsonNode items = schema.path("items");
                ValueType of = items.isMissingNode() || items.isArray()
                        ? new ValueType.Any()
                        : nested(items, document.where(items, where));
                Limits limits = limits(schema, OF_LISTS).and(unknown);
                yield new ValueType.Sequence(
                        of, items.isArray() ? limits.and(Map.of("items", JsonDocument.canonical(items))) : limits);
            }
            case "string" ->
                new ValueType.Scalar(name, limits(schema, OF_STRINGS).and(unknown));
            case "integer", "number" ->
                new ValueType.Scalar(name, limits(schema, OF_NUMBERS).and(unknown));
            default -> new ValueType.Scalar(name, Limits.NONE.and(unknown));
        };
    }

    private static Limits limits(JsonNode schema, Set<String> keywords) {
        Map<String, String> limits = new TreeMap<>();
        keywords.stream()
                .filter(schema::has)
                .forEach(keyword -> limits.put(keyword, JsonDocument.canonical(schema.get(keyword))));
        limits.remove("uniqueItems", "false");
        return Limits.NONE.and(limits);
    }

    private ValueType shape(JsonNode schema, Map<String, String> unknown, Location where) throws ProblemException {
        Set<String> required = new HashSet<>();
        if (schema.has("required")) {
            requireArray(schema, "required", where).forEach(name -> required.add(name.asText()));
        }
        JsonNode properties = schema.path("properties");
        if (!properties.isObject() && !properties.isMissingNode()) {
            throw document.unreadable(where, "properties must be an object");
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : properties.properties()) {
            String name = entry.getKey();
            Location here = document.where(entry.getValue(), where);
            ValueType type = nested(entry.getValue(), here);
            fields.put(
                    name,
                    new Field(
                            name,
                            storageKey(entry.getValue(), name),
                            type,
                            required.contains(name),
                            false,
                            false,
                            here));
        }
        // Required without being described: it has to be there, whatever it is.
        for (String name : new TreeSet<>(required)) {
            fields.computeIfAbsent(name, n -> new Field(n, n, new ValueType.Any(), true, false, false, where));
        }
        JsonFields.rejectSharedKeys(document, fields.values(), Field::where);
        JsonNode others = schema.path("additionalProperties");
        ValueType open =
                others instanceof MissingNode ? new ValueType.Any() : nested(others, document.where(others, where));
        return new ValueType.Shape(fields, open, limits(schema, OF_OBJECTS).and(unknown));
    }

    private JsonNode requireArray(JsonNode schema, String keyword, Location where) throws ProblemException {
        JsonNode array = schema.path(keyword);
        if (!array.isArray()) {
            throw document.unreadable(where, keyword + " must be a list");
        }
        return array;
    }
}
