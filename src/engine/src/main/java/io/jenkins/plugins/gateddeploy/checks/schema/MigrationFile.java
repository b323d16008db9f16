package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the name of a file among migrations says about it.
 *
 * @param path below the release
 * @param kind what it is for
 */
record MigrationFile(String path, Kind kind) {
    /** Flyway: https://documentation.red-gate.com/fd/versioned-migrations-273973333.html and the pages beside it. */
    private static final Pattern FLYWAY = Pattern.compile("[VB][0-9][0-9._]*__.*\\.sql");

    private static final Pattern FLYWAY_UNDO = Pattern.compile("U[0-9][0-9._]*__.*\\.sql");
    private static final Pattern FLYWAY_REPEATABLE = Pattern.compile("R__.*\\.sql");

    private static final Set<String> SQL = Set.of("sql", "pgsql", "mysql", "ddl");

    /** What stands beside migrations and changes nothing: notes, lists of checksums, settings of tools. */
    private static final Set<String> NOTES =
            Set.of("md", "txt", "rst", "adoc", "toml", "json", "sum", "lock", "conf", "gitkeep", "gitignore", "keep");

    enum Kind {
        /** Applied once; its tool keeps a checksum and refuses when the file changes. */
        CHECKSUMMED,
        /** Applied once. */
        ONCE,
        /** Applied again whenever it changes. */
        REPEATABLE,
        /** Applied only to take another back. */
        DOWN,
        /** A program, or of a format that is not read. */
        UNREADABLE,
        /** No migration. */
        NOTE
    }

    static MigrationFile of(String path) {
        return new MigrationFile(path, kind(path.substring(path.lastIndexOf('/') + 1)));
    }

    private static Kind kind(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String extension = lower.substring(lower.lastIndexOf('.') + 1);
        if (!SQL.contains(extension)) {
            boolean note = NOTES.contains(extension) || !lower.contains(".") || lower.startsWith(".");
            return note ? Kind.NOTE : Kind.UNREADABLE;
        }
        if (lower.endsWith(".down." + extension) || lower.equals("down." + extension)) {
            return Kind.DOWN;
        }
        if (FLYWAY_UNDO.matcher(name).matches()) {
            return Kind.DOWN;
        }
        if (FLYWAY_REPEATABLE.matcher(name).matches()) {
            return Kind.REPEATABLE;
        }
        return FLYWAY.matcher(name).matches() ? Kind.CHECKSUMMED : Kind.ONCE;
    }

    /** {@return whether it is applied on the way forward} */
    boolean isApplied() {
        return kind != Kind.DOWN && kind != Kind.NOTE;
    }

    /** The order in which tools apply them: numbers in names count as numbers, repeatable ones come last. */
    static Comparator<MigrationFile> order() {
        return Comparator.comparing((MigrationFile f) -> f.kind == Kind.REPEATABLE)
                .thenComparing(f -> parts(f.path), MigrationFile::compare);
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int difference = comparePart(one.get(i), other.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int comparePart(String one, String other) {
        if (Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0))) {
            String a = one.replaceFirst("^0+(?=.)", "");
            String b = other.replaceFirst("^0+(?=.)", "");
            int byLength = Integer.compare(a.length(), b.length());
            return byLength != 0 ? byLength : a.compareTo(b);
        }
        return one.compareTo(other);
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || Character.isDigit(path.charAt(i)) != Character.isDigit(path.charAt(i - 1))) {
                parts.add(path.substring(from, i));
                from = i;
            }
        }
        return parts;
    }
}
