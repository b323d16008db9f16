package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Alike;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A schema with its references followed and everything that has to hold at once ({@code allOf}) side by side; choices
 * ({@code oneOf}, {@code anyOf}) are kept as they are. Made once for each place by {@link Schemas}, so that equal ones
 * are one object.
 */
final class Schema {
    private final Schemas.Key key;
    private final String name;
    private final List<Node.Table> parts;
    private final List<Node.Items> choices;
    private final boolean never;
    private Types types;
    private Map<String, List<Node>> properties;
    private Set<String> required;
    private Optional<Set<String>> values;

    Schema(Schemas.Key key, String name, List<Node.Table> parts, List<Node.Items> choices, boolean never) {
        this.key = key;
        this.name = name;
        this.parts = List.copyOf(parts);
        this.choices = List.copyOf(choices);
        this.never = never;
    }

    Schemas.Key key() {
        return key;
    }

    /** {@return the name under which it is shared; null when it stands where it is used} */
    String name() {
        return name;
    }

    /** {@return where it stands; null when nothing is written} */
    Node.Table firstPart() {
        return parts.isEmpty() ? null : parts.get(0);
    }

    /** {@return the lists of which one schema has to hold each} */
    List<Node.Items> choices() {
        return choices;
    }

    /** {@return whether no value fits: the schema {@code false}} */
    boolean isNever() {
        return never;
    }

    Types types() {
        if (types == null) {
            types = never ? Types.NONE : key.types().and(Types.of(parts, key.roots()));
        }
        return types;
    }

    /** {@return what the properties have to be, each maybe several schemas at once} */
    Map<String, List<Node>> properties() {
        if (properties == null) {
            Map<String, List<Node>> found = new LinkedHashMap<>();
            for (Node.Table part : parts) {
                part.get("properties")
                        .entries()
                        .forEach((property, schema) -> found.computeIfAbsent(property, p -> new ArrayList<>(1))
                                .add(schema));
            }
            properties = found;
        }
        return properties;
    }

    /** {@return the properties that have to be there} */
    Set<String> required() {
        if (required == null) {
            Set<String> found = new LinkedHashSet<>();
            for (Node.Table part : parts) {
                part.get("required").items().forEach(item -> item.text().ifPresent(found::add));
            }
            required = found;
        }
        return required;
    }

    /** {@return the only values that fit, in their common form, without null; empty when they are not counted up} */
    Optional<Set<String>> values() {
        if (values == null) {
            Set<String> found = null;
            for (Node.Table part : parts) {
                List<Node> listed = part.get("const").isThere()
                        ? List.of(part.get("const"))
                        : part.get("enum").items();
                if (!listed.isEmpty()) {
                    Set<String> here = new LinkedHashSet<>();
                    listed.forEach(value -> form(value).ifPresent(here::add));
                    if (found == null) {
                        found = here;
                    } else {
                        found.retainAll(here);
                    }
                }
            }
            values = Optional.ofNullable(found);
        }
        return values;
    }

    /** {@return everything that is written for a keyword, once for each part that has it} */
    List<Node> all(String keyword) {
        List<Node> found = new ArrayList<>(1);
        for (Node.Table part : parts) {
            Node value = part.get(keyword);
            if (value.isThere()) {
                found.add(value);
            }
        }
        return found;
    }

    /** {@return the first of these} */
    Node first(String keyword) {
        for (Node.Table part : parts) {
            Node value = part.get(keyword);
            if (value.isThere()) {
                return value;
            }
        }
        return Node.Missing.MISSING;
    }

    /** {@return whether some part says so} */
    boolean says(String keyword, Predicate<Node> what) {
        return all(keyword).stream().anyMatch(what);
    }

    private static Optional<String> form(Node value) {
        if (value instanceof Node.Scalar scalar) {
            return scalar.kind() == Node.Kind.NULL ? Optional.empty() : Optional.of(Alike.form(scalar));
        }
        return Optional.of("COMPOUND at line " + value.line());
    }
}
