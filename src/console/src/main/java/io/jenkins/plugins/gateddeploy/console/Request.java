package io.jenkins.plugins.gateddeploy.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * {@return a path in its parts, decoded; a slash inside a part is sent as {@code %2F}, and a plus is a plus}
     *
     * @param sent as it stands in the address, without a slash at its beginning
     * @throws IllegalArgumentException when a {@code %} is followed by no number
     */
    public static List<String> path(String sent) {
        return Stream.of(sent.split("/", -1))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * {@return the parameters of a query, decoded; of a name that was given twice the first, none without a name}
     *
     * @param sent what stands behind the question mark; null when there is none
     * @throws IllegalArgumentException when a {@code %} is followed by no number
     */
    public static Map<String, String> query(String sent) {
        Map<String, String> query = new HashMap<>();
        for (String pair : Objects.requireNonNullElse(sent, "").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.putIfAbsent(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    /** {@return a parameter that is there and not empty} */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }
}
