package io.jenkins.plugins.gateddeploy.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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

    /**
     * Some lines of a file.
     *
     * @param lines whole lines, without their ends
     * @param from the byte at which the first begins
     * @param next the byte after the last, where the next piece begins
     * @param size of the file when it was read
     */
    public record Piece(List<String> lines, long from, long next, long size) {
        public Piece {
            lines = List.copyOf(lines);
        }
    }

    /**
     * {@return the whole lines from a byte on, at most so many bytes of them; a longer line comes in pieces}
     *
     * @param from a byte of the file, as {@link Piece#next} gave it; a negative one counts from the end and goes on to
     *     the next beginning of a line; behind the end means the end
     * @param most in bytes, at least 8, so that a character fits
     * @param ended whether nothing will be written any more, so that the last line is whole even without an end
     * @throws java.nio.file.NoSuchFileException when there is no such file
     * @throws IOException when it cannot be read
     */
    public static Piece piece(Path file, long from, int most, boolean ended) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            // The byte before is read too: only it tells whether a line begins here.
            long start = from >= 0 ? Math.min(from, size) : Math.max(0, size + Math.max(from, -size) - 1);
            byte[] bytes = bytes(channel, start, (int) Math.min(most, size - start));
            int begin = from < 0 && start > 0 ? indexAfterLineEnd(bytes) : 0;
            int end = endOfWholeLines(bytes, begin);
            boolean isLast = start + bytes.length == size;
            if (end == begin && !isLast) {
                end = Math.max(begin, endOfWholeCharacters(bytes));
            } else if (isLast && ended) {
                end = bytes.length;
            }
            List<String> lines = new String(bytes, begin, end - begin, StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .lines()
                    .toList();
            return new Piece(lines, start + begin, start + end, size);
        }
    }

    private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // goes on until the piece is whole, or the file has become shorter
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static int indexAfterLineEnd(byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return bytes.length;
    }

    private static int endOfWholeLines(byte[] bytes, int begin) {
        for (int at = bytes.length; at > begin; at--) {
            if (bytes[at - 1] == '\n') {
                return at;
            }
        }
        return begin;
    }

    /** In UTF-8 the second and later bytes of a character begin with the bits 10. */
    private static int endOfWholeCharacters(byte[] bytes) {
        int at = bytes.length;
        while (at > 0 && (bytes[at - 1] & 0xC0) == 0x80) {
            at--;
        }
        return at > 0 && (bytes[at - 1] & 0xC0) == 0xC0 ? at - 1 : bytes.length;
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
