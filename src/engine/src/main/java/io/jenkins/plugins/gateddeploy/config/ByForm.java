package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value that can be written short, as a scalar, or long, as a table or list.
 *
 * @param shorthand for scalars
 * @param longhand for the other form
 * @param form which that is
 */
record ByForm<T>(String expected, Shape<? extends T> shorthand, Shape<? extends T> longhand, Class<? extends Node> form)
        implements Shape<T> {

    static <T> ByForm<T> table(String expected, Shape<? extends T> shorthand, Shape<? extends T> longhand) {
        return new ByForm<>(expected, shorthand, longhand, Node.Table.class);
    }

    static <T> ByForm<T> list(String expected, Shape<? extends T> shorthand, Shape<? extends T> longhand) {
        return new ByForm<>(expected, shorthand, longhand, Node.Array.class);
    }

    @Override
    public Optional<T> read(Node node, Findings findings) {
        if (form.isInstance(node)) {
            return longhand.read(node, findings).map(value -> value);
        }
        if (node instanceof Node.Scalar) {
            return shorthand.read(node, findings).map(value -> value);
        }
        findings.type(node, expected);
        return Optional.empty();
    }

    @Override
    public void check(Node node, Findings findings) {
        if (form.isInstance(node)) {
            longhand.check(node, findings);
        } else {
            read(node, findings);
        }
    }

    @Override
    public Stream<String> keys() {
        return longhand.keys();
    }
}
