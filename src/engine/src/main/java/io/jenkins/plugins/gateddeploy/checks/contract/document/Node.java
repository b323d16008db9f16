package io.jenkins.plugins.gateddeploy.checks.contract.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of a document. Two values are the same only when they are one object: what stands in two places is compared by
 * {@link Alike}.
 */
public sealed interface Node {

    /** {@return where it stands, from 1; 0 when it does not stand anywhere} */
    int line();

    /** {@return what stands behind a key; {@link Missing} when there is none, or this is no table} */
    default Node get(String key) {
        return this instanceof Table table ? table.entries.getOrDefault(key, Missing.MISSING) : Missing.MISSING;
    }

    /** {@return the keys with their values in the order of the document; none when this is no table} */
    default Map<String, Node> entries() {
        return this instanceof Table table ? table.entries : Map.of();
    }

    /** {@return the values of a list; none when this is no list} */
    default List<Node> items() {
        return this instanceof Items list ? list.items : List.of();
    }

    /** {@return a string as it is; empty when this is none} */
    default Optional<String> text() {
        return this instanceof Scalar scalar && scalar.kind == Kind.STRING
                ? Optional.of(scalar.text)
                : Optional.empty();
    }

    /** {@return whether this is the value {@code true}} */
    default boolean isTrue() {
        return this instanceof Scalar scalar && scalar.kind == Kind.BOOLEAN && scalar.text.equals("true");
    }

    /** {@return whether this is the value {@code false}} */
    default boolean isFalse() {
        return this instanceof Scalar scalar && scalar.kind == Kind.BOOLEAN && scalar.text.equals("false");
    }

    /** {@return whether anything is written here} */
    default boolean isThere() {
        return this != Missing.MISSING;
    }

    /** What a single value is. */
    enum Kind {
        /** Text. */
        STRING,
        /** A number, of any size. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code null}. */
        NULL
    }

    /** Keys with values. */
    final class Table implements Node {
        private final Source source;
        private final int line;
        private final Map<String, Node> entries;

        Table(Source source, int line, Map<String, Node> entries) {
            this.source = source;
            this.line = line;
            this.entries = Collections.unmodifiableMap(entries);
        }

        /** {@return the file in which it stands, to which its references are relative} */
        public Source source() {
            return source;
        }

        @Override
        public int line() {
            return line;
        }
    }

    /** Values in an order. */
    final class Items implements Node {
        private final int line;
        private final List<Node> items;

        Items(int line, List<Node> items) {
            this.line = line;
            this.items = Collections.unmodifiableList(items);
        }

        @Override
        public int line() {
            return line;
        }
    }

    /** A single value. */
    final class Scalar implements Node {
        private final int line;
        private final Kind kind;
        private final String text;

        Scalar(int line, Kind kind, String text) {
            this.line = line;
            this.kind = kind;
            this.text = text;
        }

        /** {@return what it is} */
        public Kind kind() {
            return kind;
        }

        /** {@return as it is written, without quotation marks} */
        public String written() {
            return text;
        }

        @Override
        public int line() {
            return line;
        }
    }

    /** Nothing is written there. */
    enum Missing implements Node {
        /** The only one. */
        MISSING;

        @Override
        public int line() {
            return 0;
        }
    }
}
