package io.jenkins.plugins.gateddeploy.lane;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A place in a lane.
 *
 * @param id unique (a UUID), chosen by whoever joins, so that joining again after a crash is no second place
 * @param lane where
 * @param claim for what
 * @param bounds when it may get its turn
 * @param turn when it got it; empty while it waits
 */
public record Entry(String id, Lane lane, Claim claim, Bounds bounds, Optional<Instant> turn) {
    public Entry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(bounds, "bounds");
        Objects.requireNonNull(turn, "turn");
    }

    /** {@return one that waits} */
    public static Entry waiting(String id, Lane lane, Claim claim, Bounds bounds) {
        return new Entry(id, lane, claim, bounds, Optional.empty());
    }

    /** {@return whether it has its turn, and others wait for its end} */
    public boolean hasTurn() {
        return turn.isPresent();
    }

    /** {@return whether it may begin, as far as it is concerned alone} */
    public boolean mayStart(Instant now) {
        return bounds.let(now);
    }

    /** {@return whether it has waited for as long as it wanted to} */
    public boolean isOverdue(Instant now) {
        return !hasTurn() && bounds.areOver(now);
    }

    Entry taking(Instant now) {
        return new Entry(id, lane, claim, bounds, Optional.of(now));
    }
}
