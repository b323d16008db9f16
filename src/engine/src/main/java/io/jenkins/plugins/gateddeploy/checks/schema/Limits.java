package io.jenkins.plugins.gateddeploy.checks.schema;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What else a value has to keep to, such as {@code maxLength}.
 *
 * @param values by keyword, as canonical JSON
 */
record Limits(SortedMap<String, String> values) {
    static final Limits NONE = new Limits(new TreeMap<>());

    /** Those that allow less the larger they are. */
    private static final Set<String> LOWER =
            Set.of("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties", "minContains", "minValue");

    /** Those that allow less the smaller they are. */
    private static final Set<String> UPPER =
            Set.of("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties", "maxContains", "maxValue");

    Limits {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** {@return whether every value that keeps to the others keeps to these too} */
    boolean allow(Limits others) {
        return values.entrySet().stream()
                .allMatch(e -> allows(e.getKey(), e.getValue(), others.values.get(e.getKey())));
    }

    private static boolean allows(String keyword, String mine, String theirs) {
        if (mine.equals(theirs)) {
            return true;
        }
        if (keyword.equals("uniqueItems") || keyword.equals("unique")) {
            return mine.equals("false");
        }
        if (theirs == null) {
            return isTrivial(keyword, mine);
        }
        if (LOWER.contains(keyword)) {
            return compare(mine, theirs, 1) <= 0;
        }
        return UPPER.contains(keyword) && compare(mine, theirs, -1) >= 0;
    }

    /** A length is never below zero. */
    private static boolean isTrivial(String keyword, String limit) {
        return limit.equals("0") && (keyword.equals("minLength") || keyword.equals("minItems"));
    }

    /** @param otherwise for texts that are no numbers */
    private static int compare(String a, String b, int otherwise) {
        try {
            BigDecimal one = new BigDecimal(a);
            BigDecimal other = new BigDecimal(b);
            return one.compareTo(other);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** {@return these together with others, which win} */
    Limits and(Map<String, String> others) {
        SortedMap<String, String> all = new TreeMap<>(values);
        all.putAll(others);
        return new Limits(all);
    }

    /** {@return them in parentheses, for people; nothing when there are none} */
    String describe() {
        return values.isEmpty()
                ? ""
                : " ("
                        + Words.clip(String.join(
                                ", ",
                                values.entrySet().stream()
                                        .map(e -> e.getKey() + " " + e.getValue())
                                        .toList()))
                        + ")";
    }
}
