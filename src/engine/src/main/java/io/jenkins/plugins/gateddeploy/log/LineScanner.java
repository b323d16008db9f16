package io.jenkins.plugins.gateddeploy.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Walks over the lines of a file as bytes, in large pieces: making a text of every line would take ten times as long. */
final class LineScanner {
    /** In bytes. A line that is longer counts as several. */
    static final int LONGEST_LINE = 1 << 20;

    private LineScanner() {}

    /** Takes lines. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one.
         *
         * @param bytes from {@code from} to {@code to}, without the line end; not to be kept
         * @return whether to go on
         */
        boolean line(byte[] bytes, int from, int to);
    }

    /**
     * Hands on whole lines.
     *
     * @param from the byte at which the first begins
     * @param until the byte before which the last has to end
     * @param open whether what has no line end yet is a line too
     * @return the byte after the last line that was handed on
     */
    static long scan(FileChannel channel, long from, long until, boolean open, Taker taker) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(LONGEST_LINE, until - from))];
        long start = from;
        while (start < until) {
            int length = fill(channel, start, buffer, until);
            boolean isLast = length < buffer.length || start + length >= until;
            int at = 0;
            while (at < length) {
                int end = lineEnd(buffer, at, length);
                // What has no end in this piece goes on in the next, unless it is as long as a piece or the very last.
                boolean isLine = end < length || (isLast ? open : at == 0);
                if (!isLine) {
                    break;
                }
                boolean goOn = taker.line(buffer, at, end);
                at = Math.min(length, end + 1);
                if (!goOn) {
                    return start + at;
                }
            }
            start += at;
            if (isLast) {
                break;
            }
        }
        return start;
    }

    private static int fill(FileChannel channel, long start, byte[] buffer, long until) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, until - start));
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
            // goes on until the piece is whole, or the file has become shorter
        }
        return bytes.position();
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
