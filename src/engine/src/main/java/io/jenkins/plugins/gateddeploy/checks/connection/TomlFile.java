package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a TOML file with their values, a key each with the path of the tables around it: {@code
 * auth.redirect_urls}. Lists, also of tables, are values.
 *
 * @param name as messages call the file
 * @param leaves by key
 */
record TomlFile(String name, SortedMap<String, Leaf> leaves) {
    /** A configuration file that people write has some kilobytes; the parser takes a thousandfold of a file's size. */
    static final int MOST_BYTES = 128 * 1024;

    TomlFile {
        leaves = Collections.unmodifiableSortedMap(new TreeMap<>(leaves));
    }

    /**
     * A value.
     *
     * @param value a String, Long, Double, Boolean, one of java.time, or a List or a Map of these
     * @param where its key stands
     */
    record Leaf(Object value, Location where) {}

    /** What became of reading a file. */
    sealed interface Reading {
        /** It is TOML and has a value. */
        record Good(TomlFile file) implements Reading {}

        /** It is not; at least one problem. */
        record Bad(List<Problem> problems) implements Reading {}
    }

    /**
     * {@return the file's content, or why it is none: {@code toml.empty}, {@code toml.syntax}}
     *
     * @param name as messages should call the file
     */
    static Reading read(String name, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return syntax(
                    name,
                    "The file has " + bytes.length + " bytes; at most 128 KiB is read.",
                    "Is it the right file? A configuration file has a few kilobytes.");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return syntax(name, "The file is not UTF-8, as TOML has to be.", "Save it as UTF-8.");
        }
        List<Problem> problems = new ArrayList<>();
        SortedMap<String, Leaf> leaves = new TomlText(name, problems).leaves(text);
        if (!problems.isEmpty()) {
            return new Reading.Bad(problems);
        }
        return leaves.isEmpty() ? empty(name, text) : new Reading.Good(new TomlFile(name, leaves));
    }

    private static Reading.Bad syntax(String name, String message, String mend) {
        return new Reading.Bad(List.of(Problem.error("toml.syntax", message, mend, new Location(name, 0, 0))));
    }

    private static Reading.Bad empty(String name, String text) {
        boolean nothing = text.isBlank() || text.equals("\ufeff");
        String what = nothing
                ? "The file is empty."
                : "The file has no value in it: only comments, white space or headings of tables.";
        return new Reading.Bad(List.of(Problem.error(
                "toml.empty",
                what,
                "Write the connection's values into it, or take the file from the last commit that had them.",
                new Location(name, 0, 0))));
    }
}
