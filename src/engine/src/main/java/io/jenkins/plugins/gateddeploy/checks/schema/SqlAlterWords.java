package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.List;

/** Tells by its words what an action of an {@code ALTER TABLE} does, where the parser does not know it. */
enum SqlAlterWords {
    HARMLESS,
    TYPE,
    REQUIRED,
    CONSTRAINT,
    MOVED,
    LOSS,
    UNKNOWN;

    /** Beginnings after which nothing that is stored changes. */
    private static final List<String[]> HARMLESS_BEGINNINGS = List.of(
            words("OWNER TO"),
            words("VALIDATE CONSTRAINT"),
            words("ENABLE"),
            words("DISABLE"),
            words("FORCE"),
            words("NO FORCE"),
            words("SET ("),
            words("RESET ("),
            words("SET LOGGED"),
            words("SET UNLOGGED"),
            words("SET TABLESPACE"),
            words("SET WITHOUT"),
            words("SET ACCESS METHOD"),
            words("REPLICA IDENTITY"),
            words("INHERIT"),
            words("NO INHERIT"),
            words("CLUSTER ON"),
            words("ATTACH PARTITION"),
            words("DROP CONSTRAINT"),
            words("DROP FOREIGN KEY"),
            words("DROP PRIMARY KEY"),
            words("DROP CHECK"),
            words("DROP INDEX"),
            words("DROP KEY"),
            words("RENAME INDEX"),
            words("RENAME KEY"),
            words("RENAME CONSTRAINT"),
            words("ADD INDEX"),
            words("ADD KEY"),
            words("ADD FULLTEXT"),
            words("ADD SPATIAL"),
            words("ADD PARTITION"),
            words("ALTER CONSTRAINT"),
            words("ALTER INDEX"),
            words("ALTER CHECK"),
            words("ALGORITHM"),
            words("LOCK"),
            words("COMMENT"),
            words("AUTO_INCREMENT"),
            words("ROW_FORMAT"),
            words("STATS_PERSISTENT"),
            words("ORDER BY"),
            words("WITH VALIDATION"),
            words("WITHOUT VALIDATION"),
            words("DEFAULT CHARACTER SET"),
            words("DEFAULT CHARSET"),
            words("CHARACTER SET"),
            words("CHARSET"),
            words("DEFAULT COLLATE"),
            words("COLLATE"));

    /** What may follow on ALTER and a column's name without changing what is stored. */
    private static final List<String[]> HARMLESS_OF_COLUMNS = List.of(
            words("SET DEFAULT"),
            words("DROP DEFAULT"),
            words("DROP NOT NULL"),
            words("SET STATISTICS"),
            words("SET STORAGE"),
            words("SET COMPRESSION"),
            words("SET ("),
            words("RESET ("),
            words("ADD GENERATED"),
            words("SET GENERATED"),
            words("SET VISIBLE"),
            words("SET INVISIBLE"),
            words("RESTART"),
            words("DROP IDENTITY"),
            words("DROP EXPRESSION"));

    static SqlAlterWords of(SqlStatement action) {
        if (!action.broken().isEmpty() || !action.whole()) {
            return UNKNOWN;
        }
        if (action.begins("ALTER")) {
            SqlAlterWords column = ofColumn(action, action.skip(1, "COLUMN") + 1);
            if (column != UNKNOWN) {
                return column;
            }
        }
        if (HARMLESS_BEGINNINGS.stream().anyMatch(action::begins)) {
            return HARMLESS;
        }
        if (action.begins("ADD")) {
            return added(action);
        }
        if (action.begins("SET", "SCHEMA")) {
            return MOVED;
        }
        if (action.begins("ENGINE")) {
            boolean forgetful = action.contains("BLACKHOLE") || action.contains("MEMORY") || action.contains("HEAP");
            return forgetful ? LOSS : HARMLESS;
        }
        if (action.begins("CONVERT", "TO")) {
            // Every character that MySQL knows fits into it.
            return action.contains("UTF8MB4") ? HARMLESS : TYPE;
        }
        boolean partitions = action.begins("DROP", "PARTITION")
                || action.begins("TRUNCATE", "PARTITION")
                || action.begins("DISCARD");
        return partitions ? LOSS : UNKNOWN;
    }

    private static SqlAlterWords ofColumn(SqlStatement action, int at) {
        if (action.at(at, "TYPE") || action.at(at, "SET", "DATA", "TYPE")) {
            return TYPE;
        }
        if (action.at(at, "SET", "NOT", "NULL")) {
            return REQUIRED;
        }
        return HARMLESS_OF_COLUMNS.stream().anyMatch(words -> action.at(at, words)) ? HARMLESS : UNKNOWN;
    }

    private static SqlAlterWords added(SqlStatement action) {
        if (action.ends("NOT", "VALID") || action.contains("USING", "INDEX")) {
            return HARMLESS;
        }
        boolean constraint = action.contains("CONSTRAINT")
                || action.contains("UNIQUE")
                || action.contains("CHECK")
                || action.contains("FOREIGN", "KEY")
                || action.contains("EXCLUDE");
        return constraint ? CONSTRAINT : UNKNOWN;
    }

    private static String[] words(String phrase) {
        return phrase.split(" ");
    }
}
