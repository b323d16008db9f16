package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Documents;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of an operation: in path, query, headers and cookies. */
final class ParameterRules {
    private static final Pattern IN_PATH = Pattern.compile("\\{([^{}]*)\\}");

    /** <a href="https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-for-use-with-schema">Ignored by the standard</a>. */
    private static final Set<String> NO_PARAMETERS =
            Set.of("header accept", "header content-type", "header authorization");

    private final Sides sides;

    ParameterRules(Sides sides) {
        this.sides = sides;
    }

    void compare(Comparison.Route route, Node before, Node after, Place around)
            throws IOException, ProblemException, InterruptedException {
        Map<String, Node> was = of(sides.old().documents(), route.before(), before, route.path());
        Map<String, Node> is = of(sides.now().documents(), route.after(), after, route.pathNow());
        for (Map.Entry<String, Node> entry : was.entrySet()) {
            Node now = is.get(entry.getKey());
            Node old = entry.getValue();
            String name = old.get("in").text().orElse("") + " parameter "
                    + old.get("name").text().orElse("");
            if (now != null) {
                one(old, now, around.part(name, now));
            } else if (!entry.getKey().startsWith("path ")) {
                sides.changes().breaks(Mend.KEEP, around.part(name, after), "is no longer there");
            }
        }
        is.forEach((key, now) -> {
            if (!was.containsKey(key) && now.get("required").isTrue() && !key.startsWith("path ")) {
                String name = now.get("in").text().orElse("") + " parameter "
                        + now.get("name").text().orElse("");
                sides.changes().breaks(Mend.OPTIONAL, around.part(name, now), "is new and required");
            }
        });
    }

    private void one(Node before, Node after, Place place) throws IOException, ProblemException, InterruptedException {
        boolean inPath = before.get("in").text().orElse("").equals("path");
        if (after.get("required").isTrue() && !before.get("required").isTrue() && !inPath) {
            sides.changes().breaks(Mend.OPTIONAL, place, "is now required");
        }
        if (!style(before).equals(style(after))) {
            sides.changes()
                    .breaks(
                            Mend.ACCEPT,
                            place,
                            "is to be written in the style " + style(after) + ", before " + style(before));
        } else if (explodes(before) != explodes(after) && isCompound(before)) {
            sides.changes().breaks(Mend.ACCEPT, place, "is to be written with explode = " + explodes(after) + " now");
        }
        sides.compare(schema(before), schema(after), Direction.SENT, place);
    }

    private boolean isCompound(Node parameter) throws IOException, ProblemException, InterruptedException {
        Types types = sides.schemas().old().of(schema(parameter)).types();
        return !types.equals(Types.ALL) && (types.meets(Types.ARRAY) || types.meets(Types.OBJECT));
    }

    private static Node schema(Node parameter) {
        Map<String, Node> content = parameter.get("content").entries();
        return content.isEmpty()
                ? parameter.get("schema")
                : content.values().iterator().next().get("schema");
    }

    private static String style(Node parameter) {
        boolean simple =
                Set.of("path", "header").contains(parameter.get("in").text().orElse(""));
        return parameter.get("style").text().orElse(simple ? "simple" : "form");
    }

    private static boolean explodes(Node parameter) {
        Node written = parameter.get("explode");
        return written.isThere() ? written.isTrue() : style(parameter).equals("form");
    }

    /**
     * {@return the parameters by what makes them the same to clients: those in a path by their position, as their names
     * are nothing that is sent} Those of the operation win over the path's.
     */
    private static Map<String, Node> of(Documents documents, Node item, Node operation, String path)
            throws IOException, ProblemException, InterruptedException {
        List<Node> written = new ArrayList<>(item.get("parameters").items());
        written.addAll(operation.get("parameters").items());
        Map<String, Node> parameters = new LinkedHashMap<>();
        for (Node node : written) {
            Node parameter = documents.follow(node);
            String name = parameter.get("name").text().orElse("");
            String in = parameter.get("in").text().orElse("");
            String key = in + " " + (in.equals("header") ? name.toLowerCase(Locale.ROOT) : name);
            if (!name.isEmpty() && !NO_PARAMETERS.contains(key)) {
                parameters.put(in.equals("path") ? "path " + position(path, name) : key, parameter);
            }
        }
        return parameters;
    }

    private static int position(String path, String name) {
        Matcher matcher = IN_PATH.matcher(path);
        for (int i = 0; matcher.find(); i++) {
            if (matcher.group(1).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
