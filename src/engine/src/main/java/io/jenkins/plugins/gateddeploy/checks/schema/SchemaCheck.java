package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Current;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.DataLoss;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Safe;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Unsafe;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the data's schema with that of every version that is current: {@code schema.data-loss}, {@code
 * schema.unsafe}, and {@code schema.no-backup} where data would go and nothing makes a copy of it before.
 */
final class SchemaCheck implements Check {
    static final String LOSS = "schema.data-loss";
    static final String NO_BACKUP = "schema.no-backup";
    private static final String UNSAFE = "schema.unsafe";

    private final DataSchema schema;
    private final BackupTask backup;
    private final Files coming;
    private final Current current;
    private final List<SchemaFormat> formats;

    SchemaCheck(DataSchema schema, List<Task> tasks, Files coming, Current current, List<SchemaFormat> formats) {
        this.schema = schema;
        this.backup = BackupTask.of(schema, tasks);
        this.coming = coming;
        this.current = current;
        this.formats = List.copyOf(formats);
    }

    @Override
    public String about() {
        return "the data's schema, " + path();
    }

    /** Hundreds of migrations on a host that has other things to do. */
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        SchemaFormat format = format();
        List<Files> versions = current.versions();
        if (versions.isEmpty()) {
            format.read(schema.source(), coming);
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        Map<SchemaChange, Set<String>> changes = new LinkedHashMap<>();
        for (Files version : versions) {
            if (!isIn(version)) {
                problems.add(nothingToCompare(version));
                continue;
            }
            for (SchemaChange change : format.changes(schema.source(), version, coming)) {
                changes.computeIfAbsent(change, c -> new LinkedHashSet<>()).add(version.version());
            }
        }
        if (problems.size() == versions.size()) {
            format.read(schema.source(), coming);
        }
        changes.forEach((change, where) -> problem(change, String.join(" and ", where), problems));
        if (!backup.inTime() && problems.stream().anyMatch(p -> p.id().equals(LOSS))) {
            problems.add(
                    Problem.error(NO_BACKUP, "Data would go, and no task makes a copy of it before.", backup.advice()));
        }
        return List.copyOf(problems);
    }

    private SchemaFormat format() throws IOException, ProblemException {
        for (SchemaFormat format : formats) {
            if (format.reads(schema.source(), coming)) {
                return format;
            }
        }
        throw new ProblemException(List.of(Problem.error(
                "check.failed",
                "The data's schema " + path() + " of " + coming.version()
                        + " is missing, empty, or of no known format: expected JSON, a list of models or a JSON Schema.",
                "Commit it, or correct schema in deploy.toml.",
                new Location(path(), 0, 0))));
    }

    private String path() {
        return schema.source() instanceof DataSchema.Document document
                ? document.file()
                : ((DataSchema.Migrations) schema.source()).folder();
    }

    private boolean isIn(Files version) throws IOException {
        return version.paths().stream().anyMatch(p -> p.equals(path()) || p.startsWith(path() + "/"));
    }

    /** Nothing can be told, which people should know; it is no reason to stop the first deployment with a schema. */
    private Problem nothingToCompare(Files version) {
        return Problem.warning(
                UNSAFE,
                version.version() + ", which is current, has no " + path()
                        + ": what changes about the data cannot be told.",
                "Look at it by hand; the next deployment will be compared.");
    }

    private void problem(SchemaChange change, String version, List<Problem> problems) {
        if (change instanceof Safe) {
            return;
        }
        if (change instanceof DataLoss loss) {
            problems.add(Problem.error(
                    LOSS,
                    sentence(loss.what() + " " + loss.detail()) + " Compared with " + version + ", " + loss.data()
                            + " would go.",
                    loss.kind().mend() + (backup.inTime() ? " " + backup.advice() : ""),
                    loss.where()));
        } else if (change instanceof Unsafe unsafe) {
            problems.add(Problem.error(
                    UNSAFE,
                    sentence(unsafe.what() + " " + unsafe.detail()) + " Compared with " + version + ".",
                    unsafe.kind().mend(),
                    unsafe.where()));
        }
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
