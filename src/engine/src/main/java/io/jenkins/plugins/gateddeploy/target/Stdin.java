package io.jenkins.plugins.gateddeploy.target;

import java.io.Serializable;
import java.util.Arrays;

/** A small text that a command reads on its standard input. It may hold secrets, so it is never printed. */
public final class Stdin implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Stdin EMPTY = new Stdin(new byte[0], "");

    private final byte[] bytes;
    private final String description;

    private Stdin(byte[] bytes, String description) {
        this.bytes = bytes;
        this.description = description;
    }

    /** {@return nothing at all} */
    public static Stdin empty() {
        return EMPTY;
    }

    /**
     * {@return a standard input}
     *
     * @param bytes at most a few hundred kilobytes
     * @param description what a dry run prints in its place, without any secret
     */
    public static Stdin of(byte[] bytes, String description) {
        return new Stdin(bytes.clone(), description);
    }

    /** {@return the bytes to send} */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stdin stdin && Arrays.equals(stdin.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return the description} */
    @Override
    public String toString() {
        return description;
    }
}
