package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.DataLoss;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Unsafe;
import io.jenkins.plugins.gateddeploy.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.statement.alter.AlterExpression;
import net.sf.jsqlparser.statement.alter.AlterExpression.ColumnDataType;
import net.sf.jsqlparser.statement.alter.AlterOperation;
import net.sf.jsqlparser.statement.create.table.Index;

/** What one action of an {@code ALTER TABLE} does to data that is there already. Used once. */
final class SqlAlterations {
    /** Types that fill themselves in. */
    private static final Set<String> SERIAL =
            Set.of("SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL2", "SERIAL4", "SERIAL8");

    private final String table;
    private final SqlStatement words;
    private final ParsedStatement.Action action;
    private final SqlTables tables;
    private final Location where;
    private final List<SchemaChange> changes = new ArrayList<>();

    SqlAlterations(String table, ParsedStatement.Action action, SqlTables tables, Location where) {
        this.table = table;
        this.words = action.statement();
        this.action = action;
        this.tables = tables;
        this.where = where;
    }

    List<SchemaChange> find() {
        if (action.parsed().isPresent() && read(action.parsed().get())) {
            return changes;
        }
        changes.clear();
        byWords();
        return changes;
    }

    /** {@return whether it was understood} */
    private boolean read(AlterExpression expression) {
        AlterOperation operation = expression.getOperation();
        return switch (operation) {
            case ADD -> add(expression);
            case DROP -> drop(expression);
            case MODIFY, CHANGE -> change(expression);
            case RENAME -> renameColumn(expression.getColumnOldName(), expression.getColumnName());
            case RENAME_TABLE -> renameTable(expression.getNewTableName());
            case DROP_PARTITION, TRUNCATE_PARTITION, DISCARD_PARTITION, DISCARD_TABLESPACE ->
                loss(
                        "partitions or the table's space",
                        "what is stored in partitions of " + Words.clip(table),
                        "are dropped or emptied");
            case DETACH_PARTITION, EXCHANGE_PARTITION ->
                unsafe(UnsafeKind.TYPE_CHANGED, "gives rows of a partition away");
            case DROP_PRIMARY_KEY,
                    DROP_UNIQUE,
                    DROP_FOREIGN_KEY,
                    RENAME_INDEX,
                    RENAME_KEY,
                    RENAME_CONSTRAINT,
                    ALGORITHM,
                    LOCK,
                    FORCE,
                    KEY_BLOCK_SIZE,
                    COMMENT,
                    COMMENT_WITH_EQUAL_SIGN,
                    COLLATE,
                    SET_TABLE_OPTION,
                    ENABLE_KEYS,
                    DISABLE_KEYS,
                    ENABLE_ROW_LEVEL_SECURITY,
                    DISABLE_ROW_LEVEL_SECURITY,
                    FORCE_ROW_LEVEL_SECURITY,
                    NO_FORCE_ROW_LEVEL_SECURITY,
                    ADD_PARTITION,
                    ATTACH_PARTITION,
                    COALESCE_PARTITION,
                    REORGANIZE_PARTITION,
                    ANALYZE_PARTITION,
                    CHECK_PARTITION,
                    OPTIMIZE_PARTITION,
                    REBUILD_PARTITION,
                    REPAIR_PARTITION,
                    REMOVE_PARTITIONING,
                    PARTITION_BY -> true;
            // What the parser takes for a column's type may be anything: ALTER, ENGINE, CONVERT and the rest go by
            // words.
            default -> false;
        };
    }

    private boolean add(AlterExpression expression) {
        if (expression.getIndex() != null) {
            return addIndex(expression.getIndex());
        }
        List<ColumnDataType> columns = expression.getColDataTypeList();
        if (columns == null || columns.stream().anyMatch(c -> c.getColDataType() == null)) {
            return false;
        }
        for (ColumnDataType column : columns) {
            addColumn(column);
        }
        return true;
    }

    private void addColumn(ColumnDataType column) {
        String name = SqlStatement.normal(column.getColumnName());
        String type = column.getColDataType().getDataType().toUpperCase(Locale.ROOT);
        String specs = column.getColumnSpecs() == null
                ? ""
                : " " + String.join(" ", column.getColumnSpecs()).toUpperCase(Locale.ROOT) + " ";
        boolean filled = SERIAL.contains(type)
                || specs.contains(" GENERATED ")
                || specs.contains(" AUTO_INCREMENT ")
                || specs.contains(" IDENTITY ")
                || (specs.contains(" DEFAULT ") && !specs.contains(" DEFAULT NULL "));
        boolean required = specs.contains(" NOT NULL ") || specs.contains(" PRIMARY KEY ");
        if (required && !filled && !tables.isNew(table)) {
            changes.add(new Unsafe(
                    UnsafeKind.REQUIRED_FIELD_ADDED,
                    column(name),
                    "is new and NOT NULL without a default, but rows that are there have no value for it",
                    where));
        }
        tables.addColumn(table, name, filled);
    }

    private boolean addIndex(Index index) {
        Index.Kind kind = index.getKind();
        boolean plain = kind == Index.Kind.INDEX || kind == Index.Kind.FULLTEXT || kind == Index.Kind.SPATIAL;
        if (plain || tables.isNew(table) || words.ends("NOT", "VALID")) {
            return true;
        }
        if (kind == null || kind == Index.Kind.OTHER || kind == Index.Kind.DEFAULT) {
            return false;
        }
        List<String> columns = index.getColumnsNames() == null ? List.of() : index.getColumnsNames();
        boolean empty = kind != Index.Kind.PRIMARY_KEY
                && !columns.isEmpty()
                && columns.stream()
                        .map(SqlStatement::normal)
                        .allMatch(c -> tables.isNew(table, c) && !tables.isFilled(table, c));
        return empty || constraint();
    }

