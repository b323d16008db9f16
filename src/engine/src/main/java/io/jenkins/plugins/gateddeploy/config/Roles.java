package io.jenkins.plugins.gateddeploy.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds roles in tasks that nobody has. A task at the top of the file may name a role that only some environments have
 * (staging with one server for everything); it is an error when no environment that has the task has the role.
 */
final class Roles {
    private final Map<Place, String> wanted = new LinkedHashMap<>();
    private final Set<Place> found = new HashSet<>();
    private final Set<String> known = new TreeSet<>();

    /** Looks at an environment after everything has been merged into it. */
    void add(Node.Table environment) {
        Set<String> roles = new HashSet<>();
        items(environment, EnvironmentSection.TARGETS.name())
                .forEach(target -> items(target, TargetShapes.ROLES.name())
                        .forEach(role -> role.text().ifPresent(roles::add)));
        known.addAll(roles);
        environment
                .child(EnvironmentSection.TASKS.name())
                .ifPresent(tasks -> tasks.children().values().stream()
                        .flatMap(task -> items(task, TaskSection.ON.name()).stream())
                        .forEach(role -> role.text().ifPresent(name -> want(name, role.place(), roles))));
    }

    private void want(String role, Place place, Set<String> roles) {
        wanted.put(place, role);
        if (roles.contains(role)) {
            found.add(place);
        }
    }

    void report(Findings findings) {
        wanted.forEach((place, role) -> {
            if (!found.contains(place)) {
                String meant = Nearest.to(role, known)
                        .map(r -> "Did you mean " + r + "? ")
                        .orElse("");
                String mend = known.isEmpty()
                        ? "No target has roles: write { host = \"…\", roles = [" + Quoted.quote(role) + "] }."
                        : meant + "Roles of targets: " + Findings.list(known) + ".";
                findings.add(
                        "config.reference",
                        place,
                        "is the role " + Quoted.quote(role) + ", which no target has where this task runs.",
                        mend);
            }
        });
    }

    private static List<Node> items(Node around, String key) {
        return around.child(key)
                .map(node -> node instanceof Node.Array array ? array.items() : List.<Node>of())
                .orElse(List.of());
    }
}
