package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Document;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Migrations;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the check says about going from one version to another. */
final class Deployments {
    static final String MODEL = "model.json";
    static final String FOLDER = "db/migrations";

    private static final Task BACKUP = new Task(
            "backup",
            "dump",
            Task.Phase.PREPARE,
            false,
            Set.of(),
            Optional.empty(),
            false,
            false,
            Duration.ofMinutes(1));

    private Deployments() {}

    /** {@return the problems of a document that changes} */
    static List<Problem> ofDocument(String before, String coming) {
        return find(
                new Document(MODEL, Optional.empty()),
                InMemory.of("v1", Map.of(MODEL, before)),
                InMemory.of("v2", Map.of(MODEL, coming)));
    }

    /** {@return the problems of one pending migration} */
    static List<Problem> ofMigration(Dialect dialect, String pending) {
        return ofMigrations(dialect, Map.of("001_first.sql", "SELECT 1;"), Map.of("002_next.sql", pending));
    }

    /**
     * {@return the problems of pending migrations}
     *
     * @param applied by name, what is in both versions
     * @param pending by name, what is new
     */
    static List<Problem> ofMigrations(Dialect dialect, Map<String, String> applied, Map<String, String> pending) {
        Map<String, String> coming = new LinkedHashMap<>(applied);
        coming.putAll(pending);
        return find(
                new Migrations(FOLDER, dialect),
                InMemory.of("v1", inFolder(applied)),
                InMemory.of("v2", inFolder(coming)));
    }

    private static Map<String, String> inFolder(Map<String, String> files) {
        Map<String, String> paths = new LinkedHashMap<>();
        files.forEach((name, text) -> paths.put(FOLDER + "/" + name, text));
        return paths;
    }

    static List<Problem> find(DataSchema.Source source, Files before, Files coming) {
        return find(source, List.of(before), coming);
    }

    static List<Problem> find(DataSchema.Source source, List<Files> before, Files coming) {
        DataSchema schema = new DataSchema(source, "backup", "migrate", Optional.empty());
        try {
            return new SchemaCheck(schema, List.of(BACKUP), coming, () -> before, SchemaChecks.FORMATS).find();
        } catch (ProblemException e) {
            return e.problems();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
