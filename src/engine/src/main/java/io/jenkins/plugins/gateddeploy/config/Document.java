package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.toml.TomlSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** Turns TOML text into {@link Node}s, within limits that keep any text from exhausting memory or stack. */
final class Document {
    /** The parser needs minutes for larger texts that somebody chose to that end. */
    static final int MAX_BYTES = 128 * 1024;

    private static final int MAX_LINES = 10_000;
    static final int MAX_DEPTH = 64;

    /** Pinned, so that a newer parser does not change which files are good. */
    private static final TomlParseOptions OPTIONS =
            TomlParseOptions.sourceless().withVersion(TomlVersion.V1_1_0).withMaxNestingDepth(MAX_DEPTH);

    private Document() {}

    /** {@return the file's table; empty when the text is not TOML, which has then been reported} */
    static Optional<Node.Table> parse(String fileName, String text, Findings findings) {
        Place file = Place.file(fileName);
        if (tooLong(text)) {
            tooLarge(fileName, findings);
            return Optional.empty();
        }
        TomlParseResult parsed;
        try {
            parsed = TomlSource.parse(text, OPTIONS);
        } catch (TomlSource.Unparsable e) {
            findings.add("config.syntax", new Location(fileName, e.line(), 0), e.getMessage() + ".", "");
            return Optional.empty();
        }
        for (TomlParseError error : parsed.errors()) {
            report(error, fileName, findings);
        }
        return parsed.hasErrors() ? Optional.empty() : Optional.of(table(parsed, file));
    }

    static void tooLarge(String fileName, Findings findings) {
        findings.add(
                "config.limit",
                new Location(fileName, 0, 0),
                "The file is larger than 128 KiB or has more than 10,000 lines, the most that is read.",
                "Is it the right file? A deploy.toml has a few kilobytes.");
    }

    private static boolean tooLong(String text) {
        return text.length() > MAX_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                || text.chars().filter(c -> c == '\n').count() > MAX_LINES;
    }

    private static void report(TomlParseError error, String fileName, Findings findings) {
        Location where =
                new Location(fileName, error.position().line(), error.position().column());
        String message = error.getMessage();
        boolean nesting = message.startsWith("Nesting is too deep");
        findings.add(nesting ? "config.limit" : "config.syntax", where, message + ".", "");
    }

    private static Node.Table table(TomlTable table, Place place) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            TomlPosition at = table.inputPositionOf(path);
            entries.put(key, node(table.get(path), place.key(key, at.line(), at.column())));
        }
        return new Node.Table(place, entries);
    }

    private static Node.Array array(TomlArray array, Place place) {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            TomlPosition at = array.inputPositionOf(i);
            items.add(node(array.get(i), place.item(i, at.line(), at.column())));
        }
        return new Node.Array(place, items);
    }

    private static Node node(Object value, Place place) {
        if (value instanceof TomlTable table) {
            return table(table, place);
        }
        return value instanceof TomlArray array ? array(array, place) : new Node.Scalar(place, value);
    }
}
