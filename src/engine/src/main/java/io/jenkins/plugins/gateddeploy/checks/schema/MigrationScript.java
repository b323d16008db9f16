package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.schema.MigrationFile.Kind;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Unsafe;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A pending migration, cut into statements and parsed.
 *
 * @param trouble why it cannot be read as a whole; empty when it can
 */
record MigrationScript(MigrationFile file, List<ParsedStatement> statements, String trouble) {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    /**
     * Reads files, several at once.
     *
     * @return in the order of the files
     */
    static List<MigrationScript> readAll(List<MigrationFile> files, Files version, Dialect dialect)
            throws IOException, ProblemException, InterruptedException {
        int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), files.size() / 8));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "schema check: migrations");
            thread.setDaemon(true);
            return thread;
        });
        try (SqlParsing parsing = new SqlParsing()) {
            List<Future<MigrationScript>> futures = new ArrayList<>();
            for (MigrationFile file : files) {
                futures.add(pool.submit(() -> read(file, version.read(file.path()), dialect, parsing)));
            }
            List<MigrationScript> scripts = new ArrayList<>();
            for (Future<MigrationScript> future : futures) {
                scripts.add(get(future));
            }
            return scripts;
        } finally {
            pool.shutdownNow();
        }
    }

    private static MigrationScript get(Future<MigrationScript> future)
            throws IOException, ProblemException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof ProblemException cause) {
                throw cause;
            }
            throw new IllegalStateException("A migration could not be read", e.getCause());
        }
    }

    private static MigrationScript read(
            MigrationFile file, Optional<byte[]> content, Dialect dialect, SqlParsing parsing) {
        if (file.kind() == Kind.UNREADABLE) {
            return new MigrationScript(file, List.of(), "is no SQL: what it does cannot be told");
        }
        if (content.isEmpty()) {
            return new MigrationScript(file, List.of(), "is listed but cannot be read");
        }
        if (content.get().length > MOST_BYTES) {
            return new MigrationScript(
                    file,
                    List.of(),
                    "has " + content.get().length / (1024 * 1024) + " MB, of which at most "
                            + MOST_BYTES / (1024 * 1024) + " are read");
        }
        List<ParsedStatement> statements = script(file, content.get(), dialect).statements().stream()
                .map(statement -> ParsedStatement.of(statement, parsing))
                .toList();
        return new MigrationScript(file, statements, "");
    }

    /** {@return what is the same for files that differ in comments and white space only} */
    static String digest(MigrationFile file, byte[] content, Dialect dialect) {
        return script(file, content, dialect).digest();
    }

    /** Follows the types of columns through a file. */
    static void followTypes(MigrationFile file, byte[] content, Dialect dialect, SqlColumns types) {
        if (file.kind() == Kind.UNREADABLE || content.length > MOST_BYTES) {
            types.forget();
        } else {
            script(file, content, dialect).statements().forEach(types::read);
        }
    }

    /** {@return whether a column may get another type} */
    boolean changesTypes() {
        return statements.stream()
                .map(ParsedStatement::statement)
                .anyMatch(
                        s -> s.begins("ALTER") && (s.contains("TYPE") || s.contains("MODIFY") || s.contains("CHANGE")));
    }

    /** {@return every word and name in a file} */
    static Set<String> names(MigrationFile file, byte[] content, Dialect dialect) {
        return file.kind() == Kind.UNREADABLE || content.length > MOST_BYTES
                ? Set.of()
                : script(file, content, dialect).names();
    }

    private static SqlScript script(MigrationFile file, byte[] content, Dialect dialect) {
        return SqlScript.of(UpPart.of(file, text(content)), dialect);
    }

    /** {@return the text; bytes that are no UTF-8 stand for characters that no keyword has} */
    static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** {@return whether it makes a table unless that is there already} */
    boolean createsIfMissing() {
        return statements.stream().anyMatch(s -> s.statement().contains("TABLE", "IF", "NOT", "EXISTS"));
    }

    /** {@return what it does to tables that are there already, which it remembers those it makes in} */
    List<SchemaChange> changes(SqlTables tables) {
        if (!trouble.isEmpty()) {
            tables.types().forget();
            return List.of(new Unsafe(
                    UnsafeKind.UNREADABLE,
                    "migration " + Words.clip(file.path()),
                    trouble,
                    new Location(file.path(), 0, 0)));
        }
        List<SchemaChange> changes = new ArrayList<>();
        for (ParsedStatement statement : statements) {
            Location where = new Location(file.path(), statement.statement().line(), 0);
            changes.addAll(new SqlEffects(statement, tables, where).find());
            tables.types().read(statement.statement());
        }
        return changes;
    }
}
