package io.jenkins.plugins.gateddeploy.checks.schema;

/** Brings text that somebody else wrote into a message. */
final class Words {
    private static final int LONGEST = 80;

    private Words() {}

    /** {@return it on one line, cut off where it is long} */
    static String clip(String text) {
        StringBuilder shown = new StringBuilder();
        int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
        text.substring(0, end).codePoints().forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '�'));
        return end < text.length() ? shown + "…" : shown.toString();
    }

    /** {@return it in quotation marks} */
    static String quote(String text) {
        return "\"" + clip(text) + "\"";
    }

    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
