package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether every value of one type is a value of another. */
final class Assignment {
    private static final int MOST_STEPS = 2_000_000;

    private final boolean strict;
    private int steps;

    /** @param strict whether an object must not have fields that the other type does not name */
    Assignment(boolean strict) {
        this.strict = strict;
    }

    boolean fits(Type narrow, Type wide) throws ProblemException {
        if (++steps > MOST_STEPS) {
            throw new ProblemException(
                    "check.failed",
                    "the manifests of functions are too complicated to be compared: their unions have too many types.",
                    "Use fewer and larger types.");
        }
        if (wide instanceof Type.Any || (narrow instanceof Type.Plain && narrow.equals(wide))) {
            return true;
        }
        if (narrow instanceof Type.Union union) {
            return each(union.types(), wide);
        }
        if (wide instanceof Type.Union union) {
            return fitsOne(narrow, union.types());
        }
        if (narrow instanceof Type.Literal literal) {
            return literal.equals(wide) || isPlain(wide, literal.of());
        }
        if (narrow instanceof Type.ListOf list) {
            return wide instanceof Type.ListOf other ? fits(list.item(), other.item()) : isPlain(wide, "array");
        }
        if (narrow instanceof Type.MapOf map) {
            return wide instanceof Type.MapOf other
                    ? fits(map.key(), other.key()) && fits(map.value(), other.value())
                    : isPlain(wide, "object");
        }
        return narrow instanceof Type.ObjectOf object && fitsObject(object, wide);
    }

    private boolean each(List<Type> narrow, Type wide) throws ProblemException {
        Set<Type> known = wide instanceof Type.Union union ? literals(union.types()) : Set.of();
        for (Type type : narrow) {
            if (!known.contains(type) && !fits(type, wide)) {
                return false;
            }
        }
        return true;
    }

    /** Long unions are mostly ones of literals. */
    private static Set<Type> literals(List<Type> types) {
        Set<Type> literals = new HashSet<>();
        types.stream().filter(Type.Literal.class::isInstance).forEach(literals::add);
        return literals;
    }

    private boolean fitsOne(Type narrow, List<Type> wide) throws ProblemException {
        for (Type type : wide) {
            if (fits(narrow, type)) {
                return true;
            }
        }
        return false;
    }

    private boolean fitsObject(Type.ObjectOf narrow, Type wide) throws ProblemException {
        if (wide instanceof Type.MapOf map) {
            for (Type.Field field : narrow.fields().values()) {
                if (!fits(field.type(), map.value())) {
                    return false;
                }
            }
            return true;
        }
        if (!(wide instanceof Type.ObjectOf object)) {
            return isPlain(wide, "object");
        }
        for (Map.Entry<String, Type.Field> entry : narrow.fields().entrySet()) {
            Type.Field field = object.fields().get(entry.getKey());
            if (field == null ? strict : !fits(entry.getValue().type(), field.type())) {
                return false;
            }
        }
        return object.fields().entrySet().stream()
                .allMatch(f -> f.getValue().optional() || isAlways(narrow, f.getKey()));
    }

    private static boolean isAlways(Type.ObjectOf object, String field) {
        Type.Field there = object.fields().get(field);
        return there != null && !there.optional();
    }

    private static boolean isPlain(Type type, String name) {
        return type instanceof Type.Plain plain && plain.name().equals(name);
    }
}
