package io.jenkins.plugins.gateddeploy.log;

/**
 * Takes out of a text what could attack the terminal or page that shows it: all control characters and escape sequences
 * but tab and colours (ECMA-48 SGR), and the characters that turn the direction of writing. A colour that is left on is
 * switched off at the end.
 */
final class PlainText {
    private static final char ESCAPE = '\u001b';
    private static final String COLOURS_OFF = ESCAPE + "[0m";

    /** In characters; what claims to be a longer colour is none. */
    private static final int LONGEST_COLOUR = 32;

    private PlainText() {}

    /** {@return the text, harmless; the same object when it is so already} */
    static String of(String text) {
        int at = 0;
        while (at < text.length() && !isHarmful(text.charAt(at))) {
            at++;
        }
        return at == text.length() ? text : cleaned(text, at);
    }

    /**
     * {@return the same of a text that goes on: colours stay on, and a sequence that has only begun stays as it is, to
     * be looked at again when the rest is there}
     */
    static String soFar(String text) {
        int escape = text.lastIndexOf(ESCAPE);
        int end = escape >= 0 && text.length() - escape <= LONGEST_COLOUR ? escape : text.length();
        StringBuilder out = new StringBuilder(text.length());
        clean(text.substring(0, end), out);
        return out.append(text, end, text.length()).toString();
    }

    private static String cleaned(String text, int from) {
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
        return clean(text.substring(from), out) ? out.append(COLOURS_OFF).toString() : out.toString();
    }

    /** {@return whether a colour is left on} */
    private static boolean clean(String text, StringBuilder out) {
        boolean coloured = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ESCAPE) {
                int end = escapeEnd(text, at);
                if (isColour(text, at, end)) {
                    out.append(text, at, end);
                    coloured = !isOff(text.substring(at, end));
                }
                at = end;
            } else {
                if (!isHarmful(c)) {
                    out.append(c);
                }
                at++;
            }
        }
        return coloured;
    }

    private static boolean isHarmful(char c) {
        return (c < ' ' && c != '\t')
                || (c >= '\u007f' && c <= '\u009f')
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /** {@return the place after the sequence (ECMA-48, section 5) that begins here; the text's end if it has none} */
    private static int escapeEnd(String text, int start) {
        if (start + 1 >= text.length()) {
            return text.length();
        }
        return switch (text.charAt(start + 1)) {
            case '[' -> controlSequenceEnd(text, start + 2);
            case ']', 'P', 'X', '^', '_' -> stringEnd(text, start + 2);
            default -> start + 2;
        };
    }

    /** Parameters and intermediate bytes, then one final byte; anything else ends it without belonging to it. */
    private static int controlSequenceEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) <= '?') {
            at++;
        }
        boolean complete = at < text.length() && text.charAt(at) >= '@' && text.charAt(at) <= '~';
        return complete ? at + 1 : at;
    }

    /** A window title or the like: to BEL or ST. One that is never closed hides nothing but its introducer. */
    private static int stringEnd(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\u0007' || c == '\u009c') {
                return at + 1;
            }
            if (c == ESCAPE) {
                return at + 1 < text.length() && text.charAt(at + 1) == '\\' ? at + 2 : at;
            }
        }
        return from;
    }

    private static boolean isColour(String text, int start, int end) {
        if (end - start < 3
                || end - start > LONGEST_COLOUR
                || text.charAt(start + 1) != '['
                || text.charAt(end - 1) != 'm') {
            return false;
        }
        for (int at = start + 2; at < end - 1; at++) {
            char c = text.charAt(at);
            if ((c < '0' || c > '9') && c != ';' && c != ':') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOff(String colour) {
        return colour.equals(COLOURS_OFF) || colour.equals(ESCAPE + "[m");
    }

    /** {@return where to cut at most {@code end} characters off, so that no character and no colour is torn} */
    static int cut(String text, int end) {
        if (end >= text.length()) {
            return text.length();
        }
        int at = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        int escape = text.lastIndexOf(ESCAPE, at - 1);
        boolean torn = escape > 0
                && at - escape < LONGEST_COLOUR
                && text.substring(escape, at).indexOf('m') < 0;
        return torn ? escape : Math.max(at, 1);
    }
}
