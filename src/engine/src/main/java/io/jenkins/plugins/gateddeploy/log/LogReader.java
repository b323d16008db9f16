package io.jenkins.plugins.gateddeploy.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads what a {@link LogFile} wrote, while it is being written too. */
public final class LogReader {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);

    private LogReader() {}

    /** {@return the line that a {@link LogFile} wrote, its time to the millisecond; empty when it is none} */
    public static Optional<LogLine> parse(String line) {
        return LogFormat.parse(line);
    }

    /**
     * Hands on every line of a file, those there are and then each as it comes, until the deployment has ended and all
     * is read.
     *
     * @param file need not be there yet
     * @param lines gets each without its line end
     * @param ended whether nothing will be written any more
     * @throws IOException when the file cannot be read
     * @throws InterruptedException when the thread is interrupted while it waits for more
     */
    public static void follow(Path file, Consumer<String> lines, BooleanSupplier ended)
            throws IOException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean last = ended.getAsBoolean();
        while (!Files.exists(file)) {
            if (last) {
                return;
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            last = ended.getAsBoolean();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            while (true) {
                readToEnd(channel, line, lines);
                if (last) {
                    break;
                }
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                // Asked before the next look: what was written before the end is then in the file.
                last = ended.getAsBoolean();
            }
        }
        if (line.size() > 0) {
            lines.accept(line.toString(StandardCharsets.UTF_8));
        }
    }

    private static void readToEnd(FileChannel channel, ByteArrayOutputStream line, Consumer<String> lines)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (channel.read(buffer) >= 0) {
            buffer.flip();
            int from = 0;
            for (int at = 0; at < buffer.limit(); at++) {
                if (buffer.get(at) == '\n') {
                    line.write(buffer.array(), from, at - from);
                    lines.accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                    from = at + 1;
                }
            }
            line.write(buffer.array(), from, buffer.limit() - from);
            buffer.clear();
        }
    }
}
