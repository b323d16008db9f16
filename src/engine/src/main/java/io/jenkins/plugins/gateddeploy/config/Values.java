package io.jenkins.plugins.gateddeploy.config;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What was read for the keys of one section. */
final class Values {
    private final Node.Table table;
    private final Map<String, Object> values;

    Values(Node.Table table, Map<String, Object> values) {
        this.table = table;
        this.values = values;
    }

    /** {@return the value, or the key's default} */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new NoSuchElementException(key.name()));
    }

    /** {@return the value, or the key's default; empty when there is neither, or what was written is not good} */
    @SuppressWarnings("unchecked") // Section puts in what the key's own shape has read.
    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key.name()));
    }

    /** {@return what was written, whether good or not} */
    Optional<Node> written(Key<?> key) {
        return Optional.ofNullable(table.entries().get(key.name()));
    }
}
