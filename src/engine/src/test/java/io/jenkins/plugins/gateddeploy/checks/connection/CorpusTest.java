package io.jenkins.plugins.gateddeploy.checks.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tomlj.Toml;

/**
 * Configuration files in the shapes that Shopify's CLI and its templates write, each changed in every value: precision
 * and recall of the checks of a configuration file. docs/checks-config.md states what is asserted here.
 */
class CorpusTest {
    private static final String REFERENCE = """
            [environments.production]
            targets = ["web-1"]
            config = { file = "shopify.app.toml", reference = "current" }
            """;

    /** What was found of what should have been, and what was found beside it. */
    private static final class Score {
        private int found;
        private int missed;
        private int mistaken;
        private int passed;
        private final List<String> wrong = new ArrayList<>();

        void changed(String what, boolean reported) {
            found += reported ? 1 : 0;
            missed += reported ? 0 : 1;
            note(what, reported);
        }

        void harmless(String what, boolean reported) {
            mistaken += reported ? 1 : 0;
            passed += reported ? 0 : 1;
            note(what, !reported);
        }

        private void note(String what, boolean right) {
            if (!right) {
                wrong.add(what);
            }
        }

        double precision() {
            return found / (double) (found + mistaken);
        }

        double recall() {
            return found / (double) (found + missed);
        }
    }

