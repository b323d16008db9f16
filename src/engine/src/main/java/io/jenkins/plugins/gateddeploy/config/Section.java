package io.jenkins.plugins.gateddeploy.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table with known keys. An override merges into it key by key.
 *
 * @param <T> what it is read to
 */
final class Section<T> implements Shape<T> {
    private final String expected;
    private final Map<String, Key<?>> keys;
    private final Function<Values, T> binding;
    private final Alternatives alternatives;
    private final List<Rule> rules;
    private final Map<String, String> hints;

    private Section(
            String expected,
            Map<String, Key<?>> keys,
            Function<Values, T> binding,
            Alternatives alternatives,
            List<Rule> rules,
            Map<String, String> hints) {
        this.expected = expected;
        this.keys = keys;
        this.binding = binding;
        this.alternatives = alternatives;
        this.rules = rules;
        this.hints = hints;
    }

    /**
     * @param expected what the table is, as a message says it
     * @param binding makes the value when everything that is required is there and good
     */
    static <T> Section<T> of(String expected, List<Key<?>> keys, Function<Values, T> binding) {
        Map<String, Key<?>> byName = new LinkedHashMap<>();
        keys.forEach(key -> byName.put(key.name(), key));
        return new Section<>(
                expected, Collections.unmodifiableMap(byName), binding, Alternatives.NONE, List.of(), Map.of());
    }

    /** {@return the same, of which exactly one alternative is to be written} */
    Section<T> with(Alternatives choice) {
        return new Section<>(expected, keys, binding, choice, rules, hints);
    }

    /** {@return the same with a rule over several keys; it has to bear with any of them missing or broken} */
    Section<T> with(Rule rule) {
        List<Rule> more = Stream.concat(rules.stream(), Stream.of(rule)).toList();
        return new Section<>(expected, keys, binding, alternatives, more, hints);
    }

    /** {@return the same that says, for a key which it does not know, where that belongs} */
    Section<T> withHint(String unknownKey, String hint) {
        Map<String, String> more = new HashMap<>(hints);
        more.put(unknownKey, hint + " ");
        return new Section<>(expected, keys, binding, alternatives, rules, Map.copyOf(more));
    }

    @Override
    public String expected() {
        return expected;
    }

    @Override
    public Optional<T> read(Node node, Findings findings) {
        if (!(node instanceof Node.Table table)) {
            findings.type(node, expected);
            return Optional.empty();
        }
        boolean sound = checkNames(table, findings);
        Map<String, Object> read = new HashMap<>();
        for (Key<?> key : keys.values()) {
            sound &= read(key, table, read, findings);
        }
        Values values = new Values(table, read);
        Findings broken = new Findings();
        alternatives.check(table, broken);
        rules.forEach(rule -> rule.check(values, table, broken));
        findings.addAll(broken);
        return sound && broken.isEmpty() ? Optional.of(binding.apply(values)) : Optional.empty();
    }

    @Override
    public void check(Node node, Findings findings) {
        if (!(node instanceof Node.Table table)) {
            findings.type(node, expected);
            return;
        }
        checkNames(table, findings);
        table.entries().forEach((name, value) -> {
            if (keys.containsKey(name)) {
                keys.get(name).shape().check(value, findings);
            }
        });
    }

    @Override
    public Node merge(Node below, Node above) {
        if (!(below instanceof Node.Table base) || !(above instanceof Node.Table override)) {
            return above;
        }
        Map<String, Node> entries = new LinkedHashMap<>(base.entries());
        entries.keySet().removeAll(alternatives.overruledBy(override));
        override.entries().forEach((name, value) -> {
            Node lower = entries.get(name);
            boolean merges = lower != null && keys.containsKey(name);
            entries.put(name, merges ? keys.get(name).shape().merge(lower, value) : value);
        });
        return new Node.Table(override.place(), entries);
    }

    @Override
    public Stream<String> keys() {
        return keys.values().stream()
                .flatMap(key -> Stream.concat(
                        Stream.of(key.name()), key.shape().keys().map(inner -> key.name() + "." + inner)));
    }

    private boolean checkNames(Node.Table table, Findings findings) {
        boolean known = true;
        for (Map.Entry<String, Node> entry : table.entries().entrySet()) {
            if (!keys.containsKey(entry.getKey())) {
                findings.unknownKey(entry.getValue().place(), entry.getKey(), keys.keySet(), hints);
                known = false;
            }
        }
        return known;
    }

    private static <V> boolean read(Key<V> key, Node.Table table, Map<String, Object> read, Findings findings) {
        Node node = table.entries().get(key.name());
        Optional<V> value = node == null
                ? key.absence().value(table, key, findings)
                : key.shape().read(node, findings);
        value.ifPresent(v -> read.put(key.name(), v));
        return value.isPresent() || (node == null && !key.absence().required());
    }

    /** Something that several keys have to fulfil together. */
    @FunctionalInterface
    interface Rule {
        void check(Values values, Node.Table table, Findings findings);
    }
}
