package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How clients have to log in: each way that was enough has to be enough. */
final class SecurityRules {
    private final Api old;
    private final Api now;
    private final Map<Node, List<Map<String, Set<String>>>> oldRead = new HashMap<>();
    private final Map<Node, List<Map<String, Set<String>>>> nowRead = new HashMap<>();

    SecurityRules(Api old, Api now) {
        this.old = old;
        this.now = now;
    }

    void compare(Node before, Node after, Place place, Changes changes)
            throws IOException, ProblemException, InterruptedException {
        List<Map<String, Set<String>>> ways = ways(now, after, nowRead);
        for (Map<String, Set<String>> known : ways(old, before, oldRead)) {
            if (ways.stream().noneMatch(way -> isEnough(known, way))) {
                String login = known.isEmpty() ? "no login" : "a login by " + String.join(" and ", known.keySet());
                changes.breaks(Mend.ACCEPT, place.part("security", after), "is no longer content with " + login);
            }
        }
    }

    private static boolean isEnough(Map<String, Set<String>> known, Map<String, Set<String>> needed) {
        return needed.entrySet().stream()
                .allMatch(n ->
                        known.containsKey(n.getKey()) && known.get(n.getKey()).containsAll(n.getValue()));
    }

    /** {@return the alternatives, each with the scopes by the scheme; one that needs nothing when none is written} */
    private static List<Map<String, Set<String>>> ways(
            Api api, Node operation, Map<Node, List<Map<String, Set<String>>>> read)
            throws IOException, ProblemException, InterruptedException {
        Node own = operation.get("security");
        Node written = own.isThere() ? own : api.root().get("security");
        List<Map<String, Set<String>>> known = read.get(written);
        if (known != null) {
            return known;
        }
        List<Map<String, Set<String>>> ways = new ArrayList<>();
        for (Node requirement : written.items()) {
            Map<String, Set<String>> schemes = new HashMap<>();
            for (Map.Entry<String, Node> scheme : requirement.entries().entrySet()) {
                Set<String> scopes = new HashSet<>();
                scheme.getValue().items().forEach(scope -> scope.text().ifPresent(scopes::add));
                schemes.put(scheme(api, scheme.getKey()), scopes);
            }
            ways.add(schemes);
        }
        List<Map<String, Set<String>>> found = ways.isEmpty() ? List.of(Map.of()) : List.copyOf(ways);
        read.put(written, found);
        return found;
    }

    /** What clients see of a scheme, which is not its name. */
    private static String scheme(Api api, String name) throws IOException, ProblemException, InterruptedException {
        Node scheme =
                api.follow(api.root().get("components").get("securitySchemes").get(name));
        return switch (scheme.get("type").text().orElse("")) {
            case "apiKey" -> "the key " + text(scheme, "name") + " in the " + text(scheme, "in");
            case "http" -> "HTTP " + text(scheme, "scheme");
            case "oauth2" -> "OAuth 2";
            case "openIdConnect" -> "OpenID Connect";
            case "mutualTLS" -> "a certificate";
            default -> name;
        };
    }

    private static String text(Node node, String key) {
        return node.get(key).text().orElse("").toLowerCase(java.util.Locale.ROOT);
    }
}
