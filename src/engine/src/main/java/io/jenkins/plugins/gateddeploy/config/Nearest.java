package io.jenkins.plugins.gateddeploy.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {
    /** Longer words are no slips of the pen, and comparing them would take long. */
    private static final int LONGEST = 40;

    private static final int MOST_COMPARED = 200;

    private Nearest() {}

    /** {@return the known word with the fewest letters to change; empty when none comes close} */
    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST || known.size() > MOST_COMPARED) {
            return Optional.empty();
        }
        int mostChanges = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(k -> k.length() <= LONGEST && distance(word, k) <= mostChanges)
                .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(Comparator.naturalOrder()));
    }

    /** {@return the Levenshtein distance, upper and lower case being the same} */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
