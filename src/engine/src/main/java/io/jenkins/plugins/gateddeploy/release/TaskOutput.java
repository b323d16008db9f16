package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.log.LineSplitter;
import io.jenkins.plugins.gateddeploy.target.Output;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads what supervised runs print: output of tasks for the log, and in between the supervisor's marks, each from a
 * record separator (0x1e) to the end of its line. Counts bytes, so that a run can be followed again where it was lost.
 */
final class TaskOutput implements Output {
    private static final byte MARK = 0x1e;
    /** In bytes, with the separator and the line end; names of tasks are much shorter. */
    private static final int LONGEST = 512;

    private static final Pattern SHAPE = Pattern.compile("\\x1e(begin .+|exit .+ \\d{1,3}|end \\d{1,3})\n");

    private final Map<Target, Stream> streams = new LinkedHashMap<>();

    /** @param marks takes each mark with its target */
    TaskOutput(Collection<Target> targets, Log log, BiConsumer<Target, String> marks) {
        targets.forEach(t -> streams.put(t, new Stream(log.output(t), mark -> marks.accept(t, mark))));
    }

    @Override
    public void bytes(Target target, byte[] buffer, int offset, int length) {
        streams.get(target).bytes(buffer, offset, length);
    }

    /** {@return how many bytes came from a target} */
    long received(Target target) {
        return streams.get(target).received;
    }

    /** Hands on what stands without a line end. */
    void flush() {
        streams.values().forEach(Stream::flush);
    }

    /** The output of one target. */
    private static final class Stream {
        private final LineSplitter lines;
        private final Consumer<String> marks;
        private final ByteArrayOutputStream mark = new ByteArrayOutputStream();
        private boolean inMark;
        private volatile long received;

        Stream(LineSplitter lines, Consumer<String> marks) {
            this.lines = lines;
            this.marks = marks;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread at a time, as Output promises
        void bytes(byte[] buffer, int offset, int length) {
            received += length;
            int end = offset + length;
            int from = offset;
            while (from < end) {
                int to = inMark ? mark(buffer, from, end) : text(buffer, from, end);
                if (to < end && buffer[to] == MARK) {
                    inMark = true;
                    mark.write(MARK);
                    to++;
                }
                from = to;
            }
        }

        private int text(byte[] buffer, int from, int end) {
            int to = from;
            while (to < end && buffer[to] != MARK) {
                to++;
            }
            lines.bytes(buffer, from, to - from);
            return to;
        }

        /** {@return where the mark is over, or turned out to be none} */
        private int mark(byte[] buffer, int from, int end) {
            int to = from;
            while (to < end && buffer[to] != MARK) {
                mark.write(buffer[to++]);
                if (buffer[to - 1] == '\n' || mark.size() > LONGEST) {
                    close();
                    return to;
                }
            }
            if (to < end) {
                close();
            }
            return to;
        }

        /** What only looks like a mark is output as any other: tasks may print what they like. */
        private void close() {
            String text = mark.toString(StandardCharsets.UTF_8);
            if (SHAPE.matcher(text).matches()) {
                lines.flush();
                marks.accept(text.substring(1, text.length() - 1));
            } else {
                lines.bytes(mark.toByteArray(), 0, mark.size());
            }
            mark.reset();
            inMark = false;
        }

        void flush() {
            if (inMark) {
                close();
            }
            lines.flush();
        }
    }
}
