package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.Task.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of tasks, read to a list in the order in which they run. */
record OrderedTasks(MapOf<Task> table) implements Shape<List<Task>> {

    @Override
    public String expected() {
        return table.expected();
    }

    @Override
    public Optional<List<Task>> read(Node node, Findings findings) {
        Optional<Map<String, Task>> tasks = table.read(RemovedTasks.without(node), findings);
        Optional<List<String>> order = TaskOrder.of(items(node), findings);
        if (tasks.isEmpty() || order.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(order.get().stream()
                .map(name -> tasks.get().get(name).named(name))
                .toList());
    }

    @Override
    public void check(Node node, Findings findings) {
        table.check(RemovedTasks.without(node), findings);
    }

    @Override
    public Node merge(Node below, Node above) {
        return table.merge(below, above);
    }

    @Override
    public Stream<String> keys() {
        return table.keys();
    }

    /** Taken from what is written, so that the order is checked also when a task has another flaw. */
    static List<TaskOrder.Item> items(Node tasks) {
        List<TaskOrder.Item> items = new ArrayList<>();
        RemovedTasks.without(tasks).children().forEach((name, task) -> items.add(item(name, task)));
        return items;
    }

    private static TaskOrder.Item item(String name, Node task) {
        Optional<Node> after = task.child(TaskSection.AFTER.name());
        Optional<String> at =
                task.child(TaskSection.AT.name()).map(n -> n.text().orElse(""));
        boolean switched = at.filter(phase(Phase.SWITCHED)::equals).isPresent();
        boolean known = switched || at.isEmpty() || at.get().equals(phase(Phase.PREPARE));
        return new TaskOrder.Item(
                name,
                switched ? Phase.SWITCHED : Phase.PREPARE,
                known ? after.flatMap(Node::text) : Optional.empty(),
                after.orElse(task).place());
    }

    private static String phase(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
