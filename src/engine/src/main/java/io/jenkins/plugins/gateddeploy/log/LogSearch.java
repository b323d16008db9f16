package io.jenkins.plugins.gateddeploy.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for a text in all lines of a log. Of letters only those of ASCII are the same in upper and lower case, so that
 * bytes can be compared.
 */
public final class LogSearch {
    private final LogIndex index;
    private final byte[] needle;
    private final byte[] upper;

    /**
     * A search.
     *
     * @param text not empty
     */
    public LogSearch(LogIndex index, String text) {
        this.index = index;
        this.needle = text.getBytes(StandardCharsets.UTF_8);
        this.upper = needle.clone();
        for (int i = 0; i < needle.length; i++) {
            needle[i] = lower(needle[i]);
            upper[i] = needle[i] >= 'a' && needle[i] <= 'z' ? (byte) (needle[i] - 32) : needle[i];
        }
    }

    /**
     * A line with the text.
     *
     * @param number in the whole log, from 1
     * @param view its target, {@link LogIndex#ENGINE}, or empty
     * @param row in that view, from 0
     */
    public record Hit(int number, String view, int row) {}

    /**
     * What was found.
     *
     * @param count how many lines have the text
     * @param hits the first of them
     */
    public record Hits(int count, List<Hit> hits) {}

    /**
     * {@return the lines of a view with the text, as far as {@link LogIndex#extent} has seen them}
     *
     * @param first number of the first line that is listed; all are counted
     * @param most at most so many are listed
     * @throws IOException when the file cannot be read
     */
    public Hits find(String view, int first, int most) throws IOException {
        List<Hit> hits = new ArrayList<>();
        Map<String, int[]> rows = new HashMap<>();
        int[] seen = {0, 0};
        try (FileChannel channel = FileChannel.open(index.file())) {
            LineScanner.scan(channel, 0, index.indexed(), true, (bytes, from, to) -> {
                seen[0]++;
                String its = LogIndex.view(bytes, from, to);
                int row = rows.computeIfAbsent(its, name -> new int[1])[0]++;
                boolean isWanted = view.equals(LogIndex.ALL) || view.equals(its);
                if (isWanted && isIn(bytes, LogIndex.textBegin(bytes, from, to), to)) {
                    seen[1]++;
                    if (seen[0] >= first && hits.size() < most) {
                        hits.add(new Hit(seen[0], its, row));
                    }
                }
                return true;
            });
        }
        return new Hits(seen[1], hits);
    }

    private boolean isIn(byte[] bytes, int from, int to) {
        for (int at = from; at <= to - needle.length; at++) {
            if ((bytes[at] == needle[0] || bytes[at] == upper[0]) && isAt(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (int i = 1; i < needle.length; i++) {
            if (bytes[at + i] != needle[i] && bytes[at + i] != upper[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
