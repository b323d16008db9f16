package io.jenkins.plugins.gateddeploy.lane;

import io.jenkins.plugins.gateddeploy.config.QueueRules;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Between which times an entry may get its turn.
 *
 * @param notBefore until then others may go first; empty for at once
 * @param until from then on it waits no longer; empty to wait as long as it takes
 */
public record Bounds(Optional<Instant> notBefore, Optional<Instant> until) {
    public Bounds {
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(until, "until");
    }

    /** {@return those of an entry that may begin at once and waits as long as it takes} */
    public static Bounds none() {
        return new Bounds(Optional.empty(), Optional.empty());
    }

    /** {@return those of an entry that joins now and waits for as long as the rules of its environment say} */
    public static Bounds of(QueueRules rules, Instant now) {
        return new Bounds(Optional.empty(), rules.timeout().map(now::plus));
    }

    boolean let(Instant now) {
        return notBefore.filter(now::isBefore).isEmpty() && !areOver(now);
    }

    boolean areOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }
}
