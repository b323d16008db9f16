package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.DataLoss;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Unsafe;
import io.jenkins.plugins.gateddeploy.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.RenameTableStatement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;

/** What one statement does to data that is there already. Used once. */
final class SqlEffects {
    /** Conditions that hold for every row. */
    private static final Set<String> ALWAYS = Set.of("TRUE", "1 = 1", "1", "'s' = 's'", "NOT FALSE");

    private static final int MOST_OF_ALWAYS = 100;

    private final ParsedStatement parsed;
    private final SqlStatement statement;
    private final SqlTables tables;
    private final Location where;
    private final List<SchemaChange> changes = new ArrayList<>();

    SqlEffects(ParsedStatement parsed, SqlTables tables, Location where) {
        this.parsed = parsed;
        this.statement = parsed.statement();
        this.tables = tables;
        this.where = where;
    }

    List<SchemaChange> find() {
        if (!statement.broken().isEmpty()) {
            unreadable("holds " + statement.broken());
        } else if (statement.contains(";") && !SqlKinds.isRoutine(statement)) {
            unreadable("holds several");
        } else if (!statement.tokens().isEmpty()) {
            read();
        }
        return changes;
    }

    private void read() {
        switch (statement.word(0)) {
            case "CREATE" -> create();
            case "DROP" -> drop();
            case "TRUNCATE" -> truncate();
            case "RENAME" -> rename();
            case "ALTER" -> alter();
            default -> other();
        }
    }

    private void other() {
        if (SqlKinds.isHarmless(statement)) {
            return;
        }
        if (SqlKinds.deletes(statement) && statement.whole() && parsed.parsed().isPresent()) {
            deletes(parsed.parsed().get());
        } else if (statement.begins("DELETE") && !statement.contains("WHERE")) {
            rows("all rows of " + statement.table(statement.skip(1, "FROM")), "a DELETE has no WHERE");
        } else {
            unreadable("cannot be read");
        }
    }

    private void create() {
        int at = 1;
        while (statement.at(at, "GLOBAL")
                || statement.at(at, "LOCAL")
                || statement.at(at, "TEMP")
                || statement.at(at, "TEMPORARY")
                || statement.at(at, "UNLOGGED")
                || statement.at(at, "FOREIGN")) {
            at++;
        }
        if (statement.at(at, "TABLE", "IF", "NOT", "EXISTS")) {
            tables.makeIfMissing(statement.table(at + 4));
        } else if (statement.at(at, "TABLE")) {
            tables.make(statement.table(at + 1));
        } else if (statement.at(1, "OR", "REPLACE", "TABLE")) {
            String table = statement.table(4);
            if (!tables.isNew(table)) {
                table(table, "replaces it");
            }
            tables.make(table);
            return;
        } else if (statement.at(1, "UNIQUE")) {
            uniqueIndex();
        }
        if (!SqlKinds.isHarmless(statement)) {
            other();
        }
    }

    private void uniqueIndex() {
        for (int i = 0; i < statement.tokens().size(); i++) {
            if (statement.at(i, "ON")) {
                String table = statement.table(statement.skip(i + 1, "ONLY"));
                if (!tables.isNew(table)) {
                    changes.add(new Unsafe(
                            UnsafeKind.CONSTRAINT_ADDED,
                            "table " + Words.clip(table),
                            "gets a unique index, which rows that are there may not fit",
                            where));
                }
                return;
            }
        }
        unreadable("cannot be read");
    }

    private void drop() {
        if (SqlKinds.isHarmless(statement)) {
            return;
        }
        if (parsed.parsed().orElse(null) instanceof Drop drop && drop.getType().equalsIgnoreCase("TABLE")) {
            dropTables(drop);
        } else if (statement.at(1, "TABLE")) {
            table(statement.table(statement.skip(2, "IF", "EXISTS")), "drops it");
        } else if (statement.at(1, "SCHEMA") || statement.at(1, "DATABASE") || statement.at(1, "OWNED")) {
            String name = statement.table(statement.skip(statement.skip(2, "IF", "EXISTS"), "BY"));
            String kind = statement.at(1, "OWNED")
                    ? "what belongs to "
                    : statement.word(1).toLowerCase(Locale.ROOT) + " ";
            changes.add(new DataLoss(
                    LossKind.MODEL_DELETED,
                    kind + Words.clip(name),
                    "all data in " + kind + Words.clip(name),
                    "is dropped",
                    where));
        } else if (statement.contains("CASCADE")) {
            changes.add(new DataLoss(
                    LossKind.FIELD_DELETED,
                    statement.beginning(),
                    "every column that needs it",
                    "says CASCADE",
                    where));
        } else {
            unreadable("cannot be read");
        }
    }

    private void dropTables(Drop drop) {
        List<Table> names =
                drop.getNames() == null || drop.getNames().isEmpty() ? List.of(drop.getName()) : drop.getNames();
        for (Table name : names) {
            String table = SqlStatement.normal(name.getFullyQualifiedName());
            if (!tables.isNew(table) && !drop.isUsingTemporary()) {
                table(table, "drops it");
            }
            tables.drop(table);
        }
    }

    private void truncate() {
        int at = statement.skip(statement.skip(1, "TABLE"), "ONLY");
        while (at < statement.tokens().size() && statement.tokens().get(at).isName()) {
            String table = statement.table(at);
            if (!tables.isNew(table)) {
                rows("all rows of " + Words.clip(table), "TRUNCATE empties the table");
            }
            while (at < statement.tokens().size() && !statement.at(at, ",")) {
                at++;
            }
            at++;
        }
    }

