package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.config.DottedKeys;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.toml.TomlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** Reads TOML into flat keys, within limits that keep any text from exhausting memory or stack. */
final class TomlText {
    private static final int MOST_ERRORS = 100;
    private static final int DEEPEST = 64;

    /** After a mistake the parser looks at all lines that follow, for each of them. */
    private static final int MOST_LINES = 10_000;

    /** Pinned, so that a newer parser does not change which files are good. */
    private static final TomlParseOptions OPTIONS =
            TomlParseOptions.sourceless().withVersion(TomlVersion.V1_1_0).withMaxNestingDepth(DEEPEST);

    /** The parser quotes what it found. More than a character of it may be a piece of a secret. */
    private static final Pattern FOUND = Pattern.compile("^Unexpected '.{2,}', (expected )");

    private static final Pattern QUOTED = Pattern.compile("'[^']{4,}'");

    private final String file;
    private final List<Problem> problems;

    /**
     * @param file as messages call it
     * @param problems takes what is wrong
     */
    TomlText(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** {@return the values; without any meaning when there are problems} */
    SortedMap<String, TomlFile.Leaf> leaves(String text) {
        SortedMap<String, TomlFile.Leaf> leaves = new TreeMap<>();
        if (Nesting.isDeeper(text, DEEPEST)) {
            add("Brackets are open more than " + DEEPEST + " deep, or not closed.", new Location(file, 0, 0));
            return leaves;
        }
        if (text.chars().filter(c -> c == '\n').count() > MOST_LINES) {
            add("The file has more than " + MOST_LINES + " lines.", new Location(file, 0, 0));
            return leaves;
        }
        TomlParseResult parsed;
        try {
            parsed = TomlSource.parse(text, OPTIONS);
        } catch (TomlSource.Unparsable e) {
            add(e.getMessage() + ".", new Location(file, e.line(), 0));
            return leaves;
        }
        for (TomlParseError error : parsed.errors()) {
            if (problems.size() < MOST_ERRORS) {
                add(message(error), at(error.position()));
            }
        }
        if (problems.isEmpty()) {
            collect("", parsed, leaves);
        }
        return leaves;
    }

    private void collect(String prefix, TomlTable table, Map<String, TomlFile.Leaf> leaves) {
        for (String name : table.keySet()) {
            List<String> path = List.of(name);
            Location where = at(table.inputPositionOf(path));
            // Written out for each value, a very long name of a table would take gigabytes.
            if (prefix.length() + name.length() > DottedKeys.LONGEST) {
                if (problems.isEmpty()) {
                    add("A key here is longer than " + DottedKeys.LONGEST + " characters with its tables.", where);
                }
                return;
            }
            String key = (prefix.isEmpty() ? "" : prefix + ".") + Toml.joinKeyPath(path);
            if (table.get(path) instanceof TomlTable inner) {
                collect(key, inner, leaves);
            } else {
                leaves.put(key, new TomlFile.Leaf(plain(table.get(path)), where));
            }
        }
    }

    /** {@return the value without the parser's types; lists and tables within are at most as deep as was allowed} */
    private static Object plain(Object value) {
        if (value instanceof TomlTable table) {
            Map<String, Object> entries = new TreeMap<>();
            table.keySet().forEach(name -> entries.put(name, plain(table.get(List.of(name)))));
            return entries;
        }
        if (value instanceof TomlArray array) {
            List<Object> items = new ArrayList<>();
            array.toList().forEach(item -> items.add(plain(item)));
            return items;
        }
        return value;
    }

    private static String message(TomlParseError error) {
        String said = FOUND.matcher(String.valueOf(error.getMessage())).replaceFirst("$1");
        String safe = QUOTED.matcher(said).find() ? "" : ": " + said;
        return "This is no TOML" + (safe.length() > 300 ? safe.substring(0, 300) + "…" : safe) + ".";
    }

    private Location at(TomlPosition position) {
        return position == null ? new Location(file, 0, 0) : new Location(file, position.line(), position.column());
    }

    private void add(String message, Location where) {
        problems.add(
                Problem.error("toml.syntax", message, "Mend it there; nothing in the file can be used now.", where));
    }
}
