package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Definition;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Field;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Any;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Choice;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Nothing;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Reference;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Scalar;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Sequence;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Shape;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Union;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether one type takes every value of another. Where a schema can say more than is understood here, the answer is no.
 * For one comparison; types may refer to themselves.
 */
final class Assignability {
    /** Definitions may refer to each other in a chain. */
    private static final int DEEPEST = 1000;

    private final Map<String, Definition> ofTaker;
    private final Map<String, Definition> ofGiver;
    private final Budget budget;

    /** Pairs of definitions; one that is still being looked at counts as fitting, as a type fits itself. */
    private final Map<Pair, Boolean> pairs = new HashMap<>();

    private int depth;

    private record Pair(String taker, String giver) {}

    Assignability(DataModel taker, DataModel giver, Budget budget) {
        this.ofTaker = taker.definitions();
        this.ofGiver = giver.definitions();
        this.budget = budget;
    }

    boolean takes(ValueType taker, ValueType giver) throws Budget.Spent, InterruptedException {
        budget.spend();
        if (depth == DEEPEST) {
            throw new Budget.Spent();
        }
        depth++;
        try {
            return takesHere(taker, giver);
        } finally {
            depth--;
        }
    }

    private boolean takesHere(ValueType taker, ValueType giver) throws Budget.Spent, InterruptedException {
        if (taker instanceof Reference one && giver instanceof Reference other) {
            return takesDefinition(one, other);
        }
        if (taker instanceof Reference reference) {
            return takes(resolve(reference, ofTaker), giver);
        }
        if (giver instanceof Reference reference) {
            return takes(taker, resolve(reference, ofGiver));
        }
        if (taker instanceof Any || giver instanceof Nothing) {
            return true;
        }
        if (giver instanceof Union union) {
            return takesAll(taker, union);
        }
        if (giver instanceof Choice choice && !(taker instanceof Choice)) {
            return takesConstants(taker, choice);
        }
        if (taker instanceof Union union) {
            return oneTakes(union, giver);
        }
        return takesSingle(taker, giver);
    }

    private boolean takesSingle(ValueType taker, ValueType giver) throws Budget.Spent, InterruptedException {
        if (taker instanceof Scalar one && giver instanceof Scalar other) {
            return takesName(one.name(), other.name()) && one.limits().allow(other.limits());
        }
        if (taker instanceof Choice one && giver instanceof Choice other) {
            return one.values().containsAll(other.values());
        }
        if (taker instanceof Sequence one && giver instanceof Sequence other) {
            return one.limits().allow(other.limits()) && takes(one.items(), other.items());
        }
        if (taker instanceof Shape one && giver instanceof Shape other) {
            return takesShape(one, other);
        }
        return taker.equals(giver);
    }

    private boolean takesDefinition(Reference taker, Reference giver) throws Budget.Spent, InterruptedException {
        Pair pair = new Pair(taker.definition(), giver.definition());
        Boolean known = pairs.putIfAbsent(pair, true);
        if (known != null) {
            return known;
        }
        boolean takes = takes(resolve(taker, ofTaker), resolve(giver, ofGiver));
        pairs.put(pair, takes);
        return takes;
    }

    static ValueType resolve(Reference reference, Map<String, Definition> definitions) {
        Definition definition = definitions.get(reference.definition());
        // Readers define whatever they refer to.
        return definition == null ? new ValueType.Opaque(reference.definition()) : definition.type();
    }

    private boolean takesAll(ValueType taker, Union union) throws Budget.Spent, InterruptedException {
        for (ValueType member : union.members()) {
            if (!takes(taker, member)) {
                return false;
            }
        }
        return true;
    }

    private boolean oneTakes(Union union, ValueType giver) throws Budget.Spent, InterruptedException {
        for (ValueType member : union.members()) {
            if (takes(member, giver)) {
                return true;
            }
        }
        return false;
    }

    private boolean takesConstants(ValueType taker, Choice choice) throws Budget.Spent, InterruptedException {
        for (String constant : choice.values()) {
            if (!takesConstant(taker, constant)) {
                return false;
            }
        }
        return true;
    }

    private boolean takesConstant(ValueType taker, String constant) throws Budget.Spent, InterruptedException {
        budget.spend();
        if (taker instanceof Union union) {
            for (ValueType member : union.members()) {
                if (takesConstant(member, constant)) {
                    return true;
                }
            }
            return false;
        }
        if (taker instanceof Choice choice) {
            return choice.values().contains(constant);
        }
        return taker instanceof Scalar scalar
                && scalar.limits().equals(Limits.NONE)
                && takesName(scalar.name(), kind(constant));
    }

    private static String kind(String constant) {
        return switch (constant.charAt(0)) {
            case '"' -> "string";
            case 't', 'f' -> "boolean";
            case 'n' -> "null";
            case '{', '[' -> "";
            default -> constant.matches("-?[0-9]{1,500}") ? "integer" : "number";
        };
    }

    /** Names of types that hold more than others. */
    private static boolean takesName(String taker, String giver) {
        return taker.equals(giver)
                || (taker.equals("number") && giver.equals("integer"))
                || (taker.equals("text") && giver.equals("string"));
    }

    private boolean takesShape(Shape taker, Shape giver) throws Budget.Spent, InterruptedException {
        if (!taker.limits().allow(giver.limits()) || !takes(taker.others(), giver.others())) {
            return false;
        }
        for (Field field : taker.fields().values()) {
            Field given = giver.fields().get(field.name());
            boolean missing = given == null && field.required() && !field.filled();
            boolean optional = given != null && field.required() && !given.required() && !given.filled();
            if (missing || optional || (given != null && !takes(field.type(), given.type()))) {
                return false;
            }
        }
        return taker.fields().keySet().containsAll(giver.fields().keySet());
    }
}