    private boolean constraint() {
        return unsafe(UnsafeKind.CONSTRAINT_ADDED, "gets a constraint, which rows that are there may not fit");
    }

    private boolean drop(AlterExpression expression) {
        if (expression.getColumnName() == null) {
            return expression.getConstraintName() != null || expression.getIndex() != null;
        }
        String column = SqlStatement.normal(expression.getColumnName());
        if (!tables.isNew(table) && !tables.isNew(table, column)) {
            changes.add(new DataLoss(
                    LossKind.FIELD_DELETED,
                    column(column),
                    "what is stored in " + column(column),
                    "is deleted: a migration drops it",
                    where));
        }
        return true;
    }

    private boolean change(AlterExpression expression) {
        List<ColumnDataType> columns = expression.getColDataTypeList();
        if (columns == null || columns.isEmpty()) {
            return false;
        }
        String name = SqlStatement.normal(columns.get(0).getColumnName());
        if (expression.getColumnOldName() != null) {
            renameColumn(expression.getColumnOldName(), name);
        }
        if (!isWidened() && !tables.isNew(table) && !tables.isNew(table, name)) {
            changes.add(new Unsafe(UnsafeKind.TYPE_CHANGED, column(name), "is given a type anew", where));
        }
        return true;
    }

    private boolean renameColumn(String old, String name) {
        if (old == null || name == null) {
            return false;
        }
        String before = SqlStatement.normal(old);
        boolean same = before.equals(SqlStatement.normal(name));
        if (!same && !tables.isNew(table) && !tables.isNew(table, before)) {
            changes.add(new Unsafe(
                    UnsafeKind.RENAMED,
                    column(before),
                    "is renamed to " + Words.clip(SqlStatement.normal(name))
                            + ", but the release that runs until the switch uses the old name",
                    where));
        }
        return true;
    }

    private boolean renameTable(String name) {
        if (name == null) {
            return false;
        }
        String normal = SqlStatement.normal(name);
        if (tables.isNew(table)) {
            tables.rename(table, normal);
            return true;
        }
        return unsafe(
                UnsafeKind.RENAMED,
                "is renamed to " + Words.clip(normal)
                        + ", but the release that runs until the switch uses the old name");
    }

    private void byWords() {
        switch (SqlAlterWords.of(words)) {
            case HARMLESS -> {
                // Nothing that is stored changes.
            }
            case TYPE -> type();
            case REQUIRED -> required();
            case CONSTRAINT -> {
                if (!tables.isNew(table)) {
                    constraint();
                }
            }
            case MOVED -> unsafe(UnsafeKind.RENAMED, "moves to another schema");
            case LOSS -> {
                if (words.begins("ENGINE")) {
                    loss("rows", "all rows of " + Words.clip(table), "come to an engine that does not keep them");
                } else {
                    loss("partitions", "what is stored in partitions of " + Words.clip(table), "are dropped");
                }
            }
            case UNKNOWN ->
                changes.add(new Unsafe(
                        UnsafeKind.UNREADABLE,
                        "the change of table " + Words.clip(table) + " that begins with "
                                + Words.quote(words.beginning()),
                        "cannot be read",
                        where));
        }
    }

    private void type() {
        int at = words.skip(1, "COLUMN");
        String column = words.table(at);
        boolean widened = SqlColumns.definitionOf(words, at + 1)
                .filter(definition -> tables.types().isWidened(table, column, definition))
                .isPresent();
        if (!widened && !tables.isNew(table) && !tables.isNew(table, column)) {
            changes.add(new Unsafe(UnsafeKind.TYPE_CHANGED, column(column), "gets another type", where));
        }
    }

    /** MODIFY names the column once, CHANGE its old name and the new one. */
    private boolean isWidened() {
        int at = words.skip(words.skip(1, "COLUMN"), "IF", "EXISTS");
        int definition = at + (words.begins("CHANGE") ? 2 : 1);
        return definition < words.tokens().size()
                && tables.types()
                        .isWidened(
                                table,
                                SqlStatement.normal(words.word(at)),
                                words.tokens()
                                        .subList(definition, words.tokens().size()));
    }

    private void required() {
        String column = words.table(words.skip(1, "COLUMN"));
        if (!tables.isNew(table) && !tables.isFilled(table, column)) {
            changes.add(new Unsafe(
                    UnsafeKind.MADE_REQUIRED,
                    column(column),
                    "becomes NOT NULL, but some rows may have no value",
                    where));
        }
    }

    private boolean unsafe(UnsafeKind kind, String detail) {
        if (!tables.isNew(table)) {
            changes.add(new Unsafe(kind, "table " + Words.clip(table), detail, where));
        }
        return true;
    }

    private boolean loss(String what, String data, String detail) {
        if (!tables.isNew(table)) {
            changes.add(
                    new DataLoss(LossKind.ROWS_DELETED, what + " of table " + Words.clip(table), data, detail, where));
        }
        return true;
    }

    private String column(String name) {
        return "column " + Words.clip(table) + "." + Words.clip(name);
    }
}
