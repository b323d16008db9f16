package io.jenkins.plugins.gateddeploy.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds lines of a log by their numbers, all of them or those of one target: where every {@value #STRIDE}th begins is
 * kept in memory (a log of a million lines takes about 100 kB), the rest is read from there. Each byte of the file is
 * read once for that, also while it grows. Safe for use by several threads.
 *
 * <p>A <em>view</em> is {@link #ALL}, {@link #ENGINE} or the name of a target; a row is the number of a line in a view,
 * from 0.
 */
public final class LogIndex {
    /** The view of all lines. */
    public static final String ALL = "";

    /** The view of the lines of the engine itself: as their place is marked in the file. */
    public static final String ENGINE = "-";

    static final int STRIDE = 256;

    /** Views of their own; lines of further targets are only among all. */
    private static final int MOST_TARGETS = 2000;

    /** In bytes, of the time and the space after it. */
    private static final int TIME = "2026-11-21T03:04:05.123Z ".length();

    private final Path file;
    private final Rows all = new Rows();
    private final Map<String, Rows> targets = new LinkedHashMap<>();
    private byte[] lastName = {};
    private Rows lastRows;
    private long indexed;

    LogIndex(Path file) {
        this.file = file;
    }

    /**
     * A line by its number.
     *
     * @param number in the whole log, from 1
     * @param text as it stands in the file
     */
    public record Numbered(int number, String text) {}

    /**
     * What is known of a log.
     *
     * @param lines how many it has
     * @param bytes how long these are
     * @param targets how many lines each view but {@link #ALL} has, in the order in which they turned up
     */
    public record Extent(int lines, long bytes, Map<String, Integer> targets) {}

    /** Lines of a view: where every so many begin, and their numbers in the whole log. */
    private static final class Rows {
        private long[] starts = new long[16];
        private int[] numbers = new int[16];
        private int count;

        void add(long start, int number) {
            int block = count / STRIDE;
            if (count % STRIDE == 0) {
                if (block == starts.length) {
                    starts = Arrays.copyOf(starts, block * 2);
                    numbers = Arrays.copyOf(numbers, block * 2);
                }
                starts[block] = start;
                numbers[block] = number;
            }
            count++;
        }
    }

    /** Where reading begins for a row. */
    private record Place(long start, int number, int skip, int most, long end) {}

    /**
     * {@return what the log has now}
     *
     * @param ended whether nothing will be written any more, so that the last line is whole even without an end
     * @throws IOException when it cannot be read; a file that is not there yet is empty
     */
    public synchronized Extent extent(boolean ended) throws IOException {
        if (Files.isDirectory(file)) {
            // That of a deployment that has none yet is a path without a name.
            return new Extent(0, 0, Map.of());
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < indexed) {
                forget();
            }
            if (size > indexed) {
                long[] start = {indexed};
                indexed = LineScanner.scan(channel, indexed, size, ended, (bytes, from, to) -> {
                    add(start[0], bytes, from, to);
                    // One that was cut for its length has no end of its own.
                    start[0] += Math.min(to - from + 1, LineScanner.LONGEST_LINE);
                    return true;
                });
            }
        } catch (NoSuchFileException e) {
            forget();
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        targets.forEach((name, rows) -> counts.put(name, rows.count));
        return new Extent(all.count, indexed, counts);
    }

    private void forget() {
        indexed = 0;
        all.count = 0;
        targets.clear();
        lastName = new byte[0];
        lastRows = null;
    }

    private void add(long start, byte[] bytes, int from, int to) {
        int number = all.count + 1;
        all.add(start, number);
        int end = nameEnd(bytes, from, to);
        int begin = nameBegin(from, end);
        if (end < 0) {
            return;
        }
        if (!Arrays.equals(lastName, 0, lastName.length, bytes, begin, end) || lastRows == null) {
            lastName = Arrays.copyOfRange(bytes, begin, end);
            String name = new String(lastName, StandardCharsets.UTF_8);
            lastRows = targets.get(name);
            if (lastRows == null && targets.size() < MOST_TARGETS) {
                lastRows = new Rows();
                targets.put(name, lastRows);
            }
        }
        if (lastRows != null) {
            lastRows.add(start, number);
        }
    }

    /** {@return where a line's view ends in it; -1 when it names none, as a line that no {@link LogFile} wrote} */
    static int nameEnd(byte[] bytes, int from, int to) {
        int at = from + TIME;
        if (at + 1 >= to || bytes[at - 1] != ' ') {
            return -1;
        }
        if (bytes[at] == '-' && bytes[at + 1] == ' ') {
            return at + 1;
        }
        if (bytes[at] != '[') {
            return -1;
        }
        for (int end = at + 1; end + 1 < to; end++) {
            if (bytes[end] == ']' && bytes[end + 1] == ' ') {
                return end;
            }
        }
        return -1;
    }

    private static int nameBegin(int from, int end) {
        // "-" is one character, a target's name stands behind a bracket.
        return end == from + TIME + 1 ? from + TIME : from + TIME + 1;
    }

    /** {@return the view a line belongs to, beside that of all; empty when it names none} */
    static String view(byte[] bytes, int from, int to) {
        int end = nameEnd(bytes, from, to);
        int begin = nameBegin(from, end);
        return end < 0 ? "" : new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** {@return where the text of a line begins in it} */
    static int textBegin(byte[] bytes, int from, int to) {
        int end = nameEnd(bytes, from, to);
        return end < 0 ? from : Math.min(to, bytes[end] == ']' ? end + 2 : end + 1);
    }

    /**
     * {@return some lines of a view, as far as {@link #extent} has seen them}
     *
     * @param from the first row
     * @param most how many rows
     * @throws IOException when they cannot be read
     */
    public List<Numbered> lines(String view, int from, int most) throws IOException {
        Place place = place(view, from, most);
        List<Numbered> lines = new ArrayList<>();
        if (place.most <= 0) {
            return lines;
        }
        int[] seen = {place.number, place.skip};
        try (FileChannel channel = FileChannel.open(file)) {
            LineScanner.scan(channel, place.start, place.end, true, (bytes, start, end) -> {
                if (view.equals(ALL) || view.equals(view(bytes, start, end))) {
                    if (seen[1] > 0) {
                        seen[1]--;
                    } else {
                        lines.add(new Numbered(seen[0], text(bytes, start, end)));
                    }
                }
                seen[0]++;
                return lines.size() < place.most;
            });
        }
        return lines;
    }

    private static String text(byte[] bytes, int start, int end) {
        int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        return new String(bytes, start, last - start, StandardCharsets.UTF_8);
    }

    private synchronized Place place(String view, int from, int most) {
        Rows rows = rows(view);
        if (from < 0 || from >= rows.count) {
            return new Place(0, 0, 0, 0, 0);
        }
        int block = from / STRIDE;
        // A line more: how long the last one is stands nowhere. Of a view its lines may be anywhere.
        int after = (from + most) / STRIDE + 1;
        long end = after * (long) STRIDE < rows.count ? rows.starts[after] : indexed;
        return new Place(
                rows.starts[block],
                rows.numbers[block],
                from % STRIDE,
                Math.min(most, rows.count - from),
                Math.max(end, rows.starts[block]));
    }

    private Rows rows(String view) {
        return view.equals(ALL) ? all : targets.getOrDefault(view, new Rows());
    }

    /**
     * {@return how many rows of a view there are before a byte of the file}
     *
     * @throws IOException when it cannot be read
     */
    public int rowsBefore(String view, long offset) throws IOException {
        Place place = before(view, offset);
        int[] rows = {place.skip};
        if (offset > place.start) {
            try (FileChannel channel = FileChannel.open(file)) {
                LineScanner.scan(channel, place.start, Math.min(offset, place.end), false, (bytes, start, end) -> {
                    if (view.equals(ALL) || view.equals(view(bytes, start, end))) {
                        rows[0]++;
                    }
                    return true;
                });
            }
        }
        return rows[0];
    }

    private synchronized Place before(String view, long offset) {
        Rows rows = rows(view);
        if (rows.count == 0) {
            return new Place(offset, 0, 0, 0, offset);
        }
        int blocks = (rows.count - 1) / STRIDE + 1;
        int found = Arrays.binarySearch(rows.starts, 0, blocks, offset);
        int block = Math.max(0, found >= 0 ? found : -found - 2);
        return new Place(rows.starts[block], 0, block * STRIDE, 0, indexed);
    }

    /** {@return the bytes that are indexed} */
    synchronized long indexed() {
        return indexed;
    }

    Path file() {
        return file;
    }
}
