package io.jenkins.plugins.gateddeploy.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Finds many strings in a text at once, after Wu and Manber, "A fast algorithm for multi-pattern searching" (1994): the
 * two characters at the end of a window as long as the shortest needle say how far it can move on. Long secrets thus
 * cost less than one look a character.
 */
final class Needles {
    /** A power of two, so that a hash is a mask. */
    private static final int SLOTS = 1 << 12;

    private final int shortest;
    private final int longest;
    private final int[] shifts = new int[SLOTS];
    private final String[][] candidates = new String[SLOTS][];

    /**
     * A part of a text.
     *
     * @param from its first character
     * @param to the one after its last
     */
    record Span(int from, int to) {}

    /** @param needles each at least two characters long */
    Needles(Collection<String> needles) {
        shortest = needles.stream().mapToInt(String::length).min().orElse(0);
        longest = needles.stream().mapToInt(String::length).max().orElse(0);
        Arrays.fill(shifts, Math.max(1, shortest - 1));
        for (String needle : needles) {
            add(needle);
        }
    }

    private void add(String needle) {
        for (int end = 1; end < shortest; end++) {
            int slot = slot(needle.charAt(end - 1), needle.charAt(end));
            shifts[slot] = Math.min(shifts[slot], shortest - 1 - end);
        }
        int last = slot(needle.charAt(shortest - 2), needle.charAt(shortest - 1));
        String[] same = candidates[last] == null ? new String[0] : candidates[last];
        candidates[last] = Arrays.copyOf(same, same.length + 1);
        candidates[last][same.length] = needle;
    }

    private static int slot(char first, char second) {
        return (first * 31 + second) & (SLOTS - 1);
    }

    int longest() {
        return longest;
    }

    /** {@return what the needles cover, from left to right; overlapping ones are one span} */
    List<Span> spans(String text) {
        if (shortest == 0 || text.length() < shortest) {
            return List.of();
        }
        List<Span> spans = new ArrayList<>();
        int end = shortest - 1;
        while (end < text.length()) {
            int slot = slot(text.charAt(end - 1), text.charAt(end));
            if (shifts[slot] == 0) {
                int start = end - shortest + 1;
                int length = longestAt(text, start, candidates[slot]);
                if (length > 0) {
                    join(spans, start, start + length);
                }
                end++;
            } else {
                end += shifts[slot];
            }
        }
        return spans;
    }

    private static int longestAt(String text, int start, String[] needles) {
        int length = 0;
        for (String needle : needles) {
            if (needle.length() > length && text.startsWith(needle, start)) {
                length = needle.length();
            }
        }
        return length;
    }

    private static void join(List<Span> spans, int from, int to) {
        int last = spans.size() - 1;
        if (last >= 0 && from < spans.get(last).to()) {
            spans.set(
                    last,
                    new Span(
                            spans.get(last).from(), Math.max(to, spans.get(last).to())));
        } else {
            spans.add(new Span(from, to));
        }
    }
}
