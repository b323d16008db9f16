package io.jenkins.plugins.gateddeploy.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tasks written as {@code false}: they do without the one of that name that a recipe or the top of the file brings. */
final class RemovedTasks {
    private RemovedTasks() {}

    /** Reports each {@code false} that takes nothing away. */
    static void check(Map<String, Node> below, Map<String, Node> above, Findings findings) {
        above.forEach((name, node) -> {
            if (removes(node) && !below.containsKey(name)) {
                String known = below.isEmpty() ? "there are none" : "there are " + Findings.list(below.keySet());
                findings.add(
                        "config.reference",
                        node.place(),
                        "is false but there is no such task to remove: " + known + ".",
                        "");
            }
        });
    }

    /** {@return the tasks that are left} */
    static Node without(Node tasks) {
        if (!(tasks instanceof Node.Table table)) {
            return tasks;
        }
        Map<String, Node> left = new LinkedHashMap<>(table.entries());
        left.values().removeIf(RemovedTasks::removes);
        return new Node.Table(table.place(), left);
    }

    private static boolean removes(Node node) {
        return node instanceof Node.Scalar scalar && Boolean.FALSE.equals(scalar.value());
    }
}