    static Stream<String> shapes() throws Exception {
        List<String> texts = new ArrayList<>();
        for (String name : List.of("template", "subscriptions", "proxy", "legacy", "dotted")) {
            try (var in = CorpusTest.class.getResourceAsStream("corpus/" + name + ".toml")) {
                texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        texts.add(thousandKeys());
        return texts.stream();
    }

    private static String thousandKeys() {
        StringBuilder text = new StringBuilder();
        for (int table = 0; table < 50; table++) {
            text.append("[extensions.table_").append(table).append("]\n");
            for (int key = 0; key < 20; key++) {
                text.append("key_")
                        .append(key)
                        .append(" = \"value ")
                        .append(table * key)
                        .append("\"\n");
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void findsEveryChangeOfAValueAndNoneOfTheForm(String text) throws Exception {
        TomlFile file = parsed(text);
        Score score = new Score();
        harmless(text, file).forEach((what, changed) -> score.harmless(what, isMismatch(text, changed)));
        changes(file).forEach((what, changed) -> score.changed(what, isMismatch(text, changed)));

        assertThat(score.wrong).isEmpty();
        assertThat(score.precision()).isEqualTo(1.0);
        assertThat(score.recall()).isEqualTo(1.0);
        assertThat(score.passed).isGreaterThanOrEqualTo(10);
        assertThat(score.found).isGreaterThan(Math.min(100, 2 * file.leaves().size()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void findsEveryValueThatIsLeftFromDevelopment(String text) throws Exception {
        TomlFile file = parsed(text);
        // Development's file differs in every value; one of them is then left as it is there.
        SortedMap<String, Object> development = new TreeMap<>();
        file.leaves().forEach((key, leaf) -> development.put(key, changedValue(leaf.value())));
        List<String> keys = file.leaves().keySet().stream().limit(15).toList();
        String specific = "[environments.production]\ntargets = [\"web-1\"]\nsecrets.live = false\n"
                + "config = { file = \"p.toml\", development = \"d.toml\", specific = ["
                + String.join(", ", keys.stream().map(CorpusTest::quoted).toList()) + "] }\n";
        Score score = new Score();
        Shop shop = new Shop().file("d.toml", tables(development));
        score.harmless("own values", !shop.file("p.toml", text).ids(specific).isEmpty());
        for (String key : keys) {
            SortedMap<String, Object> left = values(file);
            left.put(key, development.get(key));
            List<String> found = shop.file("p.toml", tables(left)).lines(specific);
            score.changed(key, found.size() == 1 && found.get(0).contains(key + " is "));
        }

        assertThat(score.wrong).isEmpty();
        assertThat(score.precision()).isEqualTo(1.0);
        assertThat(score.recall()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void findsEveryKindOfBrokenFile(String text) throws Exception {
        Score score = new Score();
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put("cut within a string", text.substring(0, text.lastIndexOf('"')) + "\n[");
        broken.put("conflict", text + "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> other\n");
        broken.put("a key twice", "twice = 1\ntwice = 2\n" + text);
        broken.put("no quotes", "name_of_app = Storefront\n" + text);
        broken.put("json", "{ \"a\": 1 }");
        broken.put("yaml", "a:\n  - b\n");
        broken.forEach((what, changed) -> score.changed(what, "toml.syntax".equals(firstId(changed))));
        for (String empty : List.of("", "\n\n", "# " + text.replace("\n", "\n# "), " \t\r\n", "[auth]\n")) {
            score.changed("empty: " + empty, "toml.empty".equals(firstId(empty)));
        }
        harmless(text, parsed(text)).forEach((what, changed) -> score.harmless(what, firstId(changed) != null));

        assertThat(score.wrong).isEmpty();
        assertThat(score.precision()).isEqualTo(1.0);
        assertThat(score.recall()).isEqualTo(1.0);
    }

    private static String firstId(String text) {
        try {
            List<String> ids = new Shop().file("shopify.app.toml", text).ids("""
                            [environments.production]
                            targets = ["web-1"]
                            secrets.live = false
                            config.file = "shopify.app.toml"
                            """);
            return ids.isEmpty() ? null : ids.get(0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isMismatch(String reference, String changed) {
        try {
            Shop shop = new Shop().file("shopify.app.toml", changed).current("v1", "shopify.app.toml", reference);
            return shop.ids(REFERENCE).contains("toml.mismatch");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static TomlFile parsed(String text) {
        TomlFile.Reading reading = TomlFile.read("a.toml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(TomlFile.Reading.Good.class);
        return ((TomlFile.Reading.Good) reading).file();
    }

    /** {@return the same file in other forms} */
    private static Map<String, String> harmless(String text, TomlFile file) {
        Map<String, String> same = new LinkedHashMap<>();
        same.put("itself", text);
        same.put("comments", "# begin\n" + text.replace("]\n", "] # a table\n") + "\n# end");
        same.put("blank lines", "\n\n" + text.replace("]\n", "]\n\n\n"));
        same.put("ends of lines of Windows", text.replace("\n", "\r\n"));
        same.put("byte order mark", "\ufeff" + text);
        same.put("indented", text.replace("\n", "\n    "));
        same.put("blanks around =", text.replace(" = ", "   =\t"));
        same.put("no line end", text.stripTrailing());
        same.put("dotted keys in order of keys", dotted(values(file), false));
        same.put("dotted keys in reverse", dotted(values(file), true));
        same.put("tables", tables(values(file)));
        same.put("quoted keys", quotedKeys(values(file)));
        return same;
    }

    /** {@return every value changed, removed and renamed, and keys added} */
    private static Map<String, String> changes(TomlFile file) {
        Map<String, String> changes = new LinkedHashMap<>();
        file.leaves().forEach((key, leaf) -> {
            // Enough of a thousand alike.
            if (file.leaves().size() > 200 && key.hashCode() % 40 != 0) {
                return;
            }
            for (Object other : others(leaf.value())) {
                if (other.equals(leaf.value())) {
                    continue;
                }
                SortedMap<String, Object> changed = values(file);
                changed.put(key, other);
                changes.put(key + " = " + other, dotted(changed, false));
            }
            SortedMap<String, Object> removed = values(file);
            removed.remove(key);
            changes.put("without " + key, dotted(removed, false));
            removed.put(key.endsWith("\"") ? key.substring(0, key.length() - 1) + "_x\"" : key + "_x", leaf.value());
            changes.put("renamed " + key, dotted(removed, false));
        });
        for (int i = 0; i < Math.min(60, 2 * file.leaves().size()); i++) {
            SortedMap<String, Object> added = values(file);
            added.put(i % 2 == 0 ? "added_" + i : "added.table_" + i + ".key", i % 3 == 0 ? (Object) true : "x");
            changes.put("added " + i, dotted(added, false));
        }
        return changes;
    }

    private static List<Object> others(Object value) {
        List<Object> others = new ArrayList<>();
        others.add(changedValue(value));
        if (value instanceof String text) {
            others.addAll(List.of(text + " ", text.toUpperCase(Locale.ROOT) + "X", true));
        } else if (value instanceof Boolean flag) {
            others.add(String.valueOf(flag));
        } else if (value instanceof List<?> items) {
            others.add(List.of());
            others.add(items.size() > 1 ? items.subList(1, items.size()) : "x");
            List<Object> twice = new ArrayList<>(items);
            twice.addAll(items);
            others.add(twice);
            if (items.size() > 1 && !items.get(0).equals(items.get(items.size() - 1))) {
                List<Object> reversed = new ArrayList<>(items);
                Collections.reverse(reversed);
                others.add(reversed);
            }
        }
        return others;
    }

    /** {@return another value of the same type} */
    private static Object changedValue(Object value) {
        if (value instanceof String text) {
            return text + "x";
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof Long number) {
            return number + 1;
        }
        if (value instanceof List<?> items) {
            List<Object> more = new ArrayList<>(items);
            more.add(items.isEmpty() ? "x" : changedValue(items.get(0)));
            return more;
        }
        if (value instanceof Map<?, ?> table) {
            Map<Object, Object> changed = new TreeMap<>(table);
            changed.replaceAll((k, v) -> changedValue(v));
            return changed;
        }
        throw new IllegalArgumentException(String.valueOf(value));
    }

    private static SortedMap<String, Object> values(TomlFile file) {
        SortedMap<String, Object> values = new TreeMap<>();
        file.leaves().forEach((key, leaf) -> values.put(key, leaf.value()));
        return values;
    }

    private static String dotted(SortedMap<String, Object> values, boolean reverse) {
        List<String> lines = new ArrayList<>();
        values.forEach((key, value) -> lines.add(key + " = " + written(value)));
        if (reverse) {
            Collections.reverse(lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String quotedKeys(SortedMap<String, Object> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> {
            List<String> parts = Toml.parseDottedKey(key);
            text.append(String.join(
                            " . ", parts.stream().map(CorpusTest::quoted).toList()))
                    .append('=')
                    .append(written(value))
                    .append('\n');
        });
        return text.toString();
    }

    /** {@return every key below the heading of its table, tables in reverse order, lists over several lines} */
    private static String tables(SortedMap<String, Object> values) {
        SortedMap<String, StringBuilder> tables = new TreeMap<>(Comparator.reverseOrder());
        values.forEach((key, value) -> {
            List<String> parts = Toml.parseDottedKey(key);
            String table = Toml.joinKeyPath(parts.subList(0, parts.size() - 1));
            String list = written(value).replace("[", "[\n  ").replace(", ", ",\n  ");
            String shown = value instanceof List<?> items && !items.isEmpty() && items.get(0) instanceof String
                    ? list
                    : written(value);
            tables.computeIfAbsent(table, t -> new StringBuilder())
                    .append(Toml.joinKeyPath(List.of(parts.get(parts.size() - 1))))
                    .append(" = ")
                    .append(shown)
                    .append('\n');
        });
        StringBuilder text = new StringBuilder(tables.containsKey("") ? tables.remove("") : "");
        tables.forEach(
                (table, lines) -> text.append("\n[").append(table).append("]\n").append(lines));
        return text.toString();
    }

    private static String written(Object value) {
        if (value instanceof String text) {
            return text.contains("'") || text.contains("\n") ? quoted(text) : "'" + text + "'";
        }
        if (value instanceof List<?> items) {
            return "["
                    + String.join(", ", items.stream().map(CorpusTest::written).toList()) + "]";
        }
        if (value instanceof Map<?, ?> table) {
            List<String> entries = new ArrayList<>();
            table.forEach((key, inner) -> entries.add(quoted(String.valueOf(key)) + " = " + written(inner)));
            return "{ " + String.join(", ", entries) + " }";
        }
        return String.valueOf(value);
    }

    private static String quoted(String text) {
        return "\"" + Toml.tomlEscape(text) + "\"";
    }
}
