package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Alike;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads types: Convex's validators as JSON ({@code {"type": "array", "value": {"type": "string"}}}), or only a name. A
 * document is never so deep that its types exhaust the stack.
 */
final class Types {
    /** Whatever it is. */
    static final Type ANY = new Type.Any();

    private static final Map<String, String> SAME =
            Map.of("float64", "number", "int64", "bigint", "str", "string", "bool", "boolean");

    private Types() {}

    static Type of(Node node) throws Unfit {
        if (node.text().isPresent()) {
            return plain(node.text().get());
        }
        if (node instanceof Node.Items list) {
            return union(list);
        }
        String type = node.get("type")
                .text()
                .orElseThrow(() -> new Unfit("has a type that does not say which (\"type\")", node));
        Node value = node.get("value");
        return switch (type) {
            case "any" -> ANY;
            case "literal" -> literal(value, node);
            case "id" -> new Type.Plain("id of " + node.get("tableName").text().orElse("any table"));
            case "array" -> new Type.ListOf(orAny(value.isThere() ? value : node.get("items")));
            case "record" -> new Type.MapOf(orAny(node.get("keys")), fieldType(node.get("values")));
            case "object" -> value.isThere() ? new Type.ObjectOf(fields(value)) : plain(type);
            case "union" -> union(value);
            default -> plain(type);
        };
    }

    /** {@return fields, or arguments, by name: a table, or a list of tables with {@code name}} */
    static Map<String, Type.Field> fields(Node node) throws Unfit {
        Map<String, Type.Field> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : node.entries().entrySet()) {
            fields.put(entry.getKey(), field(entry.getValue()));
        }
        for (Node item : node.items()) {
            String name =
                    item.get("name").text().orElseThrow(() -> new Unfit("has an argument without a \"name\"", item));
            fields.put(name, field(item));
        }
        return fields;
    }

    private static Type.Field field(Node node) throws Unfit {
        if (node.get("fieldType").isThere()) {
            return new Type.Field(
                    of(node.get("fieldType")), node.get("optional").isTrue());
        }
        boolean typed = node.text().isPresent()
                || node instanceof Node.Items
                || node.get("type").text().isPresent();
        // The type of a named argument may be written as a whole: { "name": "x", "type": { "type": "array", … } }.
        Node type = typed ? node : node.get("type");
        return new Type.Field(
                type.isThere() ? of(type) : ANY, node.get("optional").isTrue());
    }

    private static Type fieldType(Node node) throws Unfit {
        return node.isThere() ? field(node).type() : ANY;
    }

    private static Type orAny(Node node) throws Unfit {
        return node.isThere() ? of(node) : ANY;
    }

    private static Type plain(String name) {
        return name.equals("any") ? ANY : new Type.Plain(SAME.getOrDefault(name, name));
    }

    private static Type literal(Node value, Node around) throws Unfit {
        if (!(value instanceof Node.Scalar scalar)) {
            throw new Unfit("has a literal without a single \"value\"", around);
        }
        String of = switch (scalar.kind()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
        };
        return new Type.Literal(of, Alike.form(scalar));
    }

    private static Type union(Node list) throws Unfit {
        List<Type> types = new ArrayList<>();
        for (Node item : list.items()) {
            Type type = of(item);
            if (type instanceof Type.Union inner) {
                types.addAll(inner.types());
            } else {
                types.add(type);
            }
        }
        return types.size() == 1 ? types.get(0) : new Type.Union(List.copyOf(types));
    }
}
