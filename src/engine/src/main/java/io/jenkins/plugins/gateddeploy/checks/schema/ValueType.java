package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What values are allowed. */
sealed interface ValueType {

    /** {@return it in a few words, for people} */
    String describe();

    /** Anything at all. */
    record Any() implements ValueType {
        @Override
        public String describe() {
            return "anything";
        }
    }

    /** Nothing at all. */
    record Nothing() implements ValueType {
        @Override
        public String describe() {
            return "nothing";
        }
    }

    /** A single value: {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code null}, or another name. */
    record Scalar(String name, Limits limits) implements ValueType {
        public Scalar {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(limits, "limits");
        }

        @Override
        public String describe() {
            return Words.quote(name) + limits.describe();
        }
    }

    /** One of some constants, each as canonical JSON. */
    record Choice(SortedSet<String> values) implements ValueType {
        private static final int MOST_SHOWN = 6;

        public Choice {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }

        @Override
        public String describe() {
            String shown = values.stream().limit(MOST_SHOWN).map(Words::clip).collect(Collectors.joining(", "));
            return "one of " + shown + (values.size() > MOST_SHOWN ? ", …" : "");
        }
    }

    /** Any number of values of one type. */
    record Sequence(ValueType items, Limits limits) implements ValueType {
        public Sequence {
            Objects.requireNonNull(items, "items");
            Objects.requireNonNull(limits, "limits");
        }

        @Override
        public String describe() {
            return "a list" + limits.describe();
        }
    }

    /**
     * An object.
     *
     * @param fields by name, in the order of the document
     * @param others what stands behind names that are no fields; {@link Nothing} when there may be none
     */
    record Shape(Map<String, DataModel.Field> fields, ValueType others, Limits limits) implements ValueType {
        public Shape {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            Objects.requireNonNull(others, "others");
            Objects.requireNonNull(limits, "limits");
        }

        @Override
        public String describe() {
            return "an object" + limits.describe();
        }
    }

    /** One of several types. */
    record Union(List<ValueType> members) implements ValueType {
        public Union {
            members = List.copyOf(members);
        }

        @Override
        public String describe() {
            return members.stream().limit(6).map(ValueType::describe).collect(Collectors.joining(" or "));
        }
    }

    /** A type that is defined elsewhere in the document. */
    record Reference(String definition) implements ValueType {
        public Reference {
            Objects.requireNonNull(definition, "definition");
        }

        @Override
        public String describe() {
            return Words.quote(definition);
        }
    }

    /** A type of a kind that is not understood: it equals itself and nothing else is known. */
    record Opaque(String json) implements ValueType {
        public Opaque {
            Objects.requireNonNull(json, "json");
        }

        @Override
        public String describe() {
            return Words.clip(json);
        }
    }

    /** {@return one type for several: none of them twice, none within another} */
    static ValueType union(List<ValueType> members) {
        if (members.size() == 1) {
            return members.get(0);
        }
        List<ValueType> flat = members.stream()
                .flatMap(m -> m instanceof Union union ? union.members().stream() : java.util.stream.Stream.of(m))
                .filter(m -> !(m instanceof Nothing))
                .distinct()
                .toList();
        Optional<ValueType> any = flat.stream().filter(Any.class::isInstance).findFirst();
        if (any.isPresent()) {
            return any.get();
        }
        return switch (flat.size()) {
            case 0 -> new Nothing();
            case 1 -> flat.get(0);
            default -> new Union(flat);
        };
    }
}
