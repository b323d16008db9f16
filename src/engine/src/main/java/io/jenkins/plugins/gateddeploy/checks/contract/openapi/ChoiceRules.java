package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Choices ({@code oneOf}, {@code anyOf}): for each alternative of the narrow schema the wide one needs one that it fits.
 * Where both have as many choices, each is compared with its counterpart, and what stands beside them by itself. Otherwise an
 * alternative is taken together with what stands beside it.
 */
final class ChoiceRules {
    /** Each is compared with each when their names do not tell which belong together. */
    private static final int MOST_ALTERNATIVES = 2000;

    private static final Set<String> WITHOUT_RULES = Set.of("description", "title", "example", "examples", "default");

    private final Schemas old;
    private final Schemas now;

    ChoiceRules(Schemas old, Schemas now) {
        this.old = old;
        this.now = now;
    }

    /** {@return whether the schemas are to be compared by what stands beside their choices} */
    boolean look(Pair pair, Place place, Visit visit) throws IOException, ProblemException, InterruptedException {
        List<Node.Items> narrow = pair.narrow().choices();
        List<Node.Items> wide = pair.wide().choices();
        if (narrow.size() == wide.size()) {
            for (int i = 0; i < narrow.size(); i++) {
                List<Alternative> alternatives = alone(wide.get(i), wideSide(pair));
                match(pair, withoutNull(pair, alone(narrow.get(i), narrowSide(pair))), alternatives, place, visit);
                nulls(pair, alternatives, place, visit);
            }
            discriminators(pair, place, visit);
            return true;
        }
        if (isCovered(pair, visit)) {
            return true;
        }
        if (narrow.size() > wide.size()) {
            everyAlternative(pair, narrow.get(0), place, visit);
        } else {
            match(pair, byType(pair), together(pair.wide(), wide.get(0), wideSide(pair)), place, visit);
        }
        return false;
    }

    /** {@return whether each choice of the wide schema asks no more than some choice of the narrow one} */
    private boolean isCovered(Pair pair, Visit visit) throws IOException, ProblemException, InterruptedException {
        if (pair.narrow().choices().isEmpty()) {
            return false;
        }
        for (Node.Items choice : pair.wide().choices()) {
            List<Alternative> wide = alone(choice, wideSide(pair));
            boolean covered = false;
            for (Node.Items candidate : pair.narrow().choices()) {
                covered = covered || fitAny(pair, alone(candidate, narrowSide(pair)), wide, visit);
            }
            if (!covered) {
                return false;
            }
        }
        return !pair.wide().choices().isEmpty();
    }

    private static boolean fitAny(Pair pair, List<Alternative> narrow, List<Alternative> wide, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        for (Alternative alternative : narrow) {
            if (!fitsAny(pair, alternative, wide, visit)) {
                return false;
            }
        }
        return true;
    }

    /** The wide schema has to take each of the narrow one's. */
    private void everyAlternative(Pair pair, Node.Items choice, Place place, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        for (Alternative alternative : together(pair.narrow(), choice, narrowSide(pair))) {
            Pair one = pair.of(alternative.schema(), pair.wide());
            if (pair.isSent() || visit.fits(one)) {
                visit.next(one, place.step("", one.now()));
            } else {
                visit.breaks(Mend.ANSWER, place, "may now be " + alternative.words());
            }
        }
    }

    private void match(Pair pair, List<Alternative> narrow, List<Alternative> wide, Place place, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        List<Alternative> unmatched = new ArrayList<>();
        List<Alternative> free = new ArrayList<>(wide);
        for (Alternative alternative : narrow) {
            Alternative same = Alternative.withName(alternative, narrow, wide);
            if (same == null) {
                unmatched.add(alternative);
            } else {
                free.remove(same);
                Pair one = pair.of(alternative.schema(), same.schema());
                visit.next(one, place.step("", one.now()));
            }
        }
        for (Alternative alternative : unmatched) {
            if (!fitsAny(pair, alternative, wide, visit)) {
                lost(pair, alternative, free, place, visit);
            }
        }
    }

    private static boolean fitsAny(Pair pair, Alternative alternative, List<Alternative> wide, Visit visit)
            throws IOException, ProblemException, InterruptedException {
        for (Alternative candidate : wide) {
            if (visit.fits(pair.of(alternative.schema(), candidate.schema()))) {
                return true;
            }
        }
        return false;
    }

    /** Says in detail what is wrong when there is only one that may have been meant. */
    private static void lost(Pair pair, Alternative alternative, List<Alternative> free, Place place, Visit visit) {
        List<Alternative> meant = free.stream().filter(alternative::mayBe).toList();
        if (meant.size() == 1) {
            Pair one = pair.of(alternative.schema(), meant.get(0).schema());
            visit.next(one, place.step("", one.now()));
        } else if (pair.isSent()) {
            visit.breaks(Mend.ACCEPT, place, "may no longer be " + alternative.words());
        } else if (pair.old().choices().isEmpty() || isReplaced(alternative, free)) {
            visit.breaks(Mend.ANSWER, place, "may now be " + alternative.words());
        } else {
            // Readers of a choice are expected to bear a new alternative, as with a new value of an enumeration.
            visit.worries(Mend.LOOK, place, "may now be " + alternative.words());
        }
    }

