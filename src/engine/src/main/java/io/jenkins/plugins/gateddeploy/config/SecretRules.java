package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How secrets that belong to development are kept out of an environment.
 *
 * @param live whether real users depend on the environment, so that secrets of others and of providers' test modes must
 *     not be in it; empty to go by its name
 * @param deny values that must not be in it
 * @param shared names of variables, and keys of files, that may hold the same as elsewhere
 * @param files of the release, besides the connection file, in which to look for them
 * @param testKeys a file of the release with further shapes of test keys
 */
public record SecretRules(
        Optional<Boolean> live,
        List<Variable> deny,
        List<String> shared,
        List<String> files,
        Optional<String> testKeys) {
    public SecretRules {
        Objects.requireNonNull(live, "live");
        Objects.requireNonNull(testKeys, "testKeys");
        deny = List.copyOf(deny);
        shared = List.copyOf(shared);
        files = List.copyOf(files);
    }
}
