package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.schema.SqlToken.Kind;
import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import java.util.Locale;

/**
 * Finds words, names, strings and comments in SQL as the database and its command line client do. It never fails: what
 * has no end ends with the text, and {@link #broken} says so.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL: lexical structure</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/comments.html">MySQL: comments</a>
 */
final class SqlLexer {
    private static final String CLIENT_COMMAND = "\\";
    /** MySQL's client takes no more of it; a long one would be compared at every word of the file. */
    private static final int LONGEST_DELIMITER = 15;

    private final String text;
    private final boolean mysql;
    private String delimiter = ";";
    private int at;
    private int line = 1;
    private int tokenLine = 1;
    private boolean spaced;
    private String broken = "";
    private int from;

    SqlLexer(String text, Dialect dialect) {
        this.text = text;
        this.mysql = dialect == Dialect.MYSQL;
    }

    /** {@return where the last token begins} */
    int line() {
        return tokenLine;
    }

    /** {@return what has no end, such as {@code a string without an end}; empty when everything has} */
    String broken() {
        return broken;
    }

    /** {@return whether statements end with something else than a semicolon here} */
    boolean hasOwnDelimiter() {
        return !delimiter.equals(";");
    }

    boolean isDelimiter(SqlToken token) {
        return token.kind() == Kind.SYMBOL && token.text().equals(delimiter);
    }

    /**
     * {@return the next token; null at the end}
     *
     * @param first whether a statement begins, where clients have commands of their own
     */
    SqlToken next(boolean first) {
        int before = at;
        skipBlanks();
        spaced = at > before || before == 0;
        while (first && clientCommand()) {
            skipBlanks();
        }
        tokenLine = line;
        if (at >= text.length()) {
            return null;
        }
        from = at;
        SqlToken token = token();
        for (int i = from; i < at; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return token;
    }

    /** Passes over the rows that follow a {@code COPY … FROM stdin} in PostgreSQL's dumps. */
    void skipCopyData() {
        int end = text.indexOf("\n\\.", at);
        int to = end < 0 ? text.length() : end + 3;
        for (; at < to; at++) {
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
    }

    /** MySQL's client has {@code DELIMITER}; what it names need not be known to the server. */
    private boolean clientCommand() {
        if (!mysql || !text.regionMatches(true, at, "DELIMITER", 0, 9) || !isBlank(at + 9)) {
            return false;
        }
        int end = text.indexOf('\n', at);
        String wanted = text.substring(at + 9, end < 0 ? text.length() : end).strip();
        if (wanted.isEmpty()) {
            return false;
        }
        delimiter = wanted.substring(0, Math.min(LONGEST_DELIMITER, wanted.length()));
        at = end < 0 ? text.length() : end;
        return true;
    }

    private SqlToken token() {
        char c = text.charAt(at);
        if (text.startsWith(delimiter, at)) {
            at += delimiter.length();
            return new SqlToken(Kind.SYMBOL, delimiter, spaced);
        }
        if (c == '\\' && !mysql) {
            return line(CLIENT_COMMAND);
        }
        if (c == '\'' || (c == '"' && mysql)) {
            return string(c, mysql || isEscapeString());
        }
        if (c == '"' || c == '`') {
            return name(c);
        }
        if (c == '$' && !mysql) {
            SqlToken quoted = dollarQuoted();
            if (quoted != null) {
                return quoted;
            }
        }
        if (Character.isLetter(c) || c == '_' || c == '@') {
            return word();
        }
        if (Character.isDigit(c)) {
            return number();
        }
        at++;
        return new SqlToken(Kind.SYMBOL, String.valueOf(c), spaced);
    }

    private SqlToken line(String what) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        return new SqlToken(Kind.SYMBOL, what, spaced);
    }

    private SqlToken word() {
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return new SqlToken(Kind.WORD, text.substring(from, at).toUpperCase(Locale.ROOT), spaced);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@' || Character.isSurrogate(c);
    }

    private SqlToken number() {
        while (at < text.length() && (isWordPart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return new SqlToken(Kind.NUMBER, text.substring(from, at), spaced);
    }

    /** PostgreSQL knows backslashes in strings with an E before them only. */
    private boolean isEscapeString() {
        boolean afterE = at > 0 && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e');
        return afterE && (at == 1 || !isWordPart(text.charAt(at - 2)));
    }

    private SqlToken string(char quote, boolean backslashes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && backslashes) {
                at += 2;
            } else if (c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else if (c == quote) {
                at++;
                return new SqlToken(Kind.LITERAL, text.substring(from, at), spaced);
            } else {
                at++;
            }
        }
        return unended(Kind.LITERAL, "a string");
    }

    private SqlToken name(char quote) {
        int end = at + 1;
        while (end < text.length()) {
            if (text.charAt(end) == quote) {
                if (end + 1 >= text.length() || text.charAt(end + 1) != quote) {
                    at = end + 1;
                    return new SqlToken(Kind.NAME, text.substring(from + 1, end), spaced);
                }
                end++;
            }
            end++;
        }
        return unended(Kind.NAME, "a name in quotes");
    }

    private SqlToken dollarQuoted() {
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean tag = end < text.length() && text.charAt(end) == '$' && !Character.isDigit(text.charAt(at + 1));
        if (!tag) {
            return null;
        }
        String mark = text.substring(at, end + 1);
        int close = text.indexOf(mark, end + 1);
        if (close < 0) {
            return unended(Kind.LITERAL, "a string in dollars");
        }
        at = close + mark.length();
        return new SqlToken(Kind.LITERAL, text.substring(from, at), spaced);
    }

    private SqlToken unended(Kind kind, String what) {
        at = text.length();
        broken = what + " without an end";
        return new SqlToken(kind, "", spaced);
    }

    private void skipBlanks() {
        while (at < text.length() && broken.isEmpty()) {
            char c = text.charAt(at);
            if (isBlank(at) || c == '\uFEFF') {
                line += c == '\n' ? 1 : 0;
                at++;
            } else if (isLineComment()) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                comment();
            } else if (text.startsWith("*/", at)) {
                // The end of a comment that MySQL executes.
                at += 2;
            } else {
                return;
            }
        }
    }

    private boolean isBlank(int index) {
        return index < text.length() && (Character.isWhitespace(text.charAt(index)) || text.charAt(index) == '\0');
    }

    /** To MySQL two dashes are a comment only when a blank follows. */
    private boolean isLineComment() {
        if (text.startsWith("--", at)) {
            return !mysql || at + 2 >= text.length() || isBlank(at + 2);
        }
        return mysql && text.charAt(at) == '#';
    }

    /**
     * To MySQL and MariaDB <code>/*!40101 …</code> and <code>/*M! …</code> are no comments: what is in them is executed.
     * It is taken so whatever the dialect, as nobody else writes them.
     */
    private void comment() {
        int mark = text.startsWith("/*!", at) ? 3 : text.startsWith("/*M!", at) ? 4 : 0;
        if (mark > 0) {
            at += mark;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return;
        }
        int depth = 0;
        while (at < text.length()) {
            if (text.startsWith("/*", at) && (depth == 0 || !mysql)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return;
                }
            } else {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            }
        }
        broken = "a comment without an end";
    }
}
