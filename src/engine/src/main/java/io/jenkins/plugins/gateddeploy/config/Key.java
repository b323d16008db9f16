package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;

/**
 * One key of a section.
 *
 * @param name as it is written
 * @param shape what may stand behind it
 * @param absence what holds when nobody wrote it
 */
record Key<T>(String name, Shape<T> shape, Absence<T> absence) {

    /** What holds for a key that nobody wrote. */
    interface Absence<T> {
        /** {@return the value; empty for none, or when that is an error, which has then been reported} */
        Optional<T> value(Node.Table around, Key<T> key, Findings findings);

        /** {@return whether an empty value of the above is an error} */
        boolean required();
    }

    record Fallback<T>(Optional<T> fallback) implements Absence<T> {
        @Override
        public Optional<T> value(Node.Table around, Key<T> key, Findings findings) {
            return fallback;
        }

        @Override
        public boolean required() {
            return false;
        }
    }

    record Missing<T>() implements Absence<T> {
        @Override
        public Optional<T> value(Node.Table around, Key<T> key, Findings findings) {
            findings.missing(around.place(), key.name, key.shape.expected());
            return Optional.empty();
        }

        @Override
        public boolean required() {
            return true;
        }
    }

    /** Taken for an empty table, so that what is missing in it is named. */
    record EmptyTable<T>() implements Absence<T> {
        @Override
        public Optional<T> value(Node.Table around, Key<T> key, Findings findings) {
            return key.shape.read(Node.Table.empty(around.place().absentKey(key.name)), findings);
        }

        @Override
        public boolean required() {
            return true;
        }
    }

    static <T> Key<T> required(String name, Shape<T> shape) {
        return new Key<>(name, shape, new Missing<>());
    }

    static <T> Key<T> optional(String name, Shape<T> shape) {
        return new Key<>(name, shape, new Fallback<>(Optional.empty()));
    }

    static <T> Key<T> withDefault(String name, Shape<T> shape, T fallback) {
        return new Key<>(name, shape, new Fallback<>(Optional.of(fallback)));
    }

    static <T> Key<T> section(String name, Shape<T> shape) {
        return new Key<>(name, shape, new EmptyTable<>());
    }
}
