package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import java.util.Set;

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

    /**
     * {@return a problem when data would go and the task that copies it before is left out of this deployment}
     *
     * @param skipped names of the tasks that are left out
     * @param found what the checks found
     */
    public static List<Problem> ofSkipped(Configuration configuration, Set<String> skipped, List<Problem> found) {
        return configuration.checks().schema().stream()
                .map(DataSchema::backup)
                .filter(skipped::contains)
                .filter(backup ->
                        configuration.tasks().stream().anyMatch(t -> t.name().equals(backup)))
                .filter(backup -> found.stream().anyMatch(p -> p.id().equals(SchemaCheck.LOSS)))
                .map(backup -> Problem.error(
                        SchemaCheck.NO_BACKUP,
                        "Data would go, and the task " + backup
                                + ", which makes a copy of it before, is to be skipped.",
                        "Do not skip it."))
                .toList();
    }
}
