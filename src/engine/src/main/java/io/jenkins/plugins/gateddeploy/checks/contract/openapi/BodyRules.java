package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** What stands in the bodies of requests and responses, and in the headers of responses. */
final class BodyRules {
    private final Sides sides;

    BodyRules(Sides sides) {
        this.sides = sides;
    }

    void requests(Node written, Node writtenNow, Direction direction, Place around)
            throws IOException, ProblemException, InterruptedException {
        Node before = sides.old().follow(written);
        Node after = sides.now().follow(writtenNow);
        Place place = around.part("request body", after);
        if (direction == Direction.SENT
                && after.get("required").isTrue()
                && !before.get("required").isTrue()) {
            sides.changes().breaks(Mend.OPTIONAL, place, before.isThere() ? "is now required" : "is new and required");
        }
        if (before.isThere() && !after.isThere()) {
            if (!writtenNow.isThere()) {
                sides.changes().breaks(Mend.ACCEPT, place, "is no longer there");
            }
            return;
        }
        content(before, after, direction, place);
    }

    void responses(Node before, Node after, Direction direction, Place around)
            throws IOException, ProblemException, InterruptedException {
        for (Map.Entry<String, Node> entry : before.entries().entrySet()) {
            String status = entry.getKey().toUpperCase(Locale.ROOT);
            if (status.startsWith("X-")) {
                continue;
            }
            Node writtenNow = forStatus(after, entry.getKey());
            Place place = around.part("response " + entry.getKey(), after);
            if (writtenNow.isThere()) {
                Node was = sides.old().follow(entry.getValue());
                Node is = sides.now().follow(writtenNow);
                if (was.isThere() && is.isThere()) {
                    Place there = around.part("response " + entry.getKey(), is);
                    content(was, is, direction, there);
                    headers(was.get("headers"), is.get("headers"), direction, there);
                }
            } else if (status.startsWith("2") && direction == Direction.READ) {
                sides.changes().breaks(Mend.ANSWER, place, "is no longer there");
            }
        }
    }

    /** A response of its own comes before that of its hundred, and that before the one for everything else. */
    private static Node forStatus(Node responses, String status) {
        Node own = responses.get(status);
        if (own.isThere() || status.equals("default") || status.length() != 3) {
            return own;
        }
        for (String name : new String[] {status.charAt(0) + "XX", status.charAt(0) + "xx", "default"}) {
            if (responses.get(name).isThere()) {
                return responses.get(name);
            }
        }
        return own;
    }

    private void content(Node before, Node after, Direction direction, Place place)
            throws IOException, ProblemException, InterruptedException {
        Map<String, Node> now = Sides.byMediaType(after.get("content"));
        Map<String, Node> was = Sides.byMediaType(before.get("content"));
        for (Map.Entry<String, Node> entry : was.entrySet()) {
            String type = entry.getKey();
            Node there = Sides.forType(now, type);
            Place part = was.size() == 1 ? place : place.part(type, there);
            if (there.isThere()) {
                sides.compare(entry.getValue().get("schema"), there.get("schema"), direction, part);
            } else {
                sides.changes()
                        .breaks(
                                direction == Direction.SENT ? Mend.ACCEPT : Mend.KEEP,
                                place,
                                direction == Direction.SENT
                                        ? "may no longer be " + type
                                        : "can no longer be had as " + type);
            }
        }
    }

    private void headers(Node before, Node after, Direction direction, Place place)
            throws IOException, ProblemException, InterruptedException {
        if (direction == Direction.SENT) {
            return;
        }
        Map<String, Node> now = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        now.putAll(after.entries());
        for (Map.Entry<String, Node> entry : before.entries().entrySet()) {
            Node was = sides.old().follow(entry.getValue());
            Node written = now.getOrDefault(entry.getKey(), Node.Missing.MISSING);
            Place part = place.part("header " + entry.getKey(), written);
            if (!written.isThere()) {
                header(was, part);
            } else {
                Node is = sides.now().follow(written);
                sides.compare(was.get("schema"), is.get("schema"), direction, part);
            }
        }
    }

    private void header(Node was, Place place) {
        if (was.get("required").isTrue()) {
            sides.changes().breaks(Mend.KEEP, place, "is no longer there");
        } else {
            sides.changes().worries(Mend.LOOK, place, "is no longer there");
        }
    }
}
