package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys of which a section has exactly one, each with the keys that make sense beside it alone. An override that names
 * another one takes the place of the first and of all that belongs to it.
 *
 * @param companions by the key that makes the choice
 */
record Alternatives(Map<String, Set<String>> companions) {
    static final Alternatives NONE = new Alternatives(Map.of());

    /** {@return the keys below an override that no longer hold} */
    Set<String> overruledBy(Node.Table override) {
        Set<String> dropped = new TreeSet<>();
        if (chosen(override).isEmpty()) {
            return dropped;
        }
        companions.forEach((head, others) -> {
            if (!override.entries().containsKey(head)) {
                dropped.add(head);
                dropped.addAll(others);
            }
        });
        return dropped;
    }

    void check(Node.Table table, Findings findings) {
        List<String> chosen = chosen(table);
        if (chosen.size() != 1 && !companions.isEmpty()) {
            String found = chosen.isEmpty() ? "none" : String.join(" and ", chosen);
            findings.add(
                    chosen.isEmpty() ? "config.missing" : "config.value",
                    table.place(),
                    "must have exactly one of " + Findings.list(companions.keySet()) + ", but has " + found + ".",
                    "");
            return;
        }
        companions.forEach((head, others) -> others.stream()
                .filter(key -> !chosen.contains(head) && table.entries().containsKey(key))
                .forEach(key -> findings.add(
                        "config.value",
                        table.entries().get(key).place(),
                        "goes with " + head + " only, but there is " + chosen.get(0) + ".",
                        "")));
    }

    private List<String> chosen(Node.Table table) {
        return companions.keySet().stream()
                .filter(table.entries()::containsKey)
                .sorted()
                .toList();
    }
}
