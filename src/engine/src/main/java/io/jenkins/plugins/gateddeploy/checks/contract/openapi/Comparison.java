package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Two documents, path by path and operation by operation. */
final class Comparison {
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");

    private final Api old;
    private final Api now;
    private final Changes changes;
    private final ParameterRules parameters;
    private final BodyRules bodies;
    private final SecurityRules security;

    Comparison(Api old, Api now, Changes changes) {
        this.old = old;
        this.now = now;
        this.changes = changes;
        SchemaComparison schemas = new SchemaComparison(new Schemas(old.documents()), new Schemas(now.documents()));
        Sides sides = new Sides(old, now, schemas, changes);
        this.parameters = new ParameterRules(sides);
        this.bodies = new BodyRules(sides);
        this.security = new SecurityRules(old, now);
    }

    void run() throws IOException, ProblemException, InterruptedException {
        paths(old.root().get("paths"), now.root().get("paths"), Comparison::template, Direction.SENT, "");
        paths(old.root().get("webhooks"), now.root().get("webhooks"), name -> name, Direction.READ, "webhook ");
    }

    /**
     * Compares operations.
     *
     * @param form what two paths have in common that are the same to clients
     * @param requests which way the requests go: clients send them, or read them where the application calls
     */
    private void paths(Node before, Node after, UnaryOperator<String> form, Direction requests, String prefix)
            throws IOException, ProblemException, InterruptedException {
        Map<String, String> byForm = new HashMap<>();
        after.entries().keySet().forEach(path -> byForm.putIfAbsent(form.apply(path), path));
        for (Map.Entry<String, Node> entry : before.entries().entrySet()) {
            String path = entry.getKey();
            if (!path.startsWith("x-")) {
                String pathNow = after.get(path).isThere() ? path : byForm.getOrDefault(form.apply(path), path);
                Node item = after.get(pathNow);
                Place place = Place.of("", item.isThere() ? item : after);
                Route route = new Route(path, pathNow, old.follow(entry.getValue()), now.follow(item));
                operations(route, requests, prefix, place);
            }
        }
    }

    /** A path in both versions, and what stands there. */
    record Route(String path, String pathNow, Node before, Node after) {}

    private void operations(Route route, Direction requests, String prefix, Place around)
            throws IOException, ProblemException, InterruptedException {
        for (String method : METHODS) {
            Node before = route.before.get(method);
            Node after = route.after.get(method);
            if (!before.isThere()) {
                continue;
            }
            Place place = new Place(
                    prefix + method.toUpperCase(Locale.ROOT) + " " + route.path,
                    null,
                    "",
                    null,
                    after instanceof Node.Table table ? table : around.at());
            if (!after.isThere()) {
                String deprecated = before.get("deprecated").isTrue() ? ", though it was deprecated" : "";
                changes.breaks(Mend.KEEP, place, "is no longer there" + deprecated);
                continue;
            }
            if (requests == Direction.SENT) {
                parameters.compare(route, before, after, place);
                security.compare(before, after, place, changes);
            }
            bodies.requests(before.get("requestBody"), after.get("requestBody"), requests, place);
            bodies.responses(before.get("responses"), after.get("responses"), requests.turned(), place);
            callbacks(before.get("callbacks"), after.get("callbacks"), requests, place);
        }
    }

    private void callbacks(Node before, Node after, Direction requests, Place place)
            throws IOException, ProblemException, InterruptedException {
        if (requests != Direction.SENT) {
            // Callbacks of calls that the application itself makes are more than anybody writes.
            return;
        }
        for (Map.Entry<String, Node> callback : before.entries().entrySet()) {
            Node was = old.follow(callback.getValue());
            Node is = now.follow(after.get(callback.getKey()));
            paths(was, is, url -> url, Direction.READ, place.heading() + ", callback " + callback.getKey() + " ");
        }
    }

    /** The names of parameters in a path are nothing that clients send. */
    static String template(String path) {
        StringBuilder form = new StringBuilder(path.length());
        int depth = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '{' && depth++ == 0) {
                form.append('{');
            } else if (c == '}' && depth > 0 && --depth == 0) {
                form.append('}');
            } else if (depth == 0) {
                form.append(c);
            }
        }
        return form.toString();
    }
}
