package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import java.util.List;

/** The checks of the data's schema. */
public final class SchemaChecks {
    /** The formats that are known, each asked in turn whether it reads what deploy.toml names. */
    static final List<SchemaFormat> FORMATS = List.of(new JsonModels(), new JsonSchemas(), new SqlMigrations());

    private SchemaChecks() {}

    /** {@return the checks that deploy.toml asks for: none without {@code schema}} */
    public static List<Check> of(Subject subject) {
        return subject.configuration().checks().schema().stream()
                .<Check>map(schema -> new SchemaCheck(
                        schema, subject.configuration().tasks(), subject.coming(), subject.current(), FORMATS))
                .toList();
    }
}
