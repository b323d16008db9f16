package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Limits of what clients send: they may become wider, never narrower. */
final class Limits {
    /** Numbers beyond are never exact limits, and dividing by them takes forever. */
    private static final int MOST_DIGITS = 100;

    private Limits() {}

    static void look(Pair pair, Types common, Place place, Visit visit) {
        if (common.meets(Types.NUMBER)) {
            most(
                    bound(pair.old(), "maximum", "exclusiveMaximum"),
                    bound(pair.now(), "maximum", "exclusiveMaximum"),
                    place,
                    visit);
            least(
                    bound(pair.old(), "minimum", "exclusiveMinimum"),
                    bound(pair.now(), "minimum", "exclusiveMinimum"),
                    place,
                    visit);
            multiples(pair, place, visit);
        }
        if (common.meets(Types.STRING)) {
            sizes(pair, "maxLength", "minLength", "characters", place, visit);
            patterns(pair, place, visit);
        }
        if (common.meets(Types.ARRAY)) {
            sizes(pair, "maxItems", "minItems", "items", place, visit);
            if (says(pair.now(), "uniqueItems") && !says(pair.old(), "uniqueItems")) {
                visit.breaks(Mend.ACCEPT, place, "may no longer have an item twice");
            }
        }
        if (common.meets(Types.OBJECT)) {
            sizes(pair, "maxProperties", "minProperties", "properties", place, visit);
        }
    }

    /** A limit of a number, and whether the limit itself is already outside. */
    private record Bound(BigDecimal value, boolean exclusive) {
        @Override
        public String toString() {
            return (exclusive ? "(exclusive) " : "") + value;
        }
    }

    /** In 3.0 {@code exclusiveMaximum} is a boolean beside {@code maximum}, in 3.1 a number of its own. */
    private static Optional<Bound> bound(Schema schema, String inclusive, String exclusive) {
        boolean upper = inclusive.startsWith("max");
        Optional<Bound> found = strictest(schema.all(inclusive), upper)
                .map(value -> new Bound(value, schema.says(exclusive, Node::isTrue)));
        Optional<Bound> other = strictest(schema.all(exclusive), upper).map(value -> new Bound(value, true));
        if (found.isEmpty() || other.isEmpty()) {
            return found.isEmpty() ? other : found;
        }
        int order = other.get().value.compareTo(found.get().value);
        return order == 0 || (upper ? order < 0 : order > 0) ? other : found;
    }

    private static void most(Optional<Bound> before, Optional<Bound> after, Place place, Visit visit) {
        if (after.isPresent()
                && (before.isEmpty()
                        || isStricter(
                                after.get(), before.get(), after.get().value.compareTo(before.get().value)))) {
            visit.breaks(
                    Mend.ACCEPT,
                    place,
                    "may now be at most " + after.get()
                            + before.map(b -> ", before " + b).orElse(""));
        }
    }

    private static void least(Optional<Bound> before, Optional<Bound> after, Place place, Visit visit) {
        if (after.isPresent()
                && (before.isEmpty()
                        || isStricter(
                                after.get(), before.get(), before.get().value.compareTo(after.get().value)))) {
            visit.breaks(
                    Mend.ACCEPT,
                    place,
                    "now has to be at least " + after.get()
                            + before.map(b -> ", before " + b).orElse(""));
        }
    }

    private static boolean isStricter(Bound after, Bound before, int order) {
        return order < 0 || (order == 0 && after.exclusive && !before.exclusive);
    }

    private static void sizes(Pair pair, String most, String least, String what, Place place, Visit visit) {
        Optional<BigDecimal> mostBefore = strictest(pair.old().all(most), true);
        Optional<BigDecimal> mostAfter = strictest(pair.now().all(most), true);
        if (mostAfter.isPresent() && (mostBefore.isEmpty() || mostAfter.get().compareTo(mostBefore.get()) < 0)) {
            visit.breaks(
                    Mend.ACCEPT,
                    place,
                    "may now have at most " + mostAfter.get() + " " + what
                            + mostBefore.map(b -> ", before " + b).orElse(""));
        }
        BigDecimal leastBefore = strictest(pair.old().all(least), false).orElse(BigDecimal.ZERO);
        BigDecimal leastAfter = strictest(pair.now().all(least), false).orElse(BigDecimal.ZERO);
        if (leastAfter.compareTo(leastBefore) > 0) {
            visit.breaks(
                    Mend.ACCEPT,
                    place,
                    "now has to have at least " + leastAfter + " " + what + ", before " + leastBefore);
        }
    }

    private static void multiples(Pair pair, Place place, Visit visit) {
        List<BigDecimal> before = numbers(pair.old().all("multipleOf"));
        for (BigDecimal after : numbers(pair.now().all("multipleOf"))) {
            if (before.stream().noneMatch(known -> isMultiple(known, after))) {
                visit.breaks(Mend.ACCEPT, place, "now has to be a multiple of " + after);
            }
        }
    }

    private static boolean isMultiple(BigDecimal number, BigDecimal of) {
        if (number.compareTo(of) == 0) {
            return true;
        }
        boolean plain = of.signum() != 0 && isPlain(number) && isPlain(of);
        return plain && number.remainder(of).signum() == 0;
    }

    private static boolean isPlain(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }

    private static void patterns(Pair pair, Place place, Visit visit) {
        Set<String> before = texts(pair.old().all("pattern"));
        Set<String> added = texts(pair.now().all("pattern"));
        added.removeAll(before);
        if (added.isEmpty()) {
            return;
        }
        if (before.isEmpty()) {
            visit.breaks(Mend.ACCEPT, place, "now has to match a pattern");
        } else {
            // Whether one pattern is wider than another cannot be told in general.
            visit.worries(Mend.LOOK, place, "has to match another pattern than before");
        }
    }

    private static Set<String> texts(List<Node> nodes) {
        Set<String> texts = new HashSet<>();
        nodes.forEach(node -> node.text().ifPresent(texts::add));
        return texts;
    }

    private static boolean says(Schema schema, String keyword) {
        return schema.says(keyword, Node::isTrue);
    }

    private static Optional<BigDecimal> strictest(List<Node> nodes, boolean upper) {
        return numbers(nodes).stream()
                .reduce(
                        upper
                                ? BinaryOperator.minBy(BigDecimal::compareTo)
                                : BinaryOperator.maxBy(BigDecimal::compareTo));
    }

    private static List<BigDecimal> numbers(List<Node> nodes) {
        return nodes.stream().map(Limits::number).flatMap(Optional::stream).toList();
    }

    private static Optional<BigDecimal> number(Node node) {
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NUMBER) {
            try {
                return Optional.of(new BigDecimal(scalar.written().replace("_", "")));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
