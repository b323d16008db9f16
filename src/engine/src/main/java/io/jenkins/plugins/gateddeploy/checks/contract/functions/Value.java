package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Alike;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a value with a type. Values are what users once gave to the application, so none is ever shown.
 */
final class Value {
    /** How <a href="https://docs.convex.dev/database/types">Convex</a> writes what JSON has no form for. */
    private static final Map<String, String> WRAPPED =
            Map.of("$integer", "bigint", "$float", "number", "$bytes", "bytes");

    private static final Set<String> TEXT = Set.of("string", "bytes");

    private Value() {}

    /** {@return what is wrong with a value, as the end of "the argument …"; empty when it fits} */
    static Optional<String> flaw(Node value, Type type, String path) {
        if (type instanceof Type.ObjectOf object && (isObject(value) || !value.isThere())) {
            return fields(value, object, path);
        }
        if (type instanceof Type.ListOf list && value instanceof Node.Items) {
            for (Node item : value.items()) {
                Optional<String> flaw = flaw(item, list.item(), path + "[]");
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            return Optional.empty();
        }
        if (fits(value, type)) {
            return Optional.empty();
        }
        if (!value.isThere()) {
            return Optional.of("object is required and would be missing");
        }
        return Optional.of(
                (path.isEmpty() ? "object" : path) + " would be " + words(value) + ", but has to be " + type.words());
    }

    private static Optional<String> fields(Node value, Type.ObjectOf object, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        for (Map.Entry<String, Node> entry : value.entries().entrySet()) {
            Type.Field field = object.fields().get(entry.getKey());
            if (field == null) {
                return Optional.of(Functions.shown(prefix + entry.getKey()) + " is no longer taken");
            }
            boolean absent = field.optional() && isNull(entry.getValue()) && !fits(entry.getValue(), field.type());
            Optional<String> flaw = absent
                    ? Optional.empty()
                    : flaw(entry.getValue(), field.type(), Functions.shown(prefix + entry.getKey()));
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        for (Map.Entry<String, Type.Field> field : object.fields().entrySet()) {
            if (!field.getValue().optional() && !value.get(field.getKey()).isThere()) {
                return Optional.of(Functions.shown(prefix + field.getKey()) + " is required and would be missing");
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Node value, Type type) {
        if (type instanceof Type.Any) {
            return true;
        }
        if (type instanceof Type.Union union) {
            return union.types().stream().anyMatch(t -> flaw(value, t, "").isEmpty());
        }
        if (type instanceof Type.Literal literal) {
            return value instanceof Node.Scalar scalar && Alike.form(scalar).equals(literal.form());
        }
        if (type instanceof Type.MapOf map) {
            return isObject(value)
                    && value.entries().values().stream()
                            .allMatch(v -> flaw(v, map.value(), "").isEmpty());
        }
        return type instanceof Type.Plain plain && isOf(value, plain.name());
    }

    private static boolean isOf(Node value, String name) {
        String wrapped = wrapped(value);
        if (!wrapped.isEmpty()) {
            return wrapped.equals(name);
        }
        return switch (name) {
            case "null" -> isNull(value);
            case "number" -> is(value, Node.Kind.NUMBER);
            case "bigint", "integer", "int" -> is(value, Node.Kind.NUMBER) && isWhole(value);
            case "boolean" -> is(value, Node.Kind.BOOLEAN);
            case "array" -> value instanceof Node.Items;
            case "object" -> isObject(value);
            // An id, or a type of the application's own: JSON has them as text, and no more can be told.
            default -> value.text().isPresent() || !(TEXT.contains(name) || name.startsWith("id of "));
        };
    }

    private static boolean isWhole(Node value) {
        return value instanceof Node.Scalar scalar && scalar.written().matches("-?[0-9]+");
    }

    private static boolean is(Node value, Node.Kind kind) {
        return value instanceof Node.Scalar scalar && scalar.kind() == kind;
    }

    private static boolean isNull(Node value) {
        return is(value, Node.Kind.NULL);
    }

    private static boolean isObject(Node value) {
        return value instanceof Node.Table && wrapped(value).isEmpty();
    }

    private static String wrapped(Node value) {
        return value.entries().size() == 1
                ? WRAPPED.getOrDefault(List.copyOf(value.entries().keySet()).get(0), "")
                : "";
    }

    private static String words(Node value) {
        String wrapped = wrapped(value);
        if (!wrapped.isEmpty()) {
            return wrapped;
        }
        if (value instanceof Node.Scalar scalar) {
            return scalar.kind().name().toLowerCase(java.util.Locale.ROOT);
        }
        return value instanceof Node.Items ? "a list" : "an object";
    }
}
