package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The properties of an object. */
final class ObjectRules {
    private final Schemas old;
    private final Schemas now;

    ObjectRules(Schemas old, Schemas now) {
        this.old = old;
        this.now = now;
    }

    void look(Pair pair, Place place, Visit visit) throws IOException, ProblemException, InterruptedException {
        Set<String> required = new LinkedHashSet<>(pair.wide().required());
        required.removeAll(pair.narrow().required());
        for (Map.Entry<String, List<Node>> entry : pair.old().properties().entrySet()) {
            String name = entry.getKey();
            List<Node> after = pair.now().properties().get(name);
            Schema before = old.of(entry.getValue());
            if (isOutside(before, pair)) {
                required.remove(name);
            } else if (after == null) {
                missing(pair, name, before, place, visit);
                required.remove(name);
            } else {
                Pair property = new Pair(before, now.of(after), pair.direction());
                visit.next(property, place.step("." + name, property.now()));
            }
        }
        for (String name : required) {
            becameRequired(pair, name, place, visit);
        }
        others(pair, place, visit);
    }

    /** What only the application sets is no matter for what is sent, and what only clients set none for what is read. */
    private static boolean isOutside(Schema property, Pair pair) {
        return property.says(pair.isSent() ? "readOnly" : "writeOnly", Node::isTrue);
    }

    private void becameRequired(Pair pair, String name, Place place, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        List<Node> after = pair.now().properties().get(name);
        boolean known = pair.old().properties().containsKey(name);
        if (after != null && isOutside(now.of(after), pair)) {
            return;
        }
        Place there = after == null ? place.step("." + name, pair.now()) : place.step("." + name, now.of(after));
        if (pair.isSent()) {
            visit.breaks(Mend.OPTIONAL, there, known ? "is now required" : "is new and required");
        } else {
            visit.breaks(Mend.ANSWER, there, "is no longer always there");
        }
    }

    /** A property that the new version does not name. */
    private void missing(Pair pair, String name, Schema before, Place place, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        Place there = place.step("." + name, pair.now());
        List<Node> others = pair.now().all("additionalProperties");
        List<Node> schemas = others.stream()
                .filter(Node.Table.class::isInstance)
                .filter(o -> !o.entries().isEmpty())
                .toList();
        if (!pair.isSent()) {
            if (schemas.isEmpty() || pair.old().required().contains(name)) {
                visit.breaks(Mend.KEEP, there, "is no longer there");
            } else {
                visit.next(new Pair(before, now.of(schemas), pair.direction()), there);
            }
        } else if (others.stream().anyMatch(Node::isFalse)) {
            visit.breaks(Mend.ACCEPT, there, "is no longer accepted");
        } else if (!schemas.isEmpty()) {
            visit.next(new Pair(before, now.of(schemas), pair.direction()), there);
        } else {
            visit.worries(Mend.LOOK, there, "is no longer named: what clients send there may be passed over");
        }
    }

    /** Properties without a name: the entries of a map. */
    private void others(Pair pair, Place place, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        List<Node> before = pair.old().all("additionalProperties");
        List<Node> after = pair.now().all("additionalProperties");
        boolean map = before.stream().anyMatch(o -> o.isTrue() || o instanceof Node.Table);
        boolean closed = after.stream().anyMatch(Node::isFalse);
        if (closed && map) {
            visit.breaks(
                    pair.isSent() ? Mend.ACCEPT : Mend.KEEP,
                    place,
                    pair.isSent() ? "accepts no other properties any more" : "has no other properties any more");
        } else if (closed && before.isEmpty() && pair.isSent()) {
            visit.worries(Mend.LOOK, place, "refuses properties that it does not name");
        } else if (!closed && before.stream().noneMatch(Node::isFalse) && hasSchema(before, after)) {
            Pair entries = new Pair(old.of(schemas(before)), now.of(schemas(after)), pair.direction());
            if (map || !pair.isSent()) {
                visit.next(entries, place.step(".*", entries.now()));
            } else if (!visit.fits(entries)) {
                visit.worries(Mend.LOOK, place, "has a rule for properties that it does not name");
            }
        }
    }

    private static boolean hasSchema(List<Node> before, List<Node> after) {
        return !schemas(before).isEmpty() || !schemas(after).isEmpty();
    }

    private static List<Node> schemas(List<Node> others) {
        return others.stream().filter(Node.Table.class::isInstance).toList();
    }
}
