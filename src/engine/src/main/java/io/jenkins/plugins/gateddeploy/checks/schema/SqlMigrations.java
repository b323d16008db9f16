package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.schema.MigrationFile.Kind;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Unsafe;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Migrations;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder of SQL migrations, each applied once: those that the current version does not have are pending, and what they
 * do to tables that are there already is what changes.
 */
final class SqlMigrations implements SchemaFormat {

    @Override
    public boolean reads(DataSchema.Source source, Files files) {
        return source instanceof Migrations;
    }

    @Override
    public void read(DataSchema.Source source, Files files) throws IOException, ProblemException {
        Migrations migrations = (Migrations) source;
        if (list(migrations, files).isEmpty()) {
            throw new ProblemException(List.of(Problem.error(
                    "check.failed",
                    "deploy.toml says that migrations are in " + migrations.folder() + ", but " + files.version()
                            + " has no files there.",
                    "Commit them, or correct schema.migrations.",
                    new Location(migrations.folder(), 0, 0))));
        }
    }

    @Override
    public List<SchemaChange> changes(DataSchema.Source source, Files before, Files coming)
            throws IOException, ProblemException, InterruptedException {
        read(source, coming);
        return new Reading((Migrations) source, before, coming).changes();
    }

    private static SortedMap<String, MigrationFile> list(Migrations migrations, Files files) throws IOException {
        SortedMap<String, MigrationFile> found = new TreeMap<>();
        files.paths().stream()
                .filter(path -> path.startsWith(migrations.folder() + "/"))
                .map(MigrationFile::of)
                .filter(MigrationFile::isApplied)
                .forEach(file -> found.put(file.path(), file));
        return found;
    }

    /** Two versions of the folder. */
    private static final class Reading {
        private final Migrations migrations;
        private final Files before;
        private final Files coming;
        private final SortedMap<String, MigrationFile> applied;
        private final SortedMap<String, MigrationFile> all;
        private final List<SchemaChange> changes = new ArrayList<>();
        private final List<MigrationFile> pending = new ArrayList<>();

        Reading(Migrations migrations, Files before, Files coming) throws IOException {
            this.migrations = migrations;
            this.before = before;
            this.coming = coming;
            this.applied = list(migrations, before);
            this.all = list(migrations, coming);
        }

        List<SchemaChange> changes() throws IOException, ProblemException, InterruptedException {
            for (MigrationFile file : all.values()) {
                if (applied.containsKey(file.path())) {
                    compare(file);
                } else {
                    pending.add(file);
                }
            }
            applied.values().stream()
                    .filter(file -> !all.containsKey(file.path()))
                    .forEach(this::missing);
            pending.sort(MigrationFile.order());
            List<MigrationScript> scripts = MigrationScript.readAll(pending, coming, migrations.dialect());
            SqlTables tables = new SqlTables(appliedNames(scripts), appliedTypes(scripts));
            scripts.forEach(script -> changes.addAll(script.changes(tables)));
            return List.copyOf(changes);
        }

        private void compare(MigrationFile file) throws IOException, ProblemException {
            byte[] was = content(file, before);
            byte[] is = content(file, coming);
            if (Arrays.equals(was, is)) {
                return;
            }
            if (file.kind() == Kind.REPEATABLE) {
                pending.add(file);
            } else if (file.kind() == Kind.CHECKSUMMED) {
                if (!lines(was).equals(lines(is))) {
                    edited(file, "was changed after it had been applied: its tool will refuse it");
                }
            } else if (file.kind() == Kind.UNREADABLE || differ(file, was, is)) {
                edited(file, "was changed after it had been applied: what changed in it will not be run");
            }
        }

        private boolean differ(MigrationFile file, byte[] was, byte[] is) {
            return !MigrationScript.digest(file, was, migrations.dialect())
                    .equals(MigrationScript.digest(file, is, migrations.dialect()));
        }

        /** Flyway's checksum is over lines, whatever ends them. */
        private static List<String> lines(byte[] bytes) {
            return MigrationScript.text(bytes).lines().toList();
        }

        private void edited(MigrationFile file, String detail) {
            changes.add(new Unsafe(
                    UnsafeKind.APPLIED_MIGRATION_CHANGED,
                    "migration " + Words.clip(file.path()),
                    detail,
                    new Location(file.path(), 0, 0)));
        }

        private void missing(MigrationFile file) {
            changes.add(new Unsafe(
                    UnsafeKind.APPLIED_MIGRATION_MISSING,
                    "migration " + Words.clip(file.path()),
                    "has been applied, but is no longer there: the database stays as it left it",
                    new Location(migrations.folder(), 0, 0)));
        }

        private static byte[] content(MigrationFile file, Files files) throws IOException, ProblemException {
            Optional<byte[]> content = files.read(file.path());
            return content.orElseThrow(() -> new ProblemException(
                    "check.failed",
                    file.path() + " of " + files.version() + " is listed but cannot be read.",
                    "Verify again; if it stays so, look at the repository."));
        }

        /** {@return the types of columns as what is applied left them; read only when it makes a difference} */
        private SqlColumns appliedTypes(List<MigrationScript> scripts) throws IOException, ProblemException {
            SqlColumns types = new SqlColumns(migrations.dialect());
            if (scripts.stream().anyMatch(MigrationScript::changesTypes)) {
                List<MigrationFile> ordered = new ArrayList<>(applied.values());
                ordered.sort(MigrationFile.order());
                for (MigrationFile file : ordered) {
                    MigrationScript.followTypes(file, content(file, before), migrations.dialect(), types);
                }
            }
            return types;
        }

        /** {@return every name in what is applied; read only when it makes a difference} */
        private Set<String> appliedNames(List<MigrationScript> scripts) throws IOException, ProblemException {
            Set<String> names = new TreeSet<>();
            if (scripts.stream().anyMatch(MigrationScript::createsIfMissing)) {
                for (MigrationFile file : applied.values()) {
                    names.addAll(MigrationScript.names(file, content(file, before), migrations.dialect()));
                }
            }
            return names;
        }
    }
}
