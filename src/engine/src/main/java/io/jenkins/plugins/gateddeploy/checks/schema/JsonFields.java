package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Field;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Stored;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the fields of a JSON model. What a field has besides (labels, hints for editors) is passed over. */
record JsonFields(JsonDocument document) {
    private static final Map<String, String> ALIASES = aliases();

    private static final Set<String> LIMITS = Set.of(
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "minValue",
            "maxValue",
            "minItems",
            "maxItems",
            "pattern",
            "unique");

    private static final List<String> STORAGE_KEYS = List.of("storageKey", "storage_key");
    private static final List<String> CONSTANTS = List.of("enum", "options");
    private static final List<String> DEFAULTS = List.of("default", "defaultValue");

    private static Map<String, String> aliases() {
        Map<String, String> aliases = new HashMap<>();
        List.of("int", "integer", "long", "bigint", "smallint").forEach(name -> aliases.put(name, "integer"));
        List.of("number", "float", "double", "decimal", "real", "float64").forEach(name -> aliases.put(name, "number"));
        List.of("string", "varchar", "shorttext").forEach(name -> aliases.put(name, "string"));
        List.of("text", "longtext").forEach(name -> aliases.put(name, "text"));
        List.of("bool", "boolean").forEach(name -> aliases.put(name, "boolean"));
        return Map.copyOf(aliases);
    }

    /** {@return the fields of a model, or of an object within one} */
    ValueType.Shape shape(JsonNode item, Location where) throws ProblemException {
        JsonNode written = item.path("fields");
        Map<String, Field> fields = new LinkedHashMap<>();
        if (written.isObject()) {
            for (Map.Entry<String, JsonNode> entry : written.properties()) {
                add(fields, field(entry.getKey(), entry.getValue(), document.where(entry.getValue(), where)));
            }
        } else if (written.isArray()) {
            for (JsonNode field : written) {
                Location here = document.where(field, where);
                add(fields, field(text(field, "name", here), field, here));
            }
        } else {
            throw document.unreadable(
                    where,
                    "expected fields, an object or a list, but it "
                            + (written.isMissingNode() ? "is missing" : "is neither"));
        }
        rejectSharedKeys(document, fields.values(), Field::where);
        return new ValueType.Shape(fields, new ValueType.Nothing(), Limits.NONE);
    }

    private void add(Map<String, Field> fields, Field field) throws ProblemException {
        if (fields.putIfAbsent(field.name(), field) != null) {
            throw document.unreadable(field.where(), "there are two fields named " + Words.quote(field.name()));
        }
    }

    private Field field(String name, JsonNode written, Location where) throws ProblemException {
        if (written.isTextual()) {
            return new Field(name, name, scalar(written.textValue(), Limits.NONE), false, false, false, where);
        }
        if (!written.isObject()) {
            throw document.unreadable(
                    where,
                    "field " + Words.quote(name)
                            + " must be a type's name or an object such as { \"type\": \"string\" }");
        }
        boolean required =
                written.has("optional") ? !flag(written, "optional", where) : flag(written, "required", where);
        boolean filled = DEFAULTS.stream().anyMatch(written::hasNonNull);
        boolean derived = written.has("collection");
        ValueType type = type(written, where, name);
        if (flag(written, "nullable", where)) {
            type = ValueType.union(List.of(type, new ValueType.Scalar("null", Limits.NONE)));
        }
        return new Field(name, storageKey(written, name, where), type, required, filled, derived, where);
    }

    private ValueType type(JsonNode written, Location where, String name) throws ProblemException {
        for (String constants : CONSTANTS) {
            if (written.path(constants).isArray()) {
                TreeSet<String> values = new TreeSet<>();
                written.path(constants).forEach(v -> values.add(JsonDocument.canonical(v)));
                return new ValueType.Choice(values);
            }
        }
        for (String relation : List.of("object", "collection", "model")) {
            if (written.path(relation).isTextual()) {
                return new ValueType.Scalar(
                        relation + " " + written.path(relation).textValue(), Limits.NONE);
            }
        }
        JsonNode type = written.path("type");
        if (type.isTextual()) {
            return named(type.textValue(), written, where, name);
        }
        if (type.isArray() && !type.isEmpty()) {
            List<ValueType> members = new ArrayList<>();
            for (JsonNode member : type) {
                if (!member.isTextual()) {
                    throw document.unreadable(where, "field " + Words.quote(name) + " lists a type that is no name");
                }
                members.add(named(member.textValue(), written, where, name));
            }
            return ValueType.union(members);
        }
        throw document.unreadable(where, "field " + Words.quote(name) + " has no type");
    }

    private ValueType named(String type, JsonNode written, Location where, String name) throws ProblemException {
        Limits limits = limits(written);
        if (type.equalsIgnoreCase("any")) {
            return new ValueType.Any();
        }
        if (type.equalsIgnoreCase("object") && written.has("fields")) {
            return shape(written, where);
        }
        if (type.equalsIgnoreCase("array") || type.equalsIgnoreCase("list")) {
            JsonNode items = written.path("items");
            if (items.isMissingNode()) {
                return new ValueType.Sequence(new ValueType.Any(), limits);
            }
            ValueType item = items.isTextual()
                    ? scalar(items.textValue(), Limits.NONE)
                    : type(items, document.where(items, where), name);
            return new ValueType.Sequence(item, limits);
        }
        return scalar(type, limits);
    }

    private static ValueType scalar(String type, Limits limits) {
        String name = type.toLowerCase(Locale.ROOT);
        return new ValueType.Scalar(ALIASES.getOrDefault(name, name), limits);
    }

    private static Limits limits(JsonNode written) {
        Map<String, String> limits = new TreeMap<>();
        LIMITS.stream()
                .filter(written::hasNonNull)
                .forEach(keyword -> limits.put(keyword, JsonDocument.canonical(written.get(keyword))));
        limits.remove("unique", "false");
        return Limits.NONE.and(limits);
    }

    /** {@return the identity of its data: what is written, else the name} */
    String storageKey(JsonNode written, String name, Location where) throws ProblemException {
        for (String key : STORAGE_KEYS) {
            if (written.has(key)) {
                return text(written, key, where);
            }
        }
        return name;
    }

    /** {@return a text that has to be there} */
    String text(JsonNode object, String key, Location where) throws ProblemException {
        JsonNode text = object.path(key);
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw document.unreadable(
                    where,
                    "expected a text as " + key + ", but it "
                            + (text.isMissingNode()
                                    ? "is missing"
                                    : text.isTextual() ? "is empty" : "is something else"));
        }
        return text.textValue();
    }

    private boolean flag(JsonNode object, String key, Location where) throws ProblemException {
        JsonNode flag = object.path(key);
        if (flag.isMissingNode() || flag.isNull()) {
            return false;
        }
        if (!flag.isBoolean()) {
            throw document.unreadable(where, "expected true or false as " + key);
        }
        return flag.booleanValue();
    }

    /** Two with one key would store their data in the same place. */
    static <T extends Stored> void rejectSharedKeys(
            JsonDocument document, Collection<T> all, Function<T, Location> where) throws ProblemException {
        Set<String> keys = new HashSet<>();
        for (T one : all) {
            if (!keys.add(one.storageKey())) {
                throw document.unreadable(
                        where.apply(one), "the storage key " + Words.quote(one.storageKey()) + " is used twice");
            }
        }
    }
}
