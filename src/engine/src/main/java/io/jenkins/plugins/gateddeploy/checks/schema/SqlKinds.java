package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells by its first words what kind of statement one is. */
final class SqlKinds {
    /** Whatever follows, no stored data goes and no table changes its shape. */
    private static final Set<String> HARMLESS = Set.of(
            "SET",
            "RESET",
            "SHOW",
            "USE",
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "LOCK",
            "UNLOCK",
            "ANALYZE",
            "VACUUM",
            "REINDEX",
            "CLUSTER",
            "CHECKPOINT",
            "REFRESH",
            "OPTIMIZE",
            "REPAIR",
            "FLUSH",
            "COMMENT",
            "SECURITY",
            "GRANT",
            "REVOKE",
            "NOTIFY",
            "LISTEN",
            "UNLISTEN",
            "DISCARD",
            "DEALLOCATE",
            "PREPARE",
            "DELIMITER",
            "IMPORT");

    /** Statements that read, add or change rows. They may hold a DELETE in a WITH. */
    private static final Set<String> ROWS =
            Set.of("INSERT", "REPLACE", "UPDATE", "SELECT", "WITH", "VALUES", "MERGE", "COPY", "LOAD", "(", "TABLE");

    /** What can be altered without touching a table's data. */
    private static final Set<String> ALTERABLE = Set.of(
            "VIEW",
            "MATERIALIZED",
            "INDEX",
            "SEQUENCE",
            "FUNCTION",
            "PROCEDURE",
            "ROUTINE",
            "AGGREGATE",
            "ROLE",
            "USER",
            "GROUP",
            "DEFAULT",
            "EXTENSION",
            "POLICY",
            "PUBLICATION",
            "SUBSCRIPTION",
            "TRIGGER",
            "EVENT",
            "RULE",
            "SERVER",
            "STATISTICS",
            "SYSTEM",
            "OPERATOR",
            "LANGUAGE",
            "COLLATION",
            "CONVERSION",
            "LARGE",
            "TEXT",
            "TABLESPACE",
            "INSTANCE",
            "LOGFILE",
            "DEFINER",
            "ALGORITHM",
            "SQL");

    /** What can be dropped without the data of a table; with CASCADE, columns that need it go too. */
    private static final Set<String> NEEDED_BY_COLUMNS = Set.of("TYPE", "DOMAIN", "EXTENSION", "COLLATION");

    private static final Set<String> DROPPABLE = Set.of(
            "VIEW",
            "MATERIALIZED",
            "INDEX",
            "FUNCTION",
            "PROCEDURE",
            "ROUTINE",
            "AGGREGATE",
            "TRIGGER",
            "EVENT",
            "RULE",
            "POLICY",
            "SEQUENCE",
            "ROLE",
            "USER",
            "GROUP",
            "CAST",
            "OPERATOR",
            "CONVERSION",
            "LANGUAGE",
            "PUBLICATION",
            "SUBSCRIPTION",
            "STATISTICS",
            "TEXT",
            "TRANSFORM",
            "ACCESS",
            "SERVER",
            "FOREIGN",
            "TABLESPACE",
            "PREPARE",
            "LOGFILE",
            "TEMPORARY");

    /** Words by which a block of a program could touch data. */
    private static final List<String> TOUCHING =
            List.of("DROP", "TRUNCATE", "DELETE", "ALTER", "RENAME", "EXECUTE", "CALL", "PERFORM", "MERGE", "DBLINK");

    private SqlKinds() {}

    /** {@return whether the first words say that it is safe} */
    static boolean isHarmless(SqlStatement s) {
        String first = s.word(0);
        if (s.tokens().get(0).kind() == SqlToken.Kind.NAME) {
            return false;
        }
        if (ROWS.contains(first)) {
            return !deletes(s);
        }
        return switch (first) {
            case "CREATE" -> !deletes(s) && !s.contains("OR", "REPLACE", "TABLE");
            case "ALTER" -> ALTERABLE.contains(s.word(1));
            case "DROP" ->
                DROPPABLE.contains(s.word(1)) || (NEEDED_BY_COLUMNS.contains(s.word(1)) && !s.contains("CASCADE"));
            case "EXPLAIN" -> !s.contains("ANALYZE") && !s.contains("ANALYSE");
            case "DO" -> isHarmlessBlock(s);
            default -> HARMLESS.contains(first);
        };
    }

    /** {@return whether rows are deleted within a statement of another kind, or by a DELETE} */
    static boolean deletes(SqlStatement s) {
        if (isRoutine(s)) {
            return false;
        }
        for (int i = 0; i < s.tokens().size(); i++) {
            boolean named = s.at(i, "DELETE", "FROM") || (i == 0 && s.at(0, "DELETE"));
            if (named) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether it makes a function or the like, whose body is not run now} */
    static boolean isRoutine(SqlStatement s) {
        int most = Math.min(12, s.tokens().size());
        if (!s.begins("CREATE")) {
            return false;
        }
        for (int i = 1; i < most; i++) {
            if (s.at(i, "TABLE") || s.at(i, "VIEW")) {
                return false;
            }
            if (s.at(i, "FUNCTION")
                    || s.at(i, "PROCEDURE")
                    || s.at(i, "TRIGGER")
                    || s.at(i, "EVENT")
                    || s.at(i, "RULE")) {
                return true;
            }
        }
        return false;
    }

    /** The body of a DO stands in a string. */
    private static boolean isHarmlessBlock(SqlStatement s) {
        for (SqlToken token : s.tokens()) {
            if (token.kind() == SqlToken.Kind.LITERAL) {
                String body = token.text().toUpperCase(Locale.ROOT);
                if (TOUCHING.stream().anyMatch(body::contains)) {
                    return false;
                }
            }
        }
        return s.whole();
    }
}
