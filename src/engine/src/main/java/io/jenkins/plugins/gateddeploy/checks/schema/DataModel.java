package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.problem.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A schema as a document describes it.
 *
 * @param models by name, in the order of the document
 * @param definitions types that others refer to, by the name they use
 * @param modelNames those of these names that lead to a model
 */
record DataModel(Map<String, Model> models, Map<String, Definition> definitions, Set<String> modelNames) {
    DataModel {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
        modelNames = Set.copyOf(modelNames);
    }

    /** Something that is stored under a key: a model or a field. */
    sealed interface Stored {
        String name();

        /** {@return the identity of its data; the name where the document gives no other} */
        String storageKey();
    }

    /**
     * A table, or a kind of document.
     *
     * @param type usually an object with fields
     */
    record Model(String name, String storageKey, ValueType type, Location where) implements Stored {
        Model {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(storageKey, "storageKey");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(where, "where");
        }
    }

    /**
     * A part of an object.
     *
     * @param required whether it must be there in what is stored
     * @param filled whether the store itself fills it in where it is missing
     * @param derived whether it is computed from other data and stores none of its own
     */
    record Field(
            String name,
            String storageKey,
            ValueType type,
            boolean required,
            boolean filled,
            boolean derived,
            Location where)
            implements Stored {
        Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(storageKey, "storageKey");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(where, "where");
        }
    }

    /** A type with a name. */
    record Definition(ValueType type, Location where) {
        Definition {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(where, "where");
        }
    }
}
