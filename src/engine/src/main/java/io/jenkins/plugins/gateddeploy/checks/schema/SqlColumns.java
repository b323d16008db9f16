package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types of columns, as migrations declare them one after the other. What cannot be followed is forgotten: a type that
 * is known is the one that the column has.
 */
final class SqlColumns {
    private static final int MOST = 200_000;

    /** Beginnings of what a table has besides columns. */
    private static final Set<String> NO_COLUMN = Set.of(
            "CONSTRAINT",
            "PRIMARY",
            "UNIQUE",
            "FOREIGN",
            "CHECK",
            "EXCLUDE",
            "KEY",
            "INDEX",
            "LIKE",
            "FULLTEXT",
            "SPATIAL",
            "PERIOD",
            "PARTITION");

    /** Words behind a type that say nothing of which values fit. */
    private static final Set<String> HARMLESS =
            Set.of("NOT", "NULL", "DEFAULT", "AUTO_INCREMENT", "COMMENT", "AFTER", "FIRST");

    private final Dialect dialect;
    private final Map<String, Map<String, SqlType.Definition>> tables = new HashMap<>();
    private int count;

    SqlColumns(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Nothing is known any more: something was run that cannot be read. */
    void forget() {
        tables.clear();
    }

    /** Follows what a statement does. */
    void read(SqlStatement statement) {
        if (statement.tokens().isEmpty() && statement.broken().isEmpty()) {
            return;
        }
        boolean create = statement.begins("CREATE");
        if (!statement.broken().isEmpty() || (!statement.whole() && (create || statement.begins("ALTER")))) {
            forget();
        } else if (create) {
            create(statement);
        } else if (statement.begins("ALTER") && ParsedStatement.tableOf(statement) > 0) {
            alter(statement);
        } else if (statement.begins("DROP") || statement.begins("RENAME")) {
            // What is dropped or renamed is no longer known by that name.
            statement.tokens().stream()
                    .filter(SqlToken::isName)
                    .map(token -> SqlStatement.normal(token.text()))
                    .forEach(this::forget);
        } else if (!statement.begins("ALTER") && !SqlKinds.isHarmless(statement) && !isOfRows(statement)) {
            forget();
        }
    }

    /**
     * {@return whether every value of a column fits into what it is declared as anew}
     *
     * @param definition what stands behind its name
     */
    boolean isWidened(String table, String column, List<SqlToken> definition) {
        SqlType.Definition was = tables.getOrDefault(table, Map.of()).get(column);
        Optional<SqlType.Definition> is = SqlType.read(definition, dialect);
        if (was == null || is.isEmpty() || !was.type().fitsInto(is.get().type())) {
            return false;
        }
        return dialect == Dialect.MYSQL
                ? keeps(was.rest(), is.get().rest())
                : is.get().rest().isEmpty();
    }

    /** MySQL declares all of a column anew. */
    private static boolean keeps(List<SqlToken> was, List<SqlToken> is) {
        boolean known = true;
        for (int i = 0; i < is.size(); i++) {
            boolean name = i > 0 && is.get(i - 1).is("AFTER");
            boolean value =
                    i > 0 && (is.get(i - 1).is("DEFAULT") || is.get(i - 1).is("COMMENT"));
            known &= name || value || HARMLESS.contains(is.get(i).text());
        }
        boolean required = contains(is, "NOT") && !contains(was, "NOT");
        boolean unfilled = (contains(was, "DEFAULT") && !contains(is, "DEFAULT"))
                || (contains(was, "AUTO_INCREMENT") && !contains(is, "AUTO_INCREMENT"));
        return known && !required && !unfilled;
    }

    private static boolean contains(List<SqlToken> tokens, String word) {
        return tokens.stream().anyMatch(token -> token.is(word));
    }

    private static boolean isOfRows(SqlStatement statement) {
        return statement.begins("DELETE") || statement.begins("TRUNCATE") || statement.begins("WITH");
    }

    private void forget(String table) {
        tables.remove(table);
    }

    private void create(SqlStatement statement) {
        int at = 1;
        while (at < 5 && !statement.at(at, "TABLE")) {
            at++;
        }
        if (!statement.at(at, "TABLE") || SqlKinds.isRoutine(statement)) {
            return;
        }
        at++;
        boolean perhaps = statement.at(at, "IF", "NOT", "EXISTS");
        at = statement.skip(at, "IF", "NOT", "EXISTS");
        String table = statement.table(at);
        if (perhaps && tables.containsKey(table)) {
            return;
        }
        forget(table);
        at = behindName(statement, at);
        if (statement.at(at, "(")) {
            columns(table, statement.tokens().subList(at + 1, statement.tokens().size()));
        }
    }

    private static int behindName(SqlStatement statement, int at) {
        int end = at + 1;
        while (statement.at(end, ".")) {
            end += 2;
        }
        return end;
    }

    /** @param tokens from behind the opening parenthesis to the end of the statement */
    private void columns(String table, List<SqlToken> tokens) {
        List<SqlToken> piece = new ArrayList<>();
        int depth = 0;
        for (SqlToken token : tokens) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth < 0 || (depth == 0 && token.is(","))) {
                column(table, piece);
                piece = new ArrayList<>();
            } else {
                piece.add(token);
            }
            if (depth < 0) {
                return;
            }
        }
    }

    /** @param piece a column's name and what it is declared as */
    private void column(String table, List<SqlToken> piece) {
        if (piece.size() < 2
                || (piece.get(0).kind() == SqlToken.Kind.WORD
                        && NO_COLUMN.contains(piece.get(0).text()))) {
            return;
        }
        set(table, SqlStatement.normal(piece.get(0).text()), piece.subList(1, piece.size()));
    }

    private void set(String table, String column, List<SqlToken> definition) {
        Optional<SqlType.Definition> read = SqlType.read(definition, dialect);
        if (read.isPresent() && count < MOST) {
            count++;
            tables.computeIfAbsent(table, t -> new HashMap<>()).put(column, read.get());
        } else {
            forget(table, column);
        }
    }

    private void forget(String table, String column) {
        tables.getOrDefault(table, new HashMap<>()).remove(column);
    }

    private void alter(SqlStatement statement) {
        String table = statement.table(ParsedStatement.tableOf(statement));
        for (SqlStatement action : ParsedStatement.actionsOf(statement)) {
            alter(table, action);
        }
    }

    private void alter(String table, SqlStatement action) {
        int at = action.skip(action.skip(action.skip(1, "COLUMN"), "IF", "NOT", "EXISTS"), "IF", "EXISTS");
        boolean column = at < action.tokens().size()
                && action.tokens().get(at).isName()
                && !(action.tokens().get(at).kind() == SqlToken.Kind.WORD && NO_COLUMN.contains(action.word(at)));
        String name = column ? SqlStatement.normal(action.word(at)) : "";
        switch (action.word(0)) {
            case "ADD" -> {
                if (column) {
                    boolean there = tables.getOrDefault(table, Map.of()).containsKey(name);
                    if (!there || !action.contains("IF", "NOT", "EXISTS")) {
                        set(table, name, behind(action, at + 1));
                    }
                } else if (action.at(at, "(")) {
                    forget(table);
                }
            }
            case "DROP" -> forget(table, name);
            case "MODIFY" -> set(table, name, behind(action, at + 1));
            case "CHANGE" -> {
                forget(table, name);
                set(table, SqlStatement.normal(action.word(at + 1)), behind(action, at + 2));
            }
            case "ALTER" -> alterColumn(table, name, action, at + 1);
            case "RENAME" -> {
                if (action.at(at + 1, "TO") && column && !action.at(1, "TO")) {
                    rename(table, name, SqlStatement.normal(action.word(at + 2)));
                } else if (!action.at(1, "INDEX") && !action.at(1, "KEY") && !action.at(1, "CONSTRAINT")) {
                    forget(table);
                }
            }
            default -> {
                if (SqlAlterWords.of(action) != SqlAlterWords.HARMLESS || action.begins("CONVERT")) {
                    forget(table);
                }
            }
        }
    }

    private void alterColumn(String table, String column, SqlStatement action, int at) {
        Optional<List<SqlToken>> type = definitionOf(action, at);
        if (type.isPresent()) {
            set(table, column, type.get());
        } else if (dialect == Dialect.MYSQL) {
            forget(table, column);
        }
    }

    private void rename(String table, String column, String name) {
        Map<String, SqlType.Definition> columns = tables.getOrDefault(table, new HashMap<>());
        SqlType.Definition definition = columns.remove(column);
        if (definition != null) {
            columns.put(name, definition);
        } else {
            columns.remove(name);
        }
    }

    /** {@return what stands behind {@code TYPE} or {@code SET DATA TYPE} at a place; empty when neither does} */
    static Optional<List<SqlToken>> definitionOf(SqlStatement action, int at) {
        if (action.at(at, "TYPE")) {
            return Optional.of(behind(action, at + 1));
        }
        return action.at(at, "SET", "DATA", "TYPE") ? Optional.of(behind(action, at + 3)) : Optional.empty();
    }

    private static List<SqlToken> behind(SqlStatement action, int at) {
        return action.tokens()
                .subList(Math.min(at, action.tokens().size()), action.tokens().size());
    }
}
