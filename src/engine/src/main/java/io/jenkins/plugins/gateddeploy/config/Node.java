package io.jenkins.plugins.gateddeploy.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a TOML file that knows where it stands, also after tables of several files have been merged. */
sealed interface Node {

    Place place();

    /** {@return what stands behind its keys; nothing when it is no table} */
    default Map<String, Node> children() {
        return this instanceof Table table ? table.entries() : Map.of();
    }

    /** {@return what stands behind a key} */
    default Optional<Node> child(String key) {
        return Optional.ofNullable(children().get(key));
    }

    /** {@return its text; empty when it is no string} */
    default Optional<String> text() {
        return this instanceof Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** {@return what it is, as a message says it: {@code a string}} */
    String kind();

    /**
     * Keys with values.
     *
     * @param entries in the order of the file
     */
    record Table(Place place, Map<String, Node> entries) implements Node {
        public Table {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Table empty(Place place) {
            return new Table(place, Map.of());
        }

        @Override
        public String kind() {
            return "a table";
        }
    }

    /**
     * Values without keys.
     *
     * @param items in the order of the file
     */
    record Array(Place place, List<Node> items) implements Node {
        public Array {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param value a String, Long, Double, Boolean or one of java.time
     */
    record Scalar(Place place, Object value) implements Node {
        @Override
        public String kind() {
            if (value instanceof String) {
                return "a string";
            }
            if (value instanceof Long) {
                return "an integer";
            }
            if (value instanceof Boolean) {
                return "a boolean";
            }
            return value instanceof Double ? "a float" : "a date or time";
        }
    }
}
