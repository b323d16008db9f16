package io.jenkins.plugins.gateddeploy.release;

import java.util.List;
import java.util.Optional;

/**
 * A line of a target's journal.
 *
 * @param time seconds since the epoch, by the target's clock
 * @param deployment whose line it is
 * @param event {@code begin}, {@code switch}, {@code return} or {@code end}
 * @param details what the event is about; its number depends on the event
 */
record JournalLine(long time, String deployment, String event, List<String> details) {

    /** {@return the line, or nothing when it was cut off by a crash or is of a later version's making} */
    static Optional<JournalLine> parse(String line) {
        String[] words = line.split(" ");
        if (words.length < 3 || !words[0].matches("\\d{1,15}")) {
            return Optional.empty();
        }
        return Optional.of(new JournalLine(
                Long.parseLong(words[0]), words[1], words[2], List.of(words).subList(3, words.length)));
    }
}
