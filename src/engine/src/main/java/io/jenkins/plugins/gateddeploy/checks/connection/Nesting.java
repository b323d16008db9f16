package io.jenkins.plugins.gateddeploy.checks.connection;

/**
 * How deep brackets are opened in a TOML text, told in one pass: of text with thousands of open ones the parser takes
 * minutes to say so.
 */
final class Nesting {
    private final String text;
    private int at;

    private Nesting(String text) {
        this.text = text;
    }

    /** {@return whether more than that many brackets and braces are open at some place outside of strings and comments} */
    static boolean isDeeper(String text, int most) {
        return new Nesting(text).isDeeper(most);
    }

    private boolean isDeeper(int most) {
        int open = 0;
        while (at < text.length() && open <= most) {
            char c = text.charAt(at);
            if (c == '#') {
                skipTo("\n");
            } else if (c == '"' || c == '\'') {
                skipString(c);
            } else if (c == '[' || c == '{') {
                open++;
            } else if ((c == ']' || c == '}') && open > 0) {
                open--;
            }
            at++;
        }
        return open > most;
    }

    /** Leaves the position at the last character of the string, or of its line when it is not closed there. */
    private void skipString(char quote) {
        String three = String.valueOf(quote).repeat(3);
        if (text.startsWith(three, at)) {
            at += 3;
            skipTo(three);
            at += 2;
            return;
        }
        at++;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found;
    }
}
