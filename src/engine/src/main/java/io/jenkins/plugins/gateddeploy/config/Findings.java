package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The errors of a file. The same value is looked at once for each environment that it holds in, and is reported once.
 */
final class Findings {
    /** Nobody reads more at once, and a hostile file could make a hundred thousand. */
    private static final int MOST_SHOWN = 100;

    private static final int MOST_ITEMS = 1000;
    private static final int MOST_LISTED = 30;

    private final Set<Problem> problems = new LinkedHashSet<>();
    private int unseen;

    /** {@return whether more would not be shown anyway} */
    boolean full() {
        return problems.size() >= MOST_SHOWN;
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    void add(String id, Location where, String message, String mend) {
        Problem problem = Problem.error(id, message, mend, where);
        if (problems.size() < MOST_SHOWN) {
            problems.add(problem);
        } else if (!problems.contains(problem)) {
            unseen++;
        }
    }

    void add(String id, Place place, String message, String mend) {
        add(id, place.location(), place.path() + " " + message, mend);
    }

    void addAll(Findings others) {
        others.problems.forEach(p -> add(p.id(), p.location(), p.message(), p.mend()));
    }

    void unknownKey(Place place, String key, Collection<String> known, Map<String, String> hints) {
        String near = hints.getOrDefault(
                key, Nearest.to(key, known).map(k -> "Did you mean " + k + "? ").orElse(""));
        add("config.unknown-key", place, "is not a known key.", near + "Known here: " + list(known) + ".");
    }

    void missing(Place table, String key, String expected) {
        add("config.missing", table.absentKey(key), "is missing: expected " + expected + ".", "");
    }

    void type(Node node, String expected) {
        add("config.type", node.place(), "must be " + expected + ", but is " + node.kind() + ".", "");
    }

    void value(Node node, String expected, String found) {
        add("config.value", node.place(), "must be " + expected + ", but " + found + ".", "");
    }

    /** @throws ProblemException with everything that was found, in the order of the file, unless that is nothing */
    void throwAny() throws ProblemException {
        if (problems.isEmpty()) {
            return;
        }
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(
                Problem::location, Comparator.comparingInt(Location::line).thenComparingInt(Location::column)));
        if (unseen > 0) {
            Location file = new Location(sorted.get(0).location().file(), 0, 0);
            sorted.add(Problem.error(
                    "config.limit", "More errors follow: only the first " + MOST_SHOWN + " are shown.", "", file));
        }
        throw new ProblemException(sorted);
    }

    /** {@return whether a list or table is longer than any real one, which has then been reported} */
    boolean tooMany(Node node, int size) {
        if (size > MOST_ITEMS) {
            add("config.limit", node.place(), "has " + size + " items; at most " + MOST_ITEMS + " are read.", "");
        }
        return size > MOST_ITEMS;
    }

    /** {@return the words in alphabetical order, the first of them when there are many} */
    static String list(Collection<String> words) {
        String first = new TreeSet<>(words)
                .stream().limit(MOST_LISTED).map(Quoted::clip).collect(Collectors.joining(", "));
        return words.size() > MOST_LISTED ? first + ", …" : first;
    }
}
