package io.jenkins.plugins.gateddeploy.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table whose keys the file chooses. An override adds entries and replaces each as a whole, where it stands.
 *
 * @param expected as a message says it
 * @param name what a key has to look like
 * @param entry what stands behind each key
 */
record MapOf<T>(String expected, Shape<String> name, Shape<T> entry) implements Shape<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(Node node, Findings findings) {
        if (!(node instanceof Node.Table table)) {
            findings.type(node, expected);
            return Optional.empty();
        }
        if (findings.tooMany(node, table.entries().size())) {
            return Optional.empty();
        }
        boolean named = checkNames(table, findings);
        Map<String, T> values = new LinkedHashMap<>();
        table.entries().forEach((key, value) -> entry.read(value, findings).ifPresent(v -> values.put(key, v)));
        return named && values.size() == table.entries().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    @Override
    public void check(Node node, Findings findings) {
        if (!(node instanceof Node.Table table)) {
            findings.type(node, expected);
        } else if (!findings.tooMany(node, table.entries().size())) {
            checkNames(table, findings);
            table.entries().values().forEach(value -> entry.check(value, findings));
        }
    }

    @Override
    public Node merge(Node below, Node above) {
        if (!(below instanceof Node.Table base) || !(above instanceof Node.Table override)) {
            return above;
        }
        Map<String, Node> entries = new LinkedHashMap<>(base.entries());
        entries.putAll(override.entries());
        return new Node.Table(override.place(), entries);
    }

    @Override
    public Stream<String> keys() {
        return Stream.concat(Stream.of("*"), entry.keys().map(k -> "*." + k));
    }

    private boolean checkNames(Node.Table table, Findings findings) {
        boolean good = true;
        for (Map.Entry<String, Node> named : table.entries().entrySet()) {
            Node key = new Node.Scalar(named.getValue().place(), named.getKey());
            good &= name.read(key, findings).isPresent();
        }
        return good;
    }
}
