package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Shapes of keys that everybody has: of providers' test modes and documentation. They come from {@code test-keys.toml}
 * beside this class and from a file of the same form that users may add. Looking for one takes time in proportion to
 * the text.
 *
 * @param shapes in the order of the files
 */
record TestKeys(List<Shape> shapes) {
    private static final int MOST = 1000;
    private static final Set<String> KEYS = Set.of("provider", "what", "begins", "least", "is", "contains");
    private static final long USUAL_LEAST = 8;

    TestKeys {
        shapes = List.copyOf(shapes);
    }

    /**
     * What keys of one kind look like.
     *
     * @param provider whose they are
     * @param what what they are, with its article
     * @param begins first characters
     * @param least how many letters, digits, dashes and underscores follow those
     * @param whole whole keys
     * @param contained texts that may stand anywhere
     */
    record Shape(
            String provider, String what, List<String> begins, int least, List<String> whole, List<String> contained) {
        boolean isIn(String text) {
            return contained.stream().anyMatch(text::contains)
                    || whole.stream().anyMatch(key -> isWhole(text, key))
                    || begins.stream().anyMatch(prefix -> begins(text, prefix));
        }

        private static boolean isWhole(String text, String key) {
            for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
                int end = at + key.length();
                if ((at == 0 || isOutside(text.charAt(at - 1)))
                        && (end == text.length() || isOutside(text.charAt(end)))) {
                    return true;
                }
            }
            return false;
        }

        private boolean begins(String text, String prefix) {
            int at = text.indexOf(prefix);
            while (at >= 0) {
                int end = at + prefix.length();
                while (end < text.length() && end - at - prefix.length() < least && isOfKey(text.charAt(end))) {
                    end++;
                }
                if ((at == 0 || !isOfKey(text.charAt(at - 1))) && end - at - prefix.length() >= least) {
                    return true;
                }
                at = text.indexOf(prefix, at + 1);
            }
            return false;
        }

        /** A dot goes on: what is a key by itself is none as a part of a host's name. */
        private static boolean isOutside(char c) {
            return !isOfKey(c) && c != '.';
        }

        /** Letters, digits, dashes and underscores: what such keys are made of. */
        private static boolean isOfKey(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
    }

    /** {@return the shape of a key in the text} */
    Optional<Shape> in(String text) {
        return shapes.stream().filter(shape -> shape.isIn(text)).findFirst();
    }

    /** {@return these and more} */
    TestKeys and(TestKeys more) {
        return new TestKeys(Stream.concat(shapes.stream(), more.shapes.stream()).toList());
    }

    /** {@return the ones that come with the product} */
    static TestKeys known() {
        try (InputStream in = TestKeys.class.getResourceAsStream("test-keys.toml")) {
            return read("test-keys.toml", in.readAllBytes());
        } catch (IOException | ProblemException e) {
            throw new IllegalStateException("The shapes of test keys that come with the product cannot be read", e);
        }
    }

    /**
     * {@return the shapes in a file}
     *
     * @throws ProblemException when it is not as it should be
     */
    static TestKeys read(String name, byte[] bytes) throws ProblemException {
        if (!(TomlFile.read(name, bytes) instanceof TomlFile.Reading.Good good)) {
            throw unfit(name, "is empty or no TOML");
        }
        TomlFile file = good.file();
        if (!file.leaves().keySet().equals(Set.of("key"))
                || !(file.leaves().get("key").value() instanceof List<?> tables)
                || tables.size() > MOST) {
            throw unfit(name, "should be at most " + MOST + " tables [[key]] and nothing else");
        }
        List<Shape> shapes = new ArrayList<>();
        for (Object table : tables) {
            shapes.add(shape(name, shapes.size() + 1, table));
        }
        return new TestKeys(shapes);
    }

    private static Shape shape(String name, int number, Object value) throws ProblemException {
        String which = "has a [[key]], the " + number + ". in the file, ";
        if (!(value instanceof Map<?, ?> table)) {
            throw unfit(name, which + "that is no table");
        }
        if (!KEYS.containsAll(table.keySet())) {
            throw unfit(name, which + "with another key than " + String.join(", ", new TreeSet<>(KEYS)));
        }
        List<String> begins = texts(name, which, table, "begins");
        List<String> whole = texts(name, which, table, "is");
        List<String> contained = texts(name, which, table, "contains");
        Object least = table.containsKey("least") ? table.get("least") : USUAL_LEAST;
        boolean sound = table.get("provider") instanceof String
                && table.get("what") instanceof String
                && least instanceof Long length
                && length >= 0
                && length <= MOST;
        if (!sound || (begins.isEmpty() && whole.isEmpty() && contained.isEmpty())) {
            throw unfit(name, which + "without provider, what, and one of begins, is and contains as they should be");
        }
        return new Shape(
                (String) table.get("provider"),
                (String) table.get("what"),
                begins,
                ((Long) least).intValue(),
                whole,
                contained);
    }

    private static List<String> texts(String name, String which, Map<?, ?> table, String key) throws ProblemException {
        Object value = table.containsKey(key) ? table.get(key) : List.of();
        if (!(value instanceof List<?> items)
                || !items.stream().allMatch(item -> item instanceof String text && text.length() >= 4)) {
            throw unfit(name, which + "in which " + key + " is no list of texts of four characters or more");
        }
        return items.stream().map(String.class::cast).toList();
    }

    private static ProblemException unfit(String name, String what) {
        return new ProblemException(
                "check.failed",
                "The file with shapes of test keys, " + name + ", " + what + ".",
                "Write it as docs/checks.md shows.");
    }
}
