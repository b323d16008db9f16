package io.jenkins.plugins.gateddeploy.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;

/**
 * Makes lines of what one target prints, chunk by chunk. Bytes that are no UTF-8 become U+FFFD. Of a line that a
 * program overwrites after a carriage return (a progress bar) only its last state remains. What could attack a
 * terminal or a page is taken out, secrets are masked, and a line longer than {@value #LONGEST} characters is handed on
 * in pieces, with no secret torn between two of them. Safe for use by several threads.
 */
public final class LineSplitter {
    /** In characters. */
    public static final int LONGEST = 16 * 1024;

    private final String target;
    private final Clock clock;
    private final Masking masking;
    private final LogSink sink;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer decoded = CharBuffer.allocate(8192);

    /** The bytes of a character whose rest is still to come: at most three. */
    private final ByteBuffer torn = ByteBuffer.allocate(8);

    private final StringBuilder line = new StringBuilder();
    private boolean returned;

    /**
     * @param target the target's name; empty for the engine itself
     * @param clock gives the lines their times
     * @param sink gets the lines
     */
    public LineSplitter(String target, Clock clock, Masking masking, LogSink sink) {
        this.target = Objects.requireNonNull(target, "target");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.masking = Objects.requireNonNull(masking, "masking");
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    /** Takes some bytes, which may end in the middle of a line or character; does not keep the array. */
    public synchronized void bytes(byte[] buffer, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (torn.position() > 0 && from < end) {
            torn.put(buffer[from++]);
            decode(torn.flip(), false);
            torn.compact();
        }
        ByteBuffer in = ByteBuffer.wrap(buffer, from, end - from);
        decode(in, false);
        torn.put(in);
    }

    /** Hands on what has no line end yet; call it when the output has ended. */
    public synchronized void flush() {
        decode(torn.flip(), true);
        torn.clear();
        decoder.flush(decoded);
        takeDecoded();
        decoder.reset();
        if (line.length() > 0) {
            finish();
        }
    }

    private void decode(ByteBuffer in, boolean last) {
        CoderResult result;
        do {
            result = decoder.decode(in, decoded, last);
            takeDecoded();
        } while (result.isOverflow());
    }

    private void takeDecoded() {
        decoded.flip();
        while (decoded.hasRemaining()) {
            take(decoded.get());
        }
        decoded.clear();
    }

    private void take(char c) {
        if (c == '\n') {
            finish();
        } else if (c == '\r') {
            returned = true;
        } else {
            if (returned) {
                line.setLength(0);
                returned = false;
            }
            line.append(c);
            if (line.length() >= 2 * LONGEST + masking.lookahead()) {
                cutOff();
            }
        }
    }

    private void finish() {
        String rest = PlainText.of(line.toString());
        line.setLength(0);
        returned = false;
        pieces(masking.mask(rest));
    }

    /** Hands on the beginning of a line that is too long to wait for its end. */
    private void cutOff() {
        String plain = PlainText.soFar(line.toString());
        line.setLength(0);
        line.append(plain);
        if (plain.length() >= LONGEST + masking.lookahead()) {
            Masking.Piece head = masking.head(plain, PlainText.cut(plain, LONGEST));
            line.delete(0, head.taken());
            pieces(head.masked());
        }
    }

    private void pieces(String text) {
        String rest = text;
        while (rest.length() > LONGEST) {
            int cut = PlainText.cut(rest, LONGEST);
            hand(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        hand(rest);
    }

    private void hand(String text) {
        sink.line(new LogLine(clock.instant(), target, PlainText.of(text)));
    }
}
