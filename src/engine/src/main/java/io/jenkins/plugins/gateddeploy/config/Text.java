package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;

/**
 * A string of a certain form.
 *
 * @param expected that form, as a message says it
 * @param parser turns it into a value
 */
record Text<T>(String expected, Parser<T> parser) implements Shape<T> {

    /** Turns text into a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws Unfit;
    }

    /** Says what is wrong with a text, as the end of the sentence "must be …, but …". */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String found) {
            super(found);
        }
    }

    @Override
    public Optional<T> read(Node node, Findings findings) {
        if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
            findings.type(node, expected);
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(text));
        } catch (Unfit e) {
            findings.value(node, expected, e.getMessage());
            return Optional.empty();
        }
    }
}
