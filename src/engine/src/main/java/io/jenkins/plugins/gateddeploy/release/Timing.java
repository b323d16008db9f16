package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Opening;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a host brings along about the times at which a deployment may start.
 *
 * @param registered what the host's registrations of the environment say; deploy.toml can only tighten it
 * @param since when the host has begun with it; a window that closes while it still reads files does not matter. Empty
 *     for now
 * @param emergency why it goes past all that, asked for by somebody who may; empty when it does not
 */
public record Timing(List<Opening> registered, Optional<Instant> since, String emergency) {
    public Timing {
        Objects.requireNonNull(since, "since");
        emergency = emergency.strip();
        registered = List.copyOf(registered);
    }

    /** {@return that of a host that says nothing about it} */
    public static Timing none() {
        return new Timing(List.of(), Optional.empty(), "");
    }

    /** {@return the same, begun at a time} */
    public Timing begunAt(Instant time) {
        return new Timing(registered, Optional.of(time), emergency);
    }
}
