package io.jenkins.plugins.gateddeploy.config;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A file of the application that connects an environment to the world, such as {@code shopify.app.toml}.
 *
 * @param file its path below the release
 * @param expect the values that it has to have, by dotted key: strings, booleans, integers, floats, or lists of these
 */
public record ConfigFile(String file, Map<String, Object> expect) {
    public ConfigFile {
        Objects.requireNonNull(file, "file");
        expect = Collections.unmodifiableMap(new TreeMap<>(expect));
    }
}
