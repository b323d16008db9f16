package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sections that are checked like all others but that nothing acts on yet. Each is kept as the plain values of the file. */
final class NotBuiltSections {
    private static final Shape<Object> BATCH = new Batch();

    static final List<Key<Object>> KEYS = List.of(strategy());

    private NotBuiltSections() {}

    /** {@return the sections that are written, by name} */
    static SortedMap<String, Object> written(Values values) {
        SortedMap<String, Object> written = new TreeMap<>();
        KEYS.forEach(key -> values.find(key).ifPresent(value -> written.put(key.name(), value)));
        return written;
    }

    private static Key<Object> strategy() {
        return section(
                "strategy",
                "a table such as { kind = \"rolling\", batch = \"50%\" }",
                List.of(
                        Key.required(
                                "kind",
                                Scalars.choice(
                                        Map.of("rolling", "rolling", "canary", "canary", "blue-green", "blue-green"))),
                        Key.optional("batch", BATCH)));
    }

    private static Key<Object> section(String name, String expected, List<Key<?>> keys) {
        return Key.optional(name, Section.of(expected, keys, values -> {
            Map<String, Object> plain = new TreeMap<>();
            keys.forEach(key -> values.find(key).ifPresent(value -> plain.put(key.name(), value)));
            return plain;
        }));
    }
}
