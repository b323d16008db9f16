package io.jenkins.plugins.gateddeploy.ssh;

import java.nio.charset.StandardCharsets;

/**
 * Passes a stream on as it comes, up to a mark that nobody else can have written: a record separator, a word made for
 * this one time, a blank, what the mark says, and a record separator again. What comes after it is dropped.
 */
final class UntilMark {
    private static final byte SEPARATOR = 0x1e;

    private final byte[] mark;
    private final StringBuilder said = new StringBuilder();
    /** So many bytes of the mark have come and were held back. */
    private int matched;

    private boolean ended;

    /** @param word without a record separator */
    UntilMark(String word) {
        mark = ((char) SEPARATOR + word + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes what comes in front of the mark. */
    @FunctionalInterface
    interface Sink {
        void bytes(byte[] buffer, int offset, int length);
    }

    /** {@return how many of the bytes were used: all of them, unless the mark ends among them} */
    int take(byte[] buffer, int offset, int length, Sink sink) {
        int at = offset;
        int end = offset + length;
        while (at < end && !ended) {
            if (matched == mark.length) {
                read(buffer[at++]);
            } else if (matched == 0) {
                int from = at;
                while (at < end && buffer[at] != SEPARATOR) {
                    at++;
                }
                pass(sink, buffer, from, at - from);
                if (at < end) {
                    matched = 1;
                    at++;
                }
            } else if (buffer[at] == mark[matched]) {
                matched++;
                at++;
            } else {
                // The separator is the mark's first byte only, so what was held back holds no other beginning of it.
                pass(sink, mark, 0, matched);
                matched = 0;
            }
        }
        return at - offset;
    }

    private void read(byte next) {
        if (next == SEPARATOR) {
            ended = true;
        } else {
            said.append((char) next);
        }
    }

    private static void pass(Sink sink, byte[] buffer, int offset, int length) {
        if (length > 0) {
            sink.bytes(buffer, offset, length);
        }
    }

    /** {@return whether the whole mark has come} */
    boolean ended() {
        return ended;
    }

    /** {@return what the mark says} */
    String said() {
        return said.toString();
    }
}
