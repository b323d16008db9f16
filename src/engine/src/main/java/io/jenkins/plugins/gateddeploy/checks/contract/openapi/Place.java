package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.Location;

/**
 * Where in an interface something is, for people.
 *
 * @param heading operation and part: {@code GET /pets, response 200}
 * @param around the value of which this is a part; null for the outermost
 * @param step from there to here: {@code .name}, {@code []}
 * @param schema the name of the shared schema that this is in; null for none
 * @param at the nearest that the new version has; null for none
 */
record Place(String heading, Place around, String step, String schema, Node.Table at) {
    /** Deep ones are ones in circles; their end says enough. */
    private static final int MOST_STEPS = 12;

    static Place of(String heading, Node at) {
        return new Place(heading, null, "", null, at instanceof Node.Table table ? table : null);
    }

    Place part(String name, Node at) {
        return new Place(heading + ", " + name, null, "", null, at instanceof Node.Table table ? table : this.at);
    }

    Place step(String to, Schema now) {
        Node.Table there = now.firstPart();
        return new Place(heading, this, to, now.name() == null ? schema : now.name(), there == null ? at : there);
    }

    /** {@return the beginning of a sentence about it} */
    String subject() {
        String path = path();
        return heading + ": " + (path.isEmpty() ? "it" : "`" + path + "`");
    }

    /** {@return the end of a sentence about it} */
    String also() {
        return schema == null ? "" : " (part of " + schema + ", wherever that is used)";
    }

    Location location(String file) {
        return at == null ? new Location(file, 0, 0) : new Location(at.source().path(), at.line(), 0);
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        int steps = 0;
        for (Place here = this; here != null && here.around != null; here = here.around) {
            if (steps++ == MOST_STEPS) {
                return "…" + path;
            }
            path.insert(0, here.step);
        }
        return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
    }
}
