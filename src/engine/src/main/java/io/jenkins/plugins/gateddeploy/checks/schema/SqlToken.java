package io.jenkins.plugins.gateddeploy.checks.schema;

/**
 * A piece of SQL.
 *
 * @param kind what it is
 * @param text words in upper case, names in quotes without them, literals as they are written: those may hold secrets
 *     and are never shown
 * @param spaced whether white space or a comment stands before it
 */
record SqlToken(Kind kind, String text, boolean spaced) {

    enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name in quotes. */
        NAME,
        /** A string. */
        LITERAL,
        NUMBER,
        SYMBOL
    }

    boolean is(String word) {
        return kind != Kind.NAME && kind != Kind.LITERAL && text.equals(word);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** {@return it as a parser should see it: without what strings hold, which never changes a schema} */
    String plain() {
        return switch (kind) {
            case LITERAL -> "'s'";
            case NAME -> "\"" + text.replace('"', '_') + "\"";
            case WORD, NUMBER, SYMBOL -> text;
        };
    }
}
