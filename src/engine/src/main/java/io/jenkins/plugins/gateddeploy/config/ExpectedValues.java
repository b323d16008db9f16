package io.jenkins.plugins.gateddeploy.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keys of another file with the values that they have to have. A key may be written with dots in quotes, or as tables
 * within tables; both are the same key, also where an override replaces it.
 */
record ExpectedValues() implements Shape<SortedMap<String, Object>> {
    private static final String VALUE = "a string, a boolean, a number, or a list of these or of tables";

    @Override
    public String expected() {
        return "a table of keys and the values they have to have";
    }

    @Override
    public Optional<SortedMap<String, Object>> read(Node node, Findings findings) {
        if (!(node instanceof Node.Table table)) {
            findings.type(node, expected());
            return Optional.empty();
        }
        Findings broken = new Findings();
        Map<String, Node> leaves = new LinkedHashMap<>();
        flatten("", table, leaves, broken);
        SortedMap<String, Object> values = new TreeMap<>();
        if (!broken.tooMany(node, leaves.size())) {
            leaves.forEach((key, leaf) -> value(leaf, broken).ifPresent(v -> values.put(key, v)));
        }
        findings.addAll(broken);
        return broken.isEmpty() ? Optional.of(values) : Optional.empty();
    }

    @Override
    public Node merge(Node below, Node above) {
        if (!(below instanceof Node.Table base) || !(above instanceof Node.Table override)) {
            return above;
        }
        // What is wrong in either has been found in the file by itself.
        Findings known = new Findings();
        Map<String, Node> merged = new LinkedHashMap<>();
        flatten("", base, merged, known);
        Map<String, Node> winning = new LinkedHashMap<>();
        flatten("", override, winning, known);
        merged.putAll(winning);
        return new Node.Table(override.place(), known.isEmpty() ? merged : override.entries());
    }

    @Override
    public Stream<String> keys() {
        return Stream.of("*");
    }

    private static void flatten(String prefix, Node.Table table, Map<String, Node> leaves, Findings findings) {
        table.entries().forEach((name, value) -> {
            Node named = new Node.Scalar(value.place(), name);
            // Within a table a name is one part, dots or not; outside it is what a person wrote with dots.
            Optional<String> part = prefix.isEmpty()
                    ? DottedKeys.KEY.read(named, findings)
                    : DottedKeys.KEY.read(named, findings).map(p -> prefix + "." + p);
            part.ifPresent(key -> {
                if (value instanceof Node.Table inner) {
                    if (inner.entries().isEmpty()) {
                        findings.value(value, VALUE, "is an empty table");
                    }
                    flatten(key, inner, leaves, findings);
                } else if (leaves.putIfAbsent(key, value) != null) {
                    findings.add("config.duplicate", value.place(), "is written twice.", "Remove one of them.");
                }
            });
        });
    }

    private static Optional<Object> value(Node node, Findings findings) {
        if (node instanceof Node.Table table) {
            Map<String, Object> plain = new TreeMap<>();
            table.entries().forEach((key, inner) -> value(inner, findings).ifPresent(v -> plain.put(key, v)));
            return Optional.of(plain);
        }
        if (node instanceof Node.Array array) {
            List<Object> plain = new ArrayList<>();
            if (!findings.tooMany(node, array.items().size())) {
                array.items().forEach(item -> value(item, findings).ifPresent(plain::add));
            }
            return Optional.of(List.copyOf(plain));
        }
        Object value = ((Node.Scalar) node).value();
        boolean finite = value instanceof Double number && Double.isFinite(number);
        if (finite || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return Optional.of(value);
        }
        findings.type(node, VALUE);
        return Optional.empty();
    }
}
