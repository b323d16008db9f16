package io.jenkins.plugins.gateddeploy.gate;

import java.time.Instant;
import java.util.Objects;

/**
 * A decision that no longer counts. It stays in the record.
 *
 * @param decision as it was taken
 * @param end how it ended
 * @param why one sentence for people
 * @param time when it ended
 */
public record Former(Decision decision, End end, String why, Instant time) {

    /** Why a decision counts no more. */
    public enum End {
        /** The person took it back. */
        WITHDRAWN,
        /** What was decided on is not what waits any more. */
        VOIDED
    }

    public Former {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(time, "time");
    }
}
