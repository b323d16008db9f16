package io.jenkins.plugins.gateddeploy.checks.contract.document;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Whether two values say the same, whatever their order of keys and the words for people in them. */
public final class Alike {
    private static final Set<String> FOR_PEOPLE = Set.of(
            "description", "title", "summary", "example", "examples", "$comment", "externalDocs", "deprecated", "tags");

    /** Values that are shared by aliases could make a comparison endless long; nobody writes such. */
    private static final int MOST_STEPS = 1_000_000;

    private int steps;

    private Alike() {}

    /** {@return whether they say the same} */
    public static boolean are(Node one, Node other) {
        return new Alike().alike(one, other);
    }

    /** {@return a number or another single value in a form in which equal ones are equal: 1.0 is 1} */
    public static String form(Node.Scalar scalar) {
        if (scalar.kind() != Node.Kind.NUMBER) {
            return scalar.kind() + " " + scalar.written();
        }
        try {
            return "NUMBER " + new BigDecimal(scalar.written().replace("_", "")).stripTrailingZeros();
        } catch (NumberFormatException e) {
            return "NUMBER " + scalar.written();
        }
    }

    private boolean alike(Node one, Node other) {
        if (one == other) {
            return true;
        }
        if (++steps > MOST_STEPS) {
            return false;
        }
        if (one instanceof Node.Scalar a && other instanceof Node.Scalar b) {
            return form(a).equals(form(b));
        }
        if (one instanceof Node.Items a && other instanceof Node.Items b) {
            return inOrder(a, b);
        }
        return one instanceof Node.Table && other instanceof Node.Table && within(one, other) && covers(other, one);
    }

    private boolean inOrder(Node.Items one, Node.Items other) {
        if (one.items().size() != other.items().size()) {
            return false;
        }
        Iterator<Node> others = other.items().iterator();
        return one.items().stream().allMatch(item -> alike(item, others.next()));
    }

    private boolean within(Node part, Node whole) {
        for (Map.Entry<String, Node> entry : part.entries().entrySet()) {
            if (!isForPeople(entry.getKey()) && !alike(entry.getValue(), whole.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean covers(Node part, Node whole) {
        return part.entries().keySet().stream()
                .allMatch(key -> isForPeople(key) || whole.get(key).isThere());
    }

    private static boolean isForPeople(String key) {
        return FOR_PEOPLE.contains(key) || key.startsWith("x-");
    }
}
