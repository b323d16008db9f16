package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Document;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Format;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Migrations;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code schema}: what the application's data looks like. */
final class SchemaSection {
    private static final Key<String> FILE = Key.optional("file", PathShapes.FILE);
    private static final Key<Format> FORMAT = Key.optional("format", Scalars.choice(Format.class));
    private static final Key<String> MIGRATIONS = Key.optional("migrations", PathShapes.FILE);
    private static final Key<Dialect> DIALECT = Key.optional("dialect", Scalars.choice(Dialect.class));
    static final Key<String> BACKUP = Key.withDefault("backup", Scalars.NAME_TEXT, "backup");
    static final Key<String> MIGRATE = Key.withDefault("migrate", Scalars.NAME_TEXT, "migrate");
    private static final Key<Duration> RETENTION = Key.optional("retention", Scalars.DURATION_TEXT);

    static final Section<DataSchema> SECTION = Section.of(
                    "a table such as { file = \"model.json\" } or { migrations = \"db/migrations\", dialect = \"mysql\" }",
                    List.of(FILE, FORMAT, MIGRATIONS, DIALECT, BACKUP, MIGRATE, RETENTION),
                    v -> new DataSchema(source(v), v.get(BACKUP), v.get(MIGRATE), v.find(RETENTION)))
            .with(new Alternatives(
                    Map.of(FILE.name(), Set.of(FORMAT.name()), MIGRATIONS.name(), Set.of(DIALECT.name()))))
            .with(SchemaSection::requireDialect);

    private SchemaSection() {}

    private static Source source(Values v) {
        return v.find(FILE)
                .<Source>map(file -> new Document(file, v.find(FORMAT)))
                .orElseGet(() -> new Migrations(v.get(MIGRATIONS), v.get(DIALECT)));
    }

    /** What is a comment to one database is a command to another: nobody guesses. */
    private static void requireDialect(Values values, Node.Table table, Findings findings) {
        if (values.written(MIGRATIONS).isPresent() && values.written(DIALECT).isEmpty()) {
            findings.missing(table.place(), DIALECT.name(), DIALECT.shape().expected());
        }
    }
}
