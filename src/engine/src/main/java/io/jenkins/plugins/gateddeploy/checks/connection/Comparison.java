package io.jenkins.plugins.gateddeploy.checks.connection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares a value with what it should be.
 *
 * @param veil shows values
 * @param patterns whether gaps in expected texts are gaps
 * @param hidden whether expected values are shown nowhere
 */
record Comparison(Veil veil, boolean patterns, boolean hidden) {

    /**
     * {@return what is wrong with a value, as the end of a sentence that begins with its key; empty when nothing is}
     *
     * @param unordered whether the order of lists does not matter
     */
    Optional<String> difference(String key, Object expected, Object found, boolean unordered) {
        if (same(expected, found, unordered)) {
            return Optional.empty();
        }
        if (hidden) {
            return Optional.of("is " + veil.show(key, found) + ", which is not what the reference has");
        }
        if (expected instanceof List<?> wanted && found instanceof List<?> got) {
            return Optional.of(lists(key, wanted, got, unordered));
        }
        String kinds = kind(expected).equals(kind(found)) ? "" : " (" + kind(expected) + ", not " + kind(found) + ")";
        return Optional.of("must be " + shown(key, expected) + ", but is " + veil.show(key, found) + kinds);
    }

    /** {@return an expected value as a message shows it} */
    String shown(String key, Object expected) {
        return hidden ? "what the reference has" : veil.show(key, expected);
    }

    private String lists(String key, List<?> wanted, List<?> got, boolean unordered) {
        int[] partner = matched(wanted, got, unordered);
        boolean[] there = new boolean[wanted.size()];
        List<Object> extra = new ArrayList<>();
        for (int i = 0; i < got.size(); i++) {
            if (partner[i] < 0) {
                extra.add(got.get(i));
            } else {
                there[partner[i]] = true;
            }
        }
        List<Object> missing = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!there[i]) {
                missing.add(wanted.get(i));
            }
        }
        if (missing.isEmpty() && extra.isEmpty()) {
            return "has the expected values in another order: must be " + veil.show(key, wanted) + ", but is "
                    + veil.show(key, got);
        }
        String lacks = missing.isEmpty() ? "" : "lacks " + veil.show(key, missing);
        String has = extra.isEmpty() ? "" : "has " + veil.show(key, extra) + ", which should not be in it";
        return lacks + (lacks.isEmpty() || has.isEmpty() ? "" : " and ") + has;
    }

    private boolean same(Object expected, Object found, boolean unordered) {
        if (expected instanceof String text && found instanceof String other) {
            return text.equals(other)
                    || (patterns && TextPattern.isPattern(text) && new TextPattern(text).matches(other));
        }
        if (expected instanceof List<?> wanted && found instanceof List<?> got) {
            return wanted.size() == got.size() && (unordered ? sameInAnyOrder(wanted, got) : sameInOrder(wanted, got));
        }
        if (expected instanceof Map<?, ?> wanted && found instanceof Map<?, ?> got) {
            return wanted.keySet().equals(got.keySet())
                    && wanted.keySet().stream().allMatch(k -> same(wanted.get(k), got.get(k), unordered));
        }
        return Objects.equals(expected, found);
    }

    private boolean sameInOrder(List<?> wanted, List<?> got) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!same(wanted.get(i), got.get(i), false)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameInAnyOrder(List<?> wanted, List<?> got) {
        return Arrays.stream(matched(wanted, got, true)).noneMatch(p -> p < 0);
    }

    /** {@return for each value that is there which wanted one it is; -1 for none} */
    private int[] matched(List<?> wanted, List<?> got, boolean unordered) {
        return Pairs.of(wanted, got, (w, g) -> same(w, g, unordered));
    }

    private static String kind(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        if (value instanceof Map<?, ?>) {
            return "a table";
        }
        return value instanceof Long ? "an integer" : value instanceof Double ? "a float" : "a date or time";
    }

    /** {@return names for people: the first of them when there are many} */
    static String listed(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(10, names.size())));
        return names.size() > 10 ? first + ", …" : first;
    }
}
