package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;

/** Any string, boolean, integer or finite float, or a list of these. */
record PlainValue() implements Shape<Object> {
    private static final Shape<Object> SINGLE = new Shape<>() {
        @Override
        public String expected() {
            return "a string, a boolean or a number";
        }

        @Override
        public Optional<Object> read(Node node, Findings findings) {
            Object value = node instanceof Node.Scalar scalar ? scalar.value() : null;
            boolean finite = value instanceof Double number && Double.isFinite(number);
            if (finite || value instanceof String || value instanceof Boolean || value instanceof Long) {
                return Optional.of(value);
            }
            findings.type(node, expected());
            return Optional.empty();
        }
    };

    private static final Shape<Object> ANY = ByForm.list(
            "a string, a boolean, a number, or a list of these",
            SINGLE,
            ListOf.any("a list of strings, booleans or numbers", SINGLE));

    @Override
    public String expected() {
        return ANY.expected();
    }

    @Override
    public Optional<Object> read(Node node, Findings findings) {
        return ANY.read(node, findings);
    }
}
