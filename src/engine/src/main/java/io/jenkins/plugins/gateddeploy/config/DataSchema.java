package io.jenkins.plugins.gateddeploy.config;

import java.util.Objects;

/**
 * Where the application says what its data looks like.
 *
 * @param file its path below the release
 */
public record DataSchema(String file) {
    public DataSchema {
        Objects.requireNonNull(file, "file");
    }
}
