package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shapes of single values that more than one section uses. */
final class Scalars {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");
    private static final Pattern DURATION = Pattern.compile(
            "(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m(?!s))?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    /** A name of the user's choice: it becomes part of file names, command lines and log lines. */
    static final Shape<String> NAME_TEXT = matching(
            NAME,
            "a name of at most 100 letters, digits, dots, dashes and underscores that begins with a letter or digit");

    /** The name of an environment variable, as POSIX.1-2017, section 8.1 has it (lower case letters too). */
    static final Shape<String> VARIABLE_NAME =
            matching(VARIABLE, "a variable's name: letters, digits and underscores, not beginning with a digit");

    /** An id under which the host keeps a credential. */
    static final Shape<String> CREDENTIAL = line("the id of a credential of the host");

    static final Shape<String> COMMAND = command("a shell command line");

    static final Shape<Boolean> BOOLEAN = new Shape<>() {
        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public Optional<Boolean> read(Node node, Findings findings) {
            if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean value) {
                return Optional.of(value);
            }
            findings.type(node, expected());
            return Optional.empty();
        }
    };

    static final Shape<Duration> DURATION_TEXT =
            new Text<>("a duration above zero such as \"30s\", \"500ms\" or \"1h30m\"", Scalars::duration);

    static final Shape<Duration> DURATION_OR_NONE = new Text<>(
            "a duration such as \"30s\" or \"1h30m\", or \"0s\"",
            text -> text.equals("0s") ? Duration.ZERO : duration(text));

    private Scalars() {}

    /** {@return a command line for {@code sh -c}; several lines are fine} */
    static Shape<String> command(String expected) {
        return new Text<>(expected, text -> {
            if (text.isBlank()) {
                throw new Text.Unfit("is empty");
            }
            if (text.indexOf('\0') >= 0) {
                throw new Text.Unfit("holds a NUL character");
            }
            return text;
        });
    }

    static Shape<Integer> integer(int least, int most) {
        String expected = "an integer from " + least + " to " + most;
        return new Shape<>() {
            @Override
            public String expected() {
                return expected;
            }

            @Override
            public Optional<Integer> read(Node node, Findings findings) {
                if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof Long value)) {
                    findings.type(node, expected);
                    return Optional.empty();
                }
                if (value < least || value > most) {
                    findings.value(node, expected, "is " + value);
                    return Optional.empty();
                }
                return Optional.of(value.intValue());
            }
        };
    }

    /** {@return one of an enum's constants, written in lower case} */
    static <E extends Enum<E>> Shape<E> choice(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(c -> words.put(c.name().toLowerCase(Locale.ROOT).replace('_', '-'), c));
        return choice(words);
    }

    static <T> Shape<T> choice(Map<String, T> words) {
        String expected = words.size() == 1 ? "" : "one of ";
        return new Text<>(
                expected
                        + String.join(
                                ", ", words.keySet().stream().map(Quoted::quote).toList()),
                text -> {
                    T value = words.get(text);
                    if (value == null) {
                        String meant = Nearest.to(text, words.keySet())
                                .map(w -> " (did you mean \"" + w + "\"?)")
                                .orElse("");
                        throw new Text.Unfit("is " + Quoted.quote(text) + meant);
                    }
                    return value;
                });
    }

    /** {@return text on one line, not blank} */
    static Shape<String> line(String expected) {
        return new Text<>(expected, text -> {
            if (text.isBlank()) {
                throw new Text.Unfit("is empty");
            }
            rejectControlCharacters(text);
            return text;
        });
    }

    /** @throws Text.Unfit for a newline, NUL or any other control character */
    static void rejectControlCharacters(String text) throws Text.Unfit {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Text.Unfit("holds a newline or another control character: " + Quoted.quote(text));
        }
    }

    /** {@return text that is of a pattern as a whole} */
    static Shape<String> matching(Pattern pattern, String expected) {
        return new Text<>(expected, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new Text.Unfit("is " + Quoted.quote(text));
            }
            return text;
        });
    }

    private static Duration duration(String text) throws Text.Unfit {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        Duration sum = Duration.ofDays(number(matcher.group(1)))
                .plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3)))
                .plusSeconds(number(matcher.group(4)))
                .plusMillis(number(matcher.group(5)));
        if (sum.isZero()) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        return sum;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
