package io.jenkins.plugins.gateddeploy.cli.terminal;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Colours, and the care that text from elsewhere (a commit's subject, a task's output) cannot steer the terminal.
 *
 * @param colours whether there are any
 */
public record Style(boolean colours) {
    /** Escape sequences (ECMA-48): CSI, OSC up to its end, and the short ones. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|\u001b[ -/]*[0-~]");

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t]]|[\u202a-\u202e\u2066-\u2069]");
    /** Cyan, magenta and blue, normal and bright: red, yellow and green have a meaning. */
    private static final List<String> NEUTRAL = List.of("36", "35", "34", "96", "95", "94");

    private static final String RESET = "\u001b[0m";

    /** {@return the text in bold} */
    public String strong(String text) {
        return paint("1", text);
    }

    /** {@return the text, stepping back} */
    public String dim(String text) {
        return paint("2", text);
    }

    /** {@return the text as good news} */
    public String good(String text) {
        return paint("32", text);
    }

    /** {@return the text as bad news} */
    public String bad(String text) {
        return paint("31", text);
    }

    /** {@return the text as something to look at} */
    public String doubtful(String text) {
        return paint("33", text);
    }

    /** {@return the text in one of six colours that say nothing by themselves, always the same for the same number} */
    public String numbered(int number, String text) {
        return paint(NEUTRAL.get(Math.floorMod(number, NEUTRAL.size())), text);
    }

    private String paint(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }

    /** {@return text from elsewhere on one line, without anything that a terminal would obey} */
    public static String plain(String text) {
        return CONTROL.matcher(SEQUENCE.matcher(text).replaceAll("")).replaceAll(" ");
    }

    /** {@return a line of a program's output: its colours stay where there are colours, nothing else does} */
    public String output(String line) {
        if (line.indexOf('\u001b') < 0 || !colours) {
            return plain(line);
        }
        StringBuilder kept = new StringBuilder();
        var sequences = SEQUENCE.matcher(line);
        int from = 0;
        while (sequences.find()) {
            kept.append(plain(line.substring(from, sequences.start())));
            if (COLOUR.matcher(sequences.group()).matches()) {
                kept.append(sequences.group());
            }
            from = sequences.end();
        }
        return kept.append(plain(line.substring(from))).append(RESET).toString();
    }
}
