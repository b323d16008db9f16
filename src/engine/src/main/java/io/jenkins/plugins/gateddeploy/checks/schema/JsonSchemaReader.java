package io.jenkins.plugins.gateddeploy.checks.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Definition;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Model;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Reference;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a JSON Schema: the root is a model, or, where the root says nothing of its own, each of its definitions. Used
 * once.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-core">JSON Schema Core 2020-12</a>
 * @see <a href="https://json-schema.org/draft-07/draft-handrews-json-schema-01">JSON Schema draft 7</a>
 */
final class JsonSchemaReader {
    private static final List<String> DEFINITIONS = List.of("$defs", "definitions");

    private final JsonDocument document;
    private final JsonPointers pointers;
    private final JsonSchemaTypes types;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Set<String> modelNames = new HashSet<>();

    JsonSchemaReader(JsonDocument document) {
        this.document = document;
        this.pointers = new JsonPointers(document);
        this.types = new JsonSchemaTypes(document, pointers);
    }

    /**
     * {@return what it describes}
     *
     * @throws ProblemException when a reference leads nowhere, or a keyword has a value that it cannot have
     */
    DataModel read() throws ProblemException {
        JsonNode root = document.root();
        Location top = document.where(root);
        if (!root.isObject()) {
            throw document.unreadable(top, "expected a JSON Schema, an object");
        }
        Map<String, Model> models = new LinkedHashMap<>();
        if (types.saysSomething(root)) {
            ValueType type = types.read(root, top);
            models.put(name(), new Model(name(), name(), type, top));
            modelNames.add("#");
        } else {
            definitionsAsModels(root, top, models);
        }
        define();
        return new DataModel(models, collapse(), modelNames);
    }

    /** The file's name: a title may change without anything else. */
    private String name() {
        String file = document.file().substring(document.file().lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private void definitionsAsModels(JsonNode root, Location top, Map<String, Model> models) throws ProblemException {
        for (String keyword : DEFINITIONS) {
            for (Map.Entry<String, JsonNode> entry : root.path(keyword).properties()) {
                Location where = document.where(entry.getValue(), top);
                ValueType type = types.read(entry.getValue(), where);
                String key = JsonSchemaTypes.storageKey(entry.getValue(), entry.getKey());
                models.put(entry.getKey(), new Model(entry.getKey(), key, type, where));
                modelNames.add("#/" + keyword + "/" + entry.getKey());
            }
        }
        if (models.isEmpty()) {
            throw document.unreadable(top, "expected a JSON Schema with properties, a type, $ref or $defs");
        }
        JsonFields.rejectSharedKeys(document, models.values(), Model::where);
    }

    /** Reads what is referred to, and what that refers to. */
    private void define() throws ProblemException {
        while (pointers.hasNext()) {
            JsonPointers.Target target = pointers.next();
            definitions.put(
                    target.reference(), new Definition(types.read(target.node(), target.where()), target.where()));
        }
    }

    /** A definition that is only another's name becomes that other. */
    private Map<String, Definition> collapse() {
        Map<String, Definition> collapsed = new LinkedHashMap<>();
        Map<String, ValueType> known = new HashMap<>();
        for (Map.Entry<String, Definition> entry : definitions.entrySet()) {
            ValueType type = end(entry.getKey(), known);
            collapsed.put(entry.getKey(), new Definition(type, entry.getValue().where()));
        }
        return collapsed;
    }

    private ValueType end(String name, Map<String, ValueType> known) {
        Set<String> way = new LinkedHashSet<>();
        String at = name;
        ValueType type = null;
        while (type == null) {
            if (known.containsKey(at)) {
                type = known.get(at);
            } else if (!way.add(at)) {
                // It refers to nothing but itself, which allows anything.
                type = new ValueType.Any();
            } else if (definitions.get(at).type() instanceof Reference next) {
                at = next.definition();
            } else {
                type = definitions.get(at).type();
            }
        }
        for (String step : way) {
            known.put(step, type);
        }
        return type;
    }
}
