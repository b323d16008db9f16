package io.jenkins.plugins.gateddeploy.config;

import java.util.Objects;

/**
 * A file that says what clients may call.
 *
 * @param file its path below the release
 */
public record Api(String file) {
    public Api {
        Objects.requireNonNull(file, "file");
    }
}
