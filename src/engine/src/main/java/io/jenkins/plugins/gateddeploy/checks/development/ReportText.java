package io.jenkins.plugins.gateddeploy.checks.development;

/** Texts of reports, as they fit into one sentence. */
final class ReportText {
    private static final int LONGEST = 200;

    private ReportText() {}

    /** {@return the text on one line, and not too long} */
    static String line(String text) {
        int end = Math.min(text.length(), LONGEST * 4);
        String line = text.substring(0, end).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
