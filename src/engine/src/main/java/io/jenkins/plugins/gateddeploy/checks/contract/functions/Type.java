package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import java.util.List;
import java.util.Map;

/** What a value may be. */
sealed interface Type {
    /** Anything. */
    record Any() implements Type {}

    /**
     * Everything of that name.
     *
     * @param name such as {@code string} or {@code number}
     */
    record Plain(String name) implements Type {}

    /**
     * This value alone.
     *
     * @param of the type that it is a value of
     * @param form the value, written so that equal ones are equal
     */
    record Literal(String of, String form) implements Type {}

    /**
     * A list.
     *
     * @param item what each of its values is
     */
    record ListOf(Type item) implements Type {}

    /**
     * A map.
     *
     * @param key what each key is
     * @param value what stands behind each
     */
    record MapOf(Type key, Type value) implements Type {}

    /**
     * An object with these fields and no others.
     *
     * @param fields by name
     */
    record ObjectOf(Map<String, Field> fields) implements Type {}

    /**
     * One of several.
     *
     * @param types none of them a union
     */
    record Union(List<Type> types) implements Type {}

    /** One field of an object, or one argument of a function. */
    record Field(Type type, boolean optional) {}

    /** {@return it in words, for people} */
    default String words() {
        if (this instanceof Plain plain) {
            return plain.name();
        }
        if (this instanceof Literal literal) {
            return "one certain " + literal.of();
        }
        if (this instanceof ListOf) {
            return "a list";
        }
        if (this instanceof Union union) {
            return union.types().size() > 3
                    ? "one of " + union.types().size() + " types"
                    : String.join(
                            " or ", union.types().stream().map(Type::words).toList());
        }
        return this instanceof Any ? "anything" : "an object";
    }
}
