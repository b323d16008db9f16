package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types of JSON that a value may have.
 *
 * @param bits one for each; a number that is no integer is a type of its own here
 */
record Types(int bits) {
    private static final int NULL_BIT = 1;
    private static final int BOOLEAN_BIT = 2;
    private static final int INTEGER_BIT = 4;
    private static final int FRACTION_BIT = 8;
    private static final int STRING_BIT = 16;
    private static final int ARRAY_BIT = 32;
    private static final int OBJECT_BIT = 64;
    private static final int ALL_BITS = 127;
    /** More of them are said in one word. */
    private static final int MANY = 4;

    static final Types NONE = new Types(0);
    static final Types ALL = new Types(ALL_BITS);
    static final Types NULL = new Types(NULL_BIT);
    static final Types STRING = new Types(STRING_BIT);
    static final Types NUMBER = new Types(INTEGER_BIT | FRACTION_BIT);
    static final Types ARRAY = new Types(ARRAY_BIT);
    static final Types OBJECT = new Types(OBJECT_BIT);
    static final Types SINGLE = new Types(BOOLEAN_BIT | INTEGER_BIT | FRACTION_BIT | STRING_BIT);

    private static final Map<String, Types> BY_NAME = Map.of(
            "null", new Types(NULL_BIT),
            "boolean", new Types(BOOLEAN_BIT),
            "integer", new Types(INTEGER_BIT),
            "number", NUMBER,
            "string", STRING,
            "array", ARRAY,
            "object", OBJECT);

    private static final Set<String> OF_OBJECTS =
            Set.of("properties", "required", "additionalProperties", "patternProperties", "minProperties");
    private static final Set<String> OF_ARRAYS = Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems");

    /**
     * {@return what all parts of a schema allow}
     *
     * @param roots those of them that are the schema itself: {@code nullable} beside {@code allOf} is meant to hold for
     *     the whole, whatever the letter of 3.0 is
     */
    static Types of(List<Node.Table> parts, List<Node> roots) {
        Types all = ALL;
        boolean nullable = false;
        for (Node.Table part : parts) {
            all = all.and(written(part));
            nullable |= part.get("nullable").isTrue() && roots.contains(part);
        }
        return nullable ? new Types(all.bits | NULL_BIT) : all;
    }

    private static Types written(Node.Table part) {
        Types types = declared(part);
        return part.get("nullable").isTrue() ? new Types(types.bits | NULL_BIT) : types;
    }

    private static Types declared(Node.Table part) {
        Node type = part.get("type");
        if (type.text().isPresent()) {
            return BY_NAME.getOrDefault(type.text().get(), ALL);
        }
        if (!type.items().isEmpty()) {
            int bits = 0;
            for (Node item : type.items()) {
                bits |= BY_NAME.getOrDefault(item.text().orElse(""), NONE).bits;
            }
            return new Types(bits);
        }
        List<Node> values = part.get("const").isThere()
                ? List.of(part.get("const"))
                : part.get("enum").items();
        if (!values.isEmpty()) {
            int bits = 0;
            for (Node value : values) {
                bits |= of(value).bits;
            }
            return new Types(bits);
        }
        // Many leave the type out where the keywords tell it.
        if (part.entries().keySet().stream().anyMatch(OF_OBJECTS::contains)) {
            return OBJECT;
        }
        return part.entries().keySet().stream().anyMatch(OF_ARRAYS::contains) ? ARRAY : ALL;
    }

    private static Types of(Node value) {
        if (value instanceof Node.Scalar scalar) {
            return switch (scalar.kind()) {
                case STRING -> STRING;
                case NUMBER -> NUMBER;
                case BOOLEAN -> new Types(BOOLEAN_BIT);
                case NULL -> new Types(NULL_BIT);
            };
        }
        return value instanceof Node.Items ? ARRAY : OBJECT;
    }

    Types and(Types other) {
        return new Types(bits & other.bits);
    }

    Types without(Types other) {
        return new Types(bits & ~other.bits);
    }

    boolean isNone() {
        return bits == 0;
    }

    boolean meets(Types other) {
        return (bits & other.bits) != 0;
    }

    /** {@return each of them; integers and other numbers are one} */
    List<Types> each() {
        List<Types> each = new ArrayList<>();
        for (int bit = 1; bit <= OBJECT_BIT; bit <<= 1) {
            int here = bits & (bit == INTEGER_BIT ? NUMBER.bits : bit == FRACTION_BIT ? fractionAlone() : bit);
            if (here != 0) {
                each.add(new Types(here));
            }
        }
        return each;
    }

    private int fractionAlone() {
        return (bits & INTEGER_BIT) == 0 ? FRACTION_BIT : 0;
    }

    /** {@return them in words} */
    String words() {
        if (Integer.bitCount(bits) > MANY) {
            return "of other types";
        }
        List<String> words = new ArrayList<>();
        for (Types one : each()) {
            words.add(one.word());
        }
        return String.join(" or ", words);
    }

    private String word() {
        return switch (bits) {
            case NULL_BIT -> "null";
            case BOOLEAN_BIT -> "a boolean";
            case INTEGER_BIT -> "an integer";
            case STRING_BIT -> "a string";
            case ARRAY_BIT -> "a list";
            case OBJECT_BIT -> "an object";
            default -> "a number";
        };
    }
}
