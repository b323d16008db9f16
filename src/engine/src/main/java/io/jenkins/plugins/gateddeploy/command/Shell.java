package io.jenkins.plugins.gateddeploy.command;

/** Quoting for POSIX shells; the only place where a value becomes part of a shell's text. */
public final class Shell {
    private Shell() {}

    /**
     * {@return the text as one word that a POSIX shell takes literally}
     *
     * @param text anything but NUL, which no argument can hold
     * @throws IllegalArgumentException when there is a NUL in it
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A shell argument cannot hold a NUL character");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