    /** One without a name came and another one went. */
    private static boolean isReplaced(Alternative alternative, List<Alternative> free) {
        return alternative.name().isEmpty()
                && free.stream().anyMatch(gone -> gone.name().isEmpty());
    }

    /** Null may be an alternative in the one version, and stand beside the choice in the other. */
    private static List<Alternative> withoutNull(Pair pair, List<Alternative> narrow) {
        return pair.wide().says("nullable", Node::isTrue)
                ? narrow.stream()
                        .filter(a -> !a.schema().types().equals(Types.NULL))
                        .toList()
                : narrow;
    }

    /** What stands beside a choice may allow null besides what the choice does. */
    private static void nulls(Pair pair, List<Alternative> wide, Place place, Visit visit) {
        boolean narrow = pair.narrow().says("nullable", Node::isTrue);
        if (narrow
                && !pair.wide().says("nullable", Node::isTrue)
                && wide.stream().noneMatch(a -> a.schema().types().meets(Types.NULL))) {
            visit.breaks(
                    pair.isSent() ? Mend.ACCEPT : Mend.ANSWER,
                    place,
                    pair.isSent() ? "may no longer be null" : "may now be null");
        }
    }

    private static void discriminators(Pair pair, Place place, Visit visit) {
        Node before = pair.old().first("discriminator");
        Node after = pair.now().first("discriminator");
        String name = before.get("propertyName").text().orElse("");
        if (after.isThere()
                && before.isThere()
                && !after.get("propertyName").text().orElse("").equals(name)) {
            visit.breaks(
                    pair.isSent() ? Mend.ACCEPT : Mend.ANSWER,
                    place,
                    "is told apart by the property "
                            + after.get("propertyName").text().orElse("") + ", before by " + name);
        }
        for (String value : before.get("mapping").entries().keySet()) {
            if (pair.isSent()
                    && after.get("mapping").isThere()
                    && !after.get("mapping").get(value).isThere()) {
                visit.breaks(Mend.ACCEPT, place, "may no longer have \"" + value + "\" as its " + name);
            }
        }
    }

    private Schemas narrowSide(Pair pair) {
        return pair.isSent() ? old : now;
    }

    private Schemas wideSide(Pair pair) {
        return pair.isSent() ? now : old;
    }

    private static List<Alternative> alone(Node.Items choice, Schemas schemas)
            throws IOException, ProblemException, InterruptedException {
        List<Alternative> alternatives = new ArrayList<>();
        for (Node node : items(choice)) {
            alternatives.add(Alternative.of(node, schemas.of(node)));
        }
        return alternatives;
    }

    private static List<Alternative> together(Schema schema, Node.Items choice, Schemas schemas)
            throws IOException, ProblemException, InterruptedException {
        List<Alternative> alternatives = new ArrayList<>();
        for (Node node : items(choice)) {
            alternatives.add(Alternative.of(node, schemas.choose(schema, choice, node)));
        }
        return alternatives;
    }

    /** {@return the alternatives; those of a choice that is one of them, and nothing else, are its own} */
    private static List<Node> items(Node.Items choice) throws ProblemException {
        List<Node> alternatives = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(choice.items());
        int looked = 0;
        while (!open.isEmpty()) {
            Node next = open.poll();
            Node inner = choiceAlone(next);
            if (inner.isThere()) {
                inner.items().forEach(open::addFirst);
            } else {
                alternatives.add(next);
            }
            if (++looked > MOST_ALTERNATIVES) {
                throw Budget.exceeded("a choice has more than " + MOST_ALTERNATIVES + " alternatives");
            }
        }
        return alternatives;
    }

    private static Node choiceAlone(Node schema) {
        long rules = schema.entries().keySet().stream()
                .filter(key -> !WITHOUT_RULES.contains(key) && !key.startsWith("x-"))
                .count();
        if (rules != 1) {
            return Node.Missing.MISSING;
        }
        return schema.get("oneOf").isThere() ? schema.get("oneOf") : schema.get("anyOf");
    }

    /** A schema without a choice that may be null or something else is a choice too. */
    private List<Alternative> byType(Pair pair) throws IOException, ProblemException, InterruptedException {
        Schema narrow = pair.narrow();
        List<Types> each = narrow.types().each();
        if (each.size() < 2
                || narrow.types().equals(Types.ALL)
                || !narrow.choices().isEmpty()) {
            return List.of(Alternative.unnamed(narrow));
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (Types types : each) {
            alternatives.add(Alternative.unnamed(narrowSide(pair).only(narrow, types)));
        }
        return alternatives;
    }
}
