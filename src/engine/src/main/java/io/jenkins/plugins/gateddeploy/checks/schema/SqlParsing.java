package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.UnsupportedStatement;

/** Parses statements, each within bounds of time and depth: a grammar like SQL's has inputs that take for ever. */
final class SqlParsing implements AutoCloseable {
    private static final int LONGEST = 100_000;
    private static final int DEEPEST = 50;
    private static final long MOST_SECONDS = 3;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "schema check: time of the SQL parser");
        thread.setDaemon(true);
        return thread;
    });

    private final Set<CCJSqlParser> busy = ConcurrentHashMap.newKeySet();

    /** {@return the statement; empty when the parser cannot read it, or not all of it} */
    Optional<Statement> parse(String sql) {
        if (sql.length() > LONGEST || isDeep(sql)) {
            return Optional.empty();
        }
        try {
            return parse(new CCJSqlParser(sql).withAllowComplexParsing(false));
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            // The parser is generated; on input that nobody thought of it fails in any of these ways.
            return Optional.empty();
        }
    }

    private Optional<Statement> parse(CCJSqlParser parser) throws ParseException {
        busy.add(parser);
        ScheduledFuture<?> end = clock.schedule(() -> stop(parser), MOST_SECONDS, TimeUnit.SECONDS);
        try {
            Statement statement = parser.Statement();
            boolean all = parser.getNextToken().kind == CCJSqlParserConstants.EOF;
            return all && statement != null && !(statement instanceof UnsupportedStatement)
                    ? Optional.of(statement)
                    : Optional.empty();
        } finally {
            end.cancel(false);
            busy.remove(parser);
        }
    }

    private static void stop(CCJSqlParser parser) {
        parser.interrupted = true;
    }

    private static boolean isDeep(String sql) {
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth > DEEPEST) {
                return true;
            }
        }
        return false;
    }

    /** Ends what is being parsed. */
    @Override
    public void close() {
        busy.forEach(SqlParsing::stop);
        clock.shutdownNow();
    }
}
