package io.jenkins.plugins.gateddeploy.config;

import org.tomlj.Toml;

/** Text of a file as a message shows it: on one line, of bounded length. */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    static String quote(String text) {
        return "\"" + Toml.tomlEscape(clip(text)) + "\"";
    }

    /** Never between the two halves of one character. */
    private static int end(String text) {
        return Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    }

    static String clip(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, end(text)) + "…";
    }
}
