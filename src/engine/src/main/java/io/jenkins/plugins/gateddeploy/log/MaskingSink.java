package io.jenkins.plugins.gateddeploy.log;

import java.util.Objects;

/**
 * Hands lines on with secrets masked and control characters taken out; a text with line ends becomes several lines.
 * Whatever writes a line of its own into a deployment's log writes it here: a commit's subject or a server's message
 * is not to be trusted.
 */
public final class MaskingSink implements LogSink {
    private final Masking masking;
    private final LogSink sink;

    /** @param sink gets the masked lines */
    public MaskingSink(Masking masking, LogSink sink) {
        this.masking = Objects.requireNonNull(masking, "masking");
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    @Override
    public void line(LogLine line) {
        // A secret of several lines is masked as a whole first.
        String masked = masking.mask(line.text());
        if (masked.indexOf('\n') < 0) {
            pass(line, masked);
        } else {
            masked.lines().forEach(part -> pass(line, part));
        }
    }

    private void pass(LogLine line, String text) {
        String plain = masking.mask(PlainText.of(text));
        sink.line(plain.equals(line.text()) ? line : new LogLine(line.time(), line.target(), plain));
    }
}
