package io.jenkins.plugins.gateddeploy.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a target printed when it was examined: lines of a word and a value.
 *
 * @param values by word, in the order they were printed
 * @param before this host's time when it was asked
 * @param after this host's time when it had answered
 */
record Facts(Map<String, List<String>> values, Instant before, Instant after) {

    static Facts parse(String printed, Instant before, Instant after) {
        Map<String, List<String>> values = new HashMap<>();
        printed.lines().forEach(line -> {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            values.computeIfAbsent(word, w -> new ArrayList<>()).add(space < 0 ? "" : line.substring(space + 1));
        });
        return new Facts(values, before, after);
    }

    List<String> all(String word) {
        return values.getOrDefault(word, List.of());
    }

    Optional<String> last(String word) {
        List<String> all = all(word);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    boolean says(String word, String value) {
        return last(word).map(value::equals).orElse(false);
    }

    /** {@return a number of at least 0; file systems without a fixed number of inodes print a dash} */
    OptionalLong number(String word) {
        return last(word)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /**
     * {@return by how much the target's clock is ahead of this host's, negative when it is behind; zero when it lies
     * within the time of asking}
     */
    Optional<Duration> skew() {
        String text = last("clock").orElse("");
        // A date(1) without %N prints the letter.
        String digits = text.replaceFirst("\\..*", "");
        if (!digits.matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        Instant clock = Instant.ofEpochSecond(Long.parseLong(digits));
        if (clock.isAfter(after)) {
            return Optional.of(Duration.between(after, clock));
        }
        // It shows whole seconds only.
        Instant latest = clock.plusSeconds(1);
        return Optional.of(latest.isBefore(before) ? Duration.between(before, latest) : Duration.ZERO);
    }
}
