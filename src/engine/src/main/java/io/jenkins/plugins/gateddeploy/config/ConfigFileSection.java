package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code config}: the file that connects the application to the world. */
final class ConfigFileSection {
    private static final String REFERENCE_FORMS = "\"current\", or { secret = \"…\" }";
    private static final Shape<List<String>> KEYS = ListOf.any("a list of keys", DottedKeys.KEY);

    private static final Key<String> SECRET = Key.required("secret", Scalars.CREDENTIAL);
    private static final Shape<ConfigFile.Origin> CURRENT =
            Scalars.choice(Map.of("current", (ConfigFile.Origin) new ConfigFile.Current()));
    private static final Shape<ConfigFile.Origin> SECRET_FILE =
            Section.of(REFERENCE_FORMS, List.of(SECRET), v -> new ConfigFile.SecretFile(v.get(SECRET)));

    private static final Key<String> FILE = Key.required("file", PathShapes.FILE);
    private static final Key<SortedMap<String, Object>> EXPECT =
            Key.withDefault("expect", new ExpectedValues(), new TreeMap<>());
    private static final Key<List<String>> ABSENT = Key.withDefault("absent", KEYS, List.of());
    private static final Key<List<String>> UNORDERED = Key.withDefault("unordered", KEYS, List.of());
    private static final Key<ConfigFile.Origin> REFERENCE =
            Key.optional("reference", ByForm.table(REFERENCE_FORMS, CURRENT, SECRET_FILE));
    private static final Key<List<String>> EXCEPT = Key.withDefault("except", KEYS, List.of());
    private static final Key<List<String>> SPECIFIC = Key.withDefault("specific", KEYS, List.of());
    private static final Key<String> DEVELOPMENT = Key.optional("development", PathShapes.FILE);

    static final Section<ConfigFile> SECTION = Section.of(
                    "a table such as { file = \"…\", expect = { … } }",
                    List.of(FILE, EXPECT, ABSENT, UNORDERED, REFERENCE, EXCEPT, SPECIFIC, DEVELOPMENT),
                    ConfigFileSection::bind)
            .with(ConfigFileSection::rejectContradictions);

    private ConfigFileSection() {}

    private static ConfigFile bind(Values v) {
        Optional<ConfigFile.Reference> reference =
                v.find(REFERENCE).map(from -> new ConfigFile.Reference(from, v.get(EXCEPT)));
        return new ConfigFile(
                v.get(FILE),
                new ConfigFile.Expected(v.get(EXPECT), v.get(ABSENT), v.get(UNORDERED)),
                reference,
                new ConfigFile.Specific(v.get(SPECIFIC), v.find(DEVELOPMENT)));
    }

    private static void rejectContradictions(Values values, Node.Table table, Findings findings) {
        for (String absent : values.find(ABSENT).orElse(List.of())) {
            values.find(EXPECT).orElse(new TreeMap<>()).keySet().stream()
                    .filter(key -> DottedKeys.covers(absent, key))
                    .forEach(key -> values.written(ABSENT)
                            .ifPresent(node -> findings.add(
                                    "config.value",
                                    node.place(),
                                    "must not have " + Quoted.quote(absent) + ", since expect has a value for "
                                            + Quoted.quote(key) + ".",
                                    "")));
        }
    }
}
