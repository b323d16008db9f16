package io.jenkins.plugins.gateddeploy.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When those that wait will probably begin. */
public final class Forecast {
    private Forecast() {}

    /**
     * {@return the expected start of each entry that waits, by its id; without those of which nothing can be told: in a
     * lane that is paused, or where nothing has succeeded yet} Each deployment is taken to last as long as the median of
     * those before.
     *
     * @param durations of deployments that succeeded there
     */
    public static Map<String, Instant> of(Queue queue, List<Duration> durations, Instant now) {
        Optional<Duration> each = median(durations);
        if (each.isEmpty() || queue.pause().isPresent()) {
            return Map.of();
        }
        Map<String, Instant> starts = new LinkedHashMap<>();
        Instant free = queue.holder()
                .flatMap(Entry::turn)
                .map(turn -> later(turn.plus(each.get()), now))
                .orElse(now);
        for (Entry entry : queue.waiting()) {
            Instant start = later(free, entry.bounds().notBefore().orElse(free));
            starts.put(entry.id(), start);
            free = start.plus(each.get());
        }
        return starts;
    }

    /** {@return the median, of two in the middle the longer; empty for none} */
    public static Optional<Duration> median(List<Duration> durations) {
        return durations.isEmpty()
                ? Optional.empty()
                : Optional.of(durations.stream().sorted().toList().get(durations.size() / 2));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
