package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.alter.AlterExpression;

/**
 * A statement with what the parser made of it.
 *
 * @param parsed the whole of it; empty for kinds that never touch data, and when the parser cannot read it
 * @param actions of an {@code ALTER TABLE}, each parsed by itself, so that one beyond the parser leaves the others
 */
record ParsedStatement(SqlStatement statement, Optional<Statement> parsed, List<Action> actions) {

    /**
     * One change to a table.
     *
     * @param statement its words alone
     * @param parsed empty when the parser cannot read it
     */
    record Action(SqlStatement statement, Optional<AlterExpression> parsed) {}

    static ParsedStatement of(SqlStatement statement, SqlParsing parsing) {
        if (statement.begins("ALTER") && tableOf(statement) > 0) {
            return new ParsedStatement(statement, Optional.empty(), actions(statement, parsing));
        }
        boolean worth = statement.broken().isEmpty()
                && statement.whole()
                && (statement.begins("DROP")
                        || statement.begins("RENAME")
                        || statement.begins("TRUNCATE")
                        || SqlKinds.deletes(statement));
        return new ParsedStatement(statement, worth ? parsing.parse(statement.text()) : Optional.empty(), List.of());
    }

    /** {@return where the name of the table stands in an {@code ALTER TABLE}; 0 when it is none} */
    static int tableOf(SqlStatement statement) {
        int at = statement.skip(1, "IGNORE");
        at = statement.skip(at, "FOREIGN");
        if (!statement.at(at, "TABLE")) {
            return 0;
        }
        at = statement.skip(at + 1, "IF", "EXISTS");
        return statement.skip(at, "ONLY");
    }

    private static List<Action> actions(SqlStatement statement, SqlParsing parsing) {
        return actionsOf(statement).stream()
                .map(alone -> new Action(alone, expression(alone, parsing)))
                .toList();
    }

    /** {@return the changes that an {@code ALTER TABLE} makes, each by itself} */
    static List<SqlStatement> actionsOf(SqlStatement statement) {
        int name = tableOf(statement);
        int from = name + 1;
        while (statement.at(from, ".")) {
            from += 2;
        }
        from = statement.skip(from, "*");
        return pieces(statement.tokens(), from).stream()
                .map(piece -> new SqlStatement(piece, statement.line(), statement.whole(), statement.broken()))
                .toList();
    }

    private static Optional<AlterExpression> expression(SqlStatement action, SqlParsing parsing) {
        if (!action.whole() || !action.broken().isEmpty()) {
            return Optional.empty();
        }
        return parsing.parse("ALTER TABLE t " + action.text())
                .filter(Alter.class::isInstance)
                .map(alter -> ((Alter) alter).getAlterExpressions())
                .filter(all -> all != null && all.size() == 1)
                .map(all -> all.get(0));
    }

    /** Cuts at commas that are not within parentheses. */
    private static List<List<SqlToken>> pieces(List<SqlToken> tokens, int from) {
        List<List<SqlToken>> pieces = new ArrayList<>();
        List<SqlToken> piece = new ArrayList<>();
        int depth = 0;
        for (SqlToken token : tokens.subList(Math.min(from, tokens.size()), tokens.size())) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                pieces.add(List.copyOf(piece));
                piece.clear();
            } else {
                piece.add(token);
            }
        }
        pieces.add(List.copyOf(piece));
        return pieces;
    }
}
