package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.Task.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings tasks into the order in which they run: all of {@code prepare}, then all of {@code switched}; within a phase
 * as they are written, but a task with {@code after} directly behind the one it names (several behind the same one:
 * as they are written).
 */
final class TaskOrder {

    /**
     * A task that wants its place.
     *
     * @param after the task it follows
     * @param place where that is written
     */
    record Item(String name, Phase phase, Optional<String> after, Place place) {}

    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, List<Item>> followers = new LinkedHashMap<>();
    private final Findings findings = new Findings();

    private TaskOrder(List<Item> all) {
        all.forEach(item -> items.put(item.name(), item));
    }

    /** {@return the names in order; empty when an {@code after} makes no sense, which has then been reported} */
    static Optional<List<String>> of(List<Item> all, Findings findings) {
        TaskOrder order = new TaskOrder(all);
        List<String> sorted = order.sort();
        findings.addAll(order.findings);
        return order.findings.isEmpty() ? Optional.of(sorted) : Optional.empty();
    }

    private List<String> sort() {
        List<Item> first = new ArrayList<>();
        for (Item item : items.values()) {
            Optional<Item> predecessor = predecessor(item);
            if (predecessor.isPresent()) {
                followers
                        .computeIfAbsent(predecessor.get().name(), n -> new ArrayList<>())
                        .add(item);
            } else {
                first.add(item);
            }
        }
        first.sort(Comparator.comparing(item -> item.phase()));
        List<String> sorted = new ArrayList<>();
        first.forEach(item -> addWithFollowers(item, sorted));
        if (sorted.size() < items.size()) {
            reportLoops(sorted);
        }
        return List.copyOf(sorted);
    }

    /** {@return the task of the same phase that this one follows} */
    private Optional<Item> predecessor(Item item) {
        if (item.after().isEmpty()) {
            return Optional.empty();
        }
        String name = item.after().get();
        Item named = items.get(name);
        if (named == null) {
            String meant = Nearest.to(name, items.keySet())
                    .map(n -> "Did you mean " + n + "? ")
                    .orElse("");
            findings.add(
                    "config.reference",
                    item.place(),
                    "names " + Quoted.quote(name) + ", but there is no such task.",
                    meant + "Tasks here: " + Findings.list(items.keySet()) + ".");
            return Optional.empty();
        }
        if (named.phase().compareTo(item.phase()) > 0) {
            findings.add(
                    "config.reference",
                    item.place(),
                    "names " + Quoted.quote(name) + ", which runs in the later phase "
                            + Quoted.quote(phase(named.phase())) + ".",
                    "Give this task at = " + Quoted.quote(phase(named.phase())) + " too, or remove after.");
            return Optional.empty();
        }
        // One of an earlier phase has run long before: nothing to arrange.
        return named.phase() == item.phase() ? Optional.of(named) : Optional.empty();
    }

    /** Without recursion: a file may chain thousands of tasks. */
    private void addWithFollowers(Item root, List<String> sorted) {
        Deque<Item> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Item item = open.pop();
            sorted.add(item.name());
            List<Item> next = followers.getOrDefault(item.name(), List.of());
            for (int i = next.size() - 1; i >= 0; i--) {
                open.push(next.get(i));
            }
        }
    }

    private void reportLoops(List<String> sorted) {
        Set<String> settled = new HashSet<>(sorted);
        for (Item item : items.values()) {
            List<String> way = new ArrayList<>();
            String name = item.name();
            while (settled.add(name)) {
                way.add(name);
                name = items.get(name).after().orElseThrow();
            }
            if (way.contains(name)) {
                List<String> loop = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
                loop.add(name);
                findings.add(
                        "config.reference",
                        items.get(name).place(),
                        "forms a loop: " + Quoted.clip(String.join(" after ", loop)) + ".",
                        "Remove one of these.");
            }
        }
    }

    private static String phase(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
