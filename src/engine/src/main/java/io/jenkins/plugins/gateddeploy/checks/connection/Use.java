package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.problem.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A value that an environment uses, and where.
 *
 * @param place for people, such as {@code the variable STRIPE_KEY}
 * @param name of the variable, key or credential
 * @param value what may be a secret
 * @param secret whether it is one for certain: it comes from where the host keeps them
 * @param where in a file; null when it is in none
 */
record Use(String place, String name, String value, boolean secret, Location where) {
    private static final String COMMENTS = "#;";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_. -]{0,99}");
    private static final String AROUND = "\"'`,";

    /** {@return every text among the values of a file} */
    static List<Use> in(TomlFile file) {
        List<Use> uses = new ArrayList<>();
        file.leaves()
                .forEach((key, leaf) -> texts(
                        leaf.value(),
                        text -> uses.add(
                                new Use("the key " + key + " of " + file.name(), key, text, false, leaf.where()))));
        return uses;
    }

    /**
     * {@return the values of a text file, line by line: what is behind the first {@code =} or {@code :} of a line, or
     * the line itself} Comments are left out.
     */
    static List<Use> in(String file, String text) {
        List<Use> uses = new ArrayList<>();
        int number = 0;
        for (String raw : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || COMMENTS.indexOf(line.charAt(0)) >= 0 || line.startsWith("//")) {
                continue;
            }
            int cut = split(line);
            String name = cut < 0 ? "" : bare(line.substring(0, cut).replaceFirst("^export\\s+", ""));
            String value = bare(line.substring(cut + 1));
            // What does not look like a name may be anything, also a secret.
            String place = (NAME.matcher(name).matches() ? "the key " + name : "line " + number) + " of " + file;
            uses.add(new Use(place, name, value, false, new Location(file, number, 0)));
        }
        return uses;
    }

    private static int split(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '=' || c == ':') {
                return i;
            }
        }
        return -1;
    }

    private static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isAround(text.charAt(from))) {
            from++;
        }
        while (to > from && isAround(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isAround(char c) {
        return Character.isWhitespace(c) || AROUND.indexOf(c) >= 0;
    }

    private static void texts(Object value, Consumer<String> into) {
        if (value instanceof String text) {
            into.accept(text);
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> texts(item, into));
        } else if (value instanceof Map<?, ?> table) {
            texts(table.values(), into);
        }
    }
}
