package io.jenkins.plugins.gateddeploy.config;

import java.util.Objects;
import java.util.Optional;

/**
 * Where the files come from.
 *
 * @param repository URL or path of the git repository; empty when only workspace folders are deployed
 * @param credentials id of the git credential
 * @param mode how files reach the targets
 */
public record SourceSettings(Optional<String> repository, Optional<String> credentials, Mode mode) {
    public SourceSettings {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(mode, "mode");
    }

    /** How files reach the targets. */
    public enum Mode {
        /** The engine reads the commit and sends files over SSH. */
        PUSH,
        /** Each target fetches from git into a mirror of its own and extracts the commit. */
        PULL
    }
}
