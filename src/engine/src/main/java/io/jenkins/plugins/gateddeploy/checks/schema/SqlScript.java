package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A script, cut into statements.
 *
 * @param statements in order
 * @param digest equal for scripts that differ in comments and white space only
 * @param names every word and name in it, in lower case
 */
record SqlScript(List<SqlStatement> statements, String digest, Set<String> names) {
    SqlScript {
        statements = List.copyOf(statements);
    }

    static SqlScript of(String text, Dialect dialect) {
        return new Cutting(text, dialect).cut();
    }

    /** Puts tokens together to statements. */
    private static final class Cutting {
        private static final int MOST_TOKENS = 10_000;
        private static final int MOST_STATEMENTS = 50_000;
        private static final int MOST_NAMES = 100_000;
        /** Of all statements together; a token takes some 80 bytes. */
        private static final int MOST_KEPT = 1_000_000;

        /** Enough to tell what is done with rows that stay. */
        private static final int BEGINNING = 12;

        /** Statements with a body in which semicolons do not end them. */
        private static final Set<String> ROUTINES = Set.of("TRIGGER", "PROCEDURE", "FUNCTION", "EVENT");

        /** What an END may belong to that did not add to the depth. */
        private static final Set<String> LOOPS = Set.of("IF", "LOOP", "WHILE", "REPEAT");

        private final SqlLexer lexer;
        private final MessageDigest digest = sha256();
        private final Set<String> names = new TreeSet<>();
        private final List<SqlStatement> statements = new ArrayList<>();

        private final List<SqlToken> tokens = new ArrayList<>();
        private SqlToken last = new SqlToken(SqlToken.Kind.SYMBOL, "", false);
        private boolean whole = true;
        private boolean routine;
        private int body;
        private int line;
        private int kept;

        Cutting(String text, Dialect dialect) {
            this.lexer = new SqlLexer(text, dialect);
        }

        SqlScript cut() {
            SqlToken token = lexer.next(true);
            while (token != null && statements.size() < MOST_STATEMENTS && kept < MOST_KEPT) {
                if (lexer.isDelimiter(token) && (body == 0 || lexer.hasOwnDelimiter())) {
                    finish("");
                } else {
                    add(token);
                }
                token = lexer.next(tokens.isEmpty());
            }
            boolean more = token != null;
            finish(lexer.broken().isEmpty() && body > 0 ? "a BEGIN without an END" : lexer.broken());
            if (more) {
                statements.add(new SqlStatement(List.of(), lexer.line(), false, "too many statements"));
            }
            return new SqlScript(statements, HexFormat.of().formatHex(digest.digest()), names);
        }

        private void add(SqlToken token) {
            if (tokens.isEmpty()) {
                line = lexer.line();
            }
            digest.update((token.kind() + " " + token.text() + "\n").getBytes(StandardCharsets.UTF_8));
            if (token.isName() && names.size() < MOST_NAMES) {
                names.add(token.text().toLowerCase(Locale.ROOT));
            }
            if (tokens.size() < MOST_TOKENS) {
                tokens.add(token);
            } else {
                whole = false;
            }
            nest(token);
            last = token;
        }

        private void nest(SqlToken token) {
            if (token.kind() != SqlToken.Kind.WORD) {
                return;
            }
            if (tokens.size() < 12
                    && ROUTINES.contains(token.text())
                    && tokens.get(0).is("CREATE")
                    && tokens.stream().noneMatch(t -> t.is("TABLE") || t.is("VIEW"))) {
                routine = true;
            }
            if (!routine) {
                return;
            }
            if (token.is("BEGIN") || (token.is("CASE") && !last.is("END"))) {
                body++;
            } else if (token.is("END") && body > 0) {
                body--;
            } else if (last.is("END") && LOOPS.contains(token.text())) {
                body++;
            }
        }

        private void finish(String broken) {
            digest.update(";\n".getBytes(StandardCharsets.UTF_8));
            if (!tokens.isEmpty() || !broken.isEmpty()) {
                SqlStatement all = new SqlStatement(tokens, tokens.isEmpty() ? lexer.line() : line, whole, broken);
                SqlStatement statement = shortened(all);
                statements.add(statement);
                kept += statement.tokens().size();
                if (statement.begins("COPY") && statement.contains("FROM", "STDIN")) {
                    lexer.skipCopyData();
                }
            }
            tokens.clear();
            whole = true;
            routine = false;
            body = 0;
            last = new SqlToken(SqlToken.Kind.SYMBOL, "", false);
        }

        /** Rows that are put in are most of some files, and nobody looks at them again. */
        private SqlStatement shortened(SqlStatement all) {
            boolean plain = all.tokens().size() > BEGINNING
                    && all.broken().isEmpty()
                    && !lexer.hasOwnDelimiter()
                    && (all.begins("INSERT") || all.begins("REPLACE"))
                    && SqlKinds.isHarmless(all);
            return plain ? new SqlStatement(all.tokens().subList(0, BEGINNING), all.line(), all.whole(), "") : all;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }
}