    private void rename() {
        if (!(parsed.parsed().orElse(null) instanceof RenameTableStatement rename)) {
            if (!statement.at(1, "USER")) {
                unreadable("cannot be read");
            }
            return;
        }
        for (Map.Entry<Table, Table> entry : rename.getTableNames()) {
            renamed(
                    SqlStatement.normal(entry.getKey().getFullyQualifiedName()),
                    SqlStatement.normal(entry.getValue().getFullyQualifiedName()));
        }
    }

    private void renamed(String table, String name) {
        if (tables.isNew(table)) {
            tables.rename(table, name);
        } else {
            changes.add(new Unsafe(
                    UnsafeKind.RENAMED,
                    "table " + Words.clip(table),
                    "is renamed to " + Words.clip(name)
                            + ", but the release that runs until the switch uses the old name",
                    where));
        }
    }

    private void alter() {
        if (!parsed.actions().isEmpty()) {
            String table = statement.table(ParsedStatement.tableOf(statement));
            for (ParsedStatement.Action action : parsed.actions()) {
                changes.addAll(new SqlAlterations(table, action, tables, where).find());
            }
        } else if (statement.at(1, "TYPE")) {
            alterType();
        } else if (statement.at(1, "DOMAIN")) {
            alterDomain();
        } else if (statement.at(1, "SCHEMA") || statement.at(1, "DATABASE")) {
            if (statement.contains("RENAME") || statement.contains("UPGRADE")) {
                changes.add(new Unsafe(UnsafeKind.RENAMED, statement.beginning(), "is renamed", where));
            }
        } else if (!SqlKinds.isHarmless(statement)) {
            unreadable("cannot be read");
        }
    }

    private void alterType() {
        String type = "type " + Words.clip(statement.table(2));
        if (statement.contains("DROP", "ATTRIBUTE")) {
            changes.add(new DataLoss(
                    LossKind.FIELD_DELETED, type, "what is stored in the attribute", "loses an attribute", where));
        } else if (statement.contains("ALTER", "ATTRIBUTE")) {
            changes.add(new Unsafe(UnsafeKind.TYPE_CHANGED, type, "changes an attribute's type", where));
        } else if (statement.contains("RENAME") || statement.contains("SET", "SCHEMA")) {
            changes.add(new Unsafe(UnsafeKind.RENAMED, type, "is renamed, or one of its values is", where));
        } else if (!statement.contains("ADD") && !statement.contains("OWNER", "TO") && !statement.contains("SET")) {
            unreadable("cannot be read");
        }
    }

    private void alterDomain() {
        String domain = "domain " + Words.clip(statement.table(2));
        if (statement.contains("ADD") && !statement.ends("NOT", "VALID")) {
            changes.add(new Unsafe(UnsafeKind.CONSTRAINT_ADDED, domain, "gets a constraint", where));
        } else if (statement.contains("SET", "NOT", "NULL")) {
            changes.add(new Unsafe(UnsafeKind.MADE_REQUIRED, domain, "no longer allows NULL", where));
        } else if (statement.contains("RENAME") || statement.contains("SET", "SCHEMA")) {
            changes.add(new Unsafe(UnsafeKind.RENAMED, domain, "is renamed", where));
        }
    }

    /** A DELETE, also one in a WITH. */
    private void deletes(Statement whole) {
        if (whole instanceof Delete delete) {
            delete(delete);
            with(delete.getWithItemsList());
        } else if (whole instanceof Select select) {
            with(select.getWithItemsList());
        } else if (whole instanceof Insert insert) {
            with(insert.getWithItemsList());
            if (insert.getSelect() != null) {
                with(insert.getSelect().getWithItemsList());
            }
        } else if (whole instanceof Update update) {
            with(update.getWithItemsList());
        } else {
            unreadable("deletes rows in a way that cannot be read");
        }
    }

    private void with(List<WithItem<?>> items) {
        if (items == null) {
            return;
        }
        for (WithItem<?> item : items) {
            if (item.getParenthesedStatement() instanceof ParenthesedDelete inner) {
                delete(inner.getDelete());
            }
        }
    }

    private void delete(Delete delete) {
        String table = delete.getTable() == null
                ? statement.table(1)
                : SqlStatement.normal(delete.getTable().getFullyQualifiedName());
        Expression condition = delete.getWhere();
        // The text of a condition is made by recursion; those that always hold are short.
        boolean small = statement.tokens().size() < MOST_OF_ALWAYS;
        boolean all = condition == null
                || (small && ALWAYS.contains(condition.toString().toUpperCase(Locale.ROOT)));
        if (all && !tables.isNew(table)) {
            String loss = delete.getLimit() == null ? "all rows of " : "rows of ";
            rows(loss + Words.clip(table), "a DELETE has no WHERE, or one that holds for every row");
        }
    }

    private void table(String table, String does) {
        changes.add(new DataLoss(
                LossKind.MODEL_DELETED,
                "table " + Words.clip(table),
                "all rows of " + Words.clip(table),
                "is deleted: a migration " + does,
                where));
    }

    private void rows(String rows, String why) {
        changes.add(new DataLoss(LossKind.ROWS_DELETED, rows, rows, "are deleted: " + why, where));
    }

    private void unreadable(String what) {
        changes.add(new Unsafe(
                UnsafeKind.UNREADABLE,
                "the statement that begins with " + Words.quote(statement.beginning()),
                what,
                where));
    }
}
