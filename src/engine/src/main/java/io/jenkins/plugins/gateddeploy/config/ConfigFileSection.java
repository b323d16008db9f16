package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;

/** {@code config}: the file that connects the application to the world. */
final class ConfigFileSection {
    private static final Key<String> FILE = Key.required("file", PathShapes.FILE);
    private static final Key<Map<String, Object>> EXPECT = Key.withDefault(
            "expect",
            new MapOf<>("a table of keys and the values they have to have", Scalars.line("a key"), new PlainValue()),
            Map.of());

    static final Section<ConfigFile> SECTION = Section.of(
            "a table such as { file = \"…\", expect = { … } }",
            List.of(FILE, EXPECT),
            v -> new ConfigFile(v.get(FILE), v.get(EXPECT)));

    private ConfigFileSection() {}
}
