package io.jenkins.plugins.gateddeploy.toml;

import java.util.Arrays;
import org.tomlj.Toml;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;

/**
 * The door to the parser. It reports most mistakes in its result, but fails on some texts, as on a comment without an end
 * of line in a table of one line.
 */
public final class TomlSource {
    private TomlSource() {}

    /**
     * Parses a text.
     *
     * @param text what to parse; a byte order mark, which some editors write, is passed over
     * @return the tables and errors
     * @throws Unparsable when the parser fails
     */
    public static TomlParseResult parse(String text, TomlParseOptions options) throws Unparsable {
        String toml = text.startsWith("\ufeff") ? text.substring(1) : text;
        try {
            return Toml.parse(toml, options);
        } catch (RuntimeException e) {
            throw new Unparsable(line(toml, options), e);
        }
    }

    /** The least number of lines that the parser fails on. */
    private static int line(String toml, TomlParseOptions options) {
        String[] lines = toml.split("\n", -1);
        int passed = 0;
        int failed = lines.length;
        while (failed - passed > 1) {
            int middle = (passed + failed) / 2;
            if (fails(String.join("\n", Arrays.asList(lines).subList(0, middle)), options)) {
                failed = middle;
            } else {
                passed = middle;
            }
        }
        return failed;
    }

    private static boolean fails(String toml, TomlParseOptions options) {
        try {
            Toml.parse(toml, options);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    /** The parser has no answer to a text, which is no TOML. */
    public static final class Unparsable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        private Unparsable(int line, RuntimeException cause) {
            // The parser quotes what it found, which may be a secret.
            super("The text up to here is no TOML: look for brackets, quotes and comments that do not end", cause);
            this.line = line;
        }

        /** {@return the line, counted from 1, up to which the text must be read to see the mistake} */
        public int line() {
            return line;
        }
    }
}
