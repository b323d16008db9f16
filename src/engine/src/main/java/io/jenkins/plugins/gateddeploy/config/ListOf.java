package io.jenkins.plugins.gateddeploy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list; in an override it replaces the list below it.
 *
 * @param expected as a message says it
 * @param item what each item is
 * @param least how many there have to be
 * @param rule what the items have to fulfil together
 */
record ListOf<T>(String expected, Shape<T> item, int least, Rule<T> rule) implements Shape<List<T>> {

    /** An item that is good by itself, and where it stands. */
    record Item<T>(T value, Place place) {}

    /** Something that items have to fulfil together; it sees the good ones also when others are not. */
    @FunctionalInterface
    interface Rule<T> {
        void check(List<Item<T>> items, Findings findings);
    }

    /** {@return a list with at least one item} */
    static <T> ListOf<T> some(String expected, Shape<T> item) {
        return new ListOf<>(expected, item, 1, (items, findings) -> {});
    }

    /** {@return a list that may have no items} */
    static <T> ListOf<T> any(String expected, Shape<T> item) {
        return new ListOf<>(expected, item, 0, (items, findings) -> {});
    }

    ListOf<T> with(Rule<T> newRule) {
        return new ListOf<>(expected, item, least, newRule);
    }

    @Override
    public Optional<List<T>> read(Node node, Findings findings) {
        if (!(node instanceof Node.Array array)) {
            findings.type(node, expected);
            return Optional.empty();
        }
        if (array.items().size() < least) {
            findings.value(node, expected, "is empty");
            return Optional.empty();
        }
        if (findings.tooMany(node, array.items().size())) {
            return Optional.empty();
        }
        List<Item<T>> items = new ArrayList<>();
        array.items().forEach(i -> item.read(i, findings).ifPresent(value -> items.add(new Item<>(value, i.place()))));
        Findings broken = new Findings();
        rule.check(items, broken);
        findings.addAll(broken);
        boolean sound = broken.isEmpty() && items.size() == array.items().size();
        return sound ? Optional.of(items.stream().map(Item::value).toList()) : Optional.empty();
    }

    @Override
    public Stream<String> keys() {
        return item.keys();
    }
}
