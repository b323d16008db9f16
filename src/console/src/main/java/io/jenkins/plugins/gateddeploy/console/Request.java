package io.jenkins.plugins.gateddeploy.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the front end asks, freed from the host's web server. The host has already made sure that a {@link Method#POST}
 * was sent by one of its own pages (a crumb).
 *
 * @param method never null
 * @param path below the API's root, split at slashes and decoded: {@code ["deployments", "<id>"]}
 * @param query decoded; of a name that was given twice the first
 * @param body JSON; empty when there is none
 * @param viewer who asks
 */
public record Request(Method method, List<String> path, Map<String, String> query, String body, Viewer viewer) {
    public Request {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(viewer, "viewer");
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    /** What the API understands. */
    public enum Method {
        /** Looks; changes nothing. */
        GET,
        /** Changes something. */
        POST
    }

    /** {@return a parameter that is there and not empty} */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }
}
