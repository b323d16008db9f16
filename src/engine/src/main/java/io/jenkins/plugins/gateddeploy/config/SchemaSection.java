package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code schema}: what the application's data looks like. */
final class SchemaSection {
    private static final Key<String> FILE = Key.required("file", PathShapes.FILE);

    static final Section<DataSchema> SECTION =
            Section.of("a table such as { file = \"model.json\" }", List.of(FILE), v -> new DataSchema(v.get(FILE)));

    private SchemaSection() {}
}
