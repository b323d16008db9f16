package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How deployments to an environment wait for one another. It says nothing about what is deployed, so it is no part of a
 * {@link Configuration} and of its digest: changing it needs nobody's approval anew.
 *
 * @param latestOnly whether a newer one of the same branch, tag or commit takes the place of older ones that wait
 * @param timeout how long one waits at most; empty for as long as it takes
 */
public record QueueRules(boolean latestOnly, Optional<Duration> timeout) {
    public QueueRules {
        Objects.requireNonNull(timeout, "timeout");
    }

    /** {@return that all wait, for as long as it takes} */
    public static QueueRules none() {
        return new QueueRules(false, Optional.empty());
    }
}
