package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Both versions, and where what is found about them goes. */
record Sides(Api old, Api now, SchemaComparison schemas, Changes changes) {

    /** Compares what two places say about a value; a schema that is not written allows everything. */
    void compare(Node before, Node after, Direction direction, Place place)
            throws IOException, ProblemException, InterruptedException {
        if (before.isThere() || after.isThere()) {
            Pair pair = new Pair(schemas.old().of(before), schemas.now().of(after), direction);
            schemas.compare(pair, place.step("", pair.now()), changes);
        }
    }

    /** {@return what stands for each media type, by the type without its parameters} */
    static Map<String, Node> byMediaType(Node content) {
        Map<String, Node> types = new TreeMap<>();
        content.entries().forEach((type, value) -> types.putIfAbsent(mediaType(type), value));
        return types;
    }

    private static String mediaType(String written) {
        int parameters = written.indexOf(';');
        return (parameters < 0 ? written : written.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** {@return what stands for a media type, or for a range that it is in; {@link Node.Missing} when nothing does} */
    static Node forType(Map<String, Node> types, String type) {
        int slash = type.indexOf('/');
        String range = slash < 0 ? type : type.substring(0, slash) + "/*";
        return types.getOrDefault(type, types.getOrDefault(range, types.getOrDefault("*/*", Node.Missing.MISSING)));
    }
}
