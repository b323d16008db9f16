package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A shape that is read to something else. */
record Mapped<S, T>(Shape<S> shape, Function<? super S, ? extends T> function) implements Shape<T> {

    @Override
    public String expected() {
        return shape.expected();
    }

    @Override
    public Optional<T> read(Node node, Findings findings) {
        return shape.read(node, findings).map(function);
    }

    @Override
    public void check(Node node, Findings findings) {
        shape.check(node, findings);
    }

    @Override
    public Node merge(Node below, Node above) {
        return shape.merge(below, above);
    }

    @Override
    public Stream<String> keys() {
        return shape.keys();
    }
}
