package io.jenkins.plugins.gateddeploy.trigger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each of many may come within some time. It remembers a bounded number of them; when there are more, they share
 * one count, so that inventing names helps nobody. Safe for several threads.
 */
public final class Rate {
    private static final int MOST = 1_000;
    private static final String OTHERS = "";

    private final Clock clock;
    private final Duration time;
    private final int often;
    private final Map<String, Integer> counts = new HashMap<>();
    private Instant since = Instant.EPOCH;

    /**
     * A limit.
     *
     * @param often how often each may come
     * @param time within which
     */
    public Rate(Clock clock, int often, Duration time) {
        this.clock = clock;
        this.often = often;
        this.time = time;
    }

    /** {@return whether it comes too often; counts this time} */
    public synchronized boolean isExceeded(String who) {
        Instant now = clock.instant();
        if (now.isBefore(since) || !now.isBefore(since.plus(time))) {
            since = now;
            counts.clear();
        }
        String key = counts.size() < MOST || counts.containsKey(who) ? who : OTHERS;
        return counts.merge(key, 1, Integer::sum) > often;
    }
}
