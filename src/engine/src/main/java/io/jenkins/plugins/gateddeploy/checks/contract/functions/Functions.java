package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Source;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions of one version, as its manifest lists them. */
public final class Functions {
    private final String file;
    private final Map<String, Function> byName = new LinkedHashMap<>();

    private Functions(String file) {
        this.file = file;
    }

    /** {@return whether this is a manifest of functions} */
    public static boolean areListed(Node root) {
        return root.get("functions") instanceof Node.Items || root.get("functions") instanceof Node.Table;
    }

    /**
     * {@return the functions of a manifest}
     *
     * @throws ProblemException when it is none; says where
     */
    public static Functions of(Source source) throws ProblemException {
        Functions functions = new Functions(source.path());
        Node list = source.root().get("functions");
        try {
            if (!areListed(source.root())) {
                throw new Unfit("has no list \"functions\"", source.root());
            }
            for (Node node : list.items()) {
                functions.add(name(node), node);
            }
            for (Map.Entry<String, Node> entry : list.entries().entrySet()) {
                functions.add(entry.getKey(), entry.getValue());
            }
        } catch (Unfit e) {
            Location location = new Location(source.path(), e.line(), 0);
            throw new ProblemException(List.of(Problem.error(
                    "check.failed",
                    "the file " + source.path() + " " + e.getMessage() + ".",
                    "Write it as docs/checks.md shows it, or have it written by the framework's own command.",
                    location)));
        }
        return functions;
    }

    String file() {
        return file;
    }

    Map<String, Function> byName() {
        return byName;
    }

    private void add(String written, Node node) throws Unfit {
        String name = common(written);
        Node arguments = node.get("args").isThere() ? node.get("args") : node.get("arguments");
        String kind = node.get("functionType")
                .text()
                .or(() -> node.get("kind").text())
                .orElse("")
                .toLowerCase(Locale.ROOT);
        Node visibility = node.get("visibility");
        boolean internal =
                visibility.get("kind").text().or(visibility::text).orElse("").equals("internal");
        Function function = new Function(name, kind, !internal, arguments(arguments), returns(node), node.line());
        if (byName.put(name, function) != null) {
            throw new Unfit("has the function " + shown(name) + " twice", node);
        }
    }

    private static Type returns(Node node) throws Unfit {
        Node returns = node.get("returns");
        return returns.isThere() && !isNull(returns) ? Types.of(returns) : Types.ANY;
    }

    /** Arguments are a type (Convex), a list of named ones, or a table of them; nothing written takes anything. */
    private static Type arguments(Node node) throws Unfit {
        if (!node.isThere() || isNull(node)) {
            return Types.ANY;
        }
        if (node.get("type").text().isPresent()) {
            boolean type = node.get("value").isThere() || node.entries().size() == 1;
            if (type && !(node.get("value").text().isPresent() && node.entries().size() > 2)) {
                return Types.of(node);
            }
        }
        if (node instanceof Node.Scalar) {
            return Types.of(node);
        }
        return new Type.ObjectOf(Types.fields(node));
    }

    private static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL;
    }

    private static String name(Node node) throws Unfit {
        if (node.get("method").text().isPresent() && node.get("path").text().isPresent()) {
            return node.get("method").text().get() + " "
                    + node.get("path").text().get();
        }
        return node.get("identifier")
                .text()
                .or(() -> node.get("name").text())
                .orElseThrow(() -> new Unfit("has a function without a \"name\"", node));
    }

    /** {@return a function's name in one form: Convex leaves {@code .js} out where people write it} */
    static String common(String name) {
        return name.replace(".js:", ":").replace(".ts:", ":");
    }

    /** {@return a name of a document, short and on one line} */
    static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 100 ? line.substring(0, 100) + "…" : line;
    }
}
