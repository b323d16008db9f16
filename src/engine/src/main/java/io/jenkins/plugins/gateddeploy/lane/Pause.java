package io.jenkins.plugins.gateddeploy.lane;

import java.time.Instant;
import java.util.Objects;

/**
 * Nobody gets a turn.
 *
 * @param why in the words of who paused the lane; not blank
 * @param by user id
 * @param since when
 */
public record Pause(String why, String by, Instant since) {
    public Pause {
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(since, "since");
    }
}
