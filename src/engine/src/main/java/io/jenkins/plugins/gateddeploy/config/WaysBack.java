package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an environment goes back.
 *
 * @param restoreVariables whether a rollback sets the shared files back to what they held when the release was current
 * @param confirmFor how long a deployment is watched after its health check was good, to go back by itself when that
 *     fails; empty for not at all
 */
public record WaysBack(boolean restoreVariables, Optional<Duration> confirmFor) {
    public WaysBack {
        Objects.requireNonNull(confirmFor, "confirmFor");
    }

    /** Equals what is left out of JSON, so that the digest of who asks for nothing is that of older versions. */
    static final class Unsaid {
        @Override
        public boolean equals(Object other) {
            return other == null || other.equals(usual());
        }

        @Override
        public int hashCode() {
            return usual().hashCode();
        }
    }

    /** {@return files only, and only when a person asks for it} */
    public static WaysBack usual() {
        return new WaysBack(false, Optional.empty());
    }
}
