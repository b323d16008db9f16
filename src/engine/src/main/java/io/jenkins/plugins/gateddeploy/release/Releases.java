package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The releases of an environment, seen over all its targets.
 *
 * @param states by target, with every release described
 */
record Releases(Map<Target, TargetState> states) {

    /** What people call the release that was current before. */
    static final String PREVIOUS = "previous";

    /** {@return ids of releases that were confirmed on some target and are still there, oldest first} */
    NavigableSet<String> available() {
        NavigableSet<String> all = new TreeSet<>();
        states.values()
                .forEach(s -> s.releases().forEach((release, standing) -> {
                    if (standing == TargetState.Standing.SUCCEEDED) {
                        all.add(release);
                    }
                }));
        return all;
    }

    /** {@return the targets that have a release, whole and confirmed} */
    List<Target> having(String release) {
        return states.entrySet().stream()
                .filter(e -> e.getValue().hasSucceeded(release))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** {@return what is known of a release} */
    Optional<About> about(String release) {
        return states.values().stream()
                .map(s -> s.abouts().get(release))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    /** {@return the releases that are current somewhere} */
    Set<String> current() {
        return states.values().stream()
                .map(TargetState::currentRelease)
                .filter(r -> !r.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return every deployment that ended on some target, once, oldest first} */
    List<Entry> entries() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        states.values().stream()
                .flatMap(s -> s.entries().stream())
                .forEach(e -> entries.putIfAbsent(e.deployment(), e));
        // Each got a number above all that its targets knew of, whatever the clocks of their hosts said.
        return entries.values().stream()
                .sorted(Comparator.comparingInt(Entry::number).thenComparing(Entry::time))
                .toList();
    }

    /**
     * {@return where one goes back to: the release that was current before, and that nobody has rolled back from
     * since; nothing when it is no longer there}
     */
    Optional<String> previous() {
        Set<String> available = available();
        return succession().before(current()).stream()
                .filter(available::contains)
                .findFirst();
    }

    /** {@return releases that were left by a rollback and did not become current again} */
    Set<String> left() {
        return succession().left();
    }

    /** {@return the releases from the current ones back to one, without that, newest first, as far as they are known} */
    List<About> after(String release) {
        Set<String> current = current();
        NavigableSet<String> later = new TreeSet<>(succession().line());
        later.addAll(current);
        String newest = current.isEmpty() ? release : Collections.max(current);
        return later.descendingSet().stream()
                .filter(r -> r.compareTo(release) > 0 && r.compareTo(newest) <= 0)
                .flatMap(r -> about(r).stream())
                .toList();
    }

    private Succession succession() {
        return Succession.of(entries(), available());
    }

    /**
     * {@return the id of the release that is meant}
     *
     * @param wanted {@code previous}, a release id, a tag, a commit (at least 4 digits) or {@code #} and a number
     * @throws ProblemException when none is, or more than one
     */
    String find(String wanted) throws ProblemException {
        if (wanted.equals(PREVIOUS)) {
            return previous().orElseThrow(this::nothingBefore);
        }
        if (ReleaseId.isOne(wanted)) {
            return wanted;
        }
        Set<String> found = wanted.startsWith("#") ? ofDeployment(wanted.substring(1)) : named(wanted);
        if (found.isEmpty()) {
            throw new ProblemException(
                    "release.unknown",
                    "No release matches \"" + wanted + "\"" + (wanted.startsWith("#") ? failed(wanted) : "") + ".",
                    choices());
        }
        return newest(found);
    }

    /** A commit may have been deployed several times: what is still there goes first, then what is newer. */
    private String newest(Set<String> found) {
        List<String> there = new ArrayList<>(found);
        there.retainAll(available());
        return Collections.max(there.isEmpty() ? found : there);
    }

    private Set<String> ofDeployment(String number) {
        return states.values().stream()
                .flatMap(s -> s.entries().stream())
                .filter(e -> String.valueOf(e.number()).equals(number))
                .filter(e -> e.outcome().equals(State.SUCCEEDED.name()))
                .map(Entry::release)
                .collect(Collectors.toSet());
    }

    /** {@return why a deployment that the targets know of is none to go back to} */
    private String failed(String wanted) {
        return states.values().stream()
                .flatMap(s -> s.entries().stream())
                .filter(e -> wanted.equals("#" + e.number()))
                .findFirst()
                .map(e -> ": that deployment did not succeed (" + e.outcome() + ")")
                .orElse("");
    }

    private Set<String> named(String wanted) throws ProblemException {
        Map<String, String> commits = states.values().stream()
                .flatMap(s -> s.abouts().values().stream())
                .filter(a -> a.tag().equals(wanted)
                        || a.ref().equals(wanted)
                        || (wanted.matches("[0-9a-f]{4,64}") && a.commit().startsWith(wanted)))
                .collect(Collectors.toMap(About::release, About::commit, (a, b) -> a));
        boolean isHash = wanted.matches("[0-9a-f]{4,64}");
        if (isHash && Set.copyOf(commits.values()).size() > 1) {
            throw new ProblemException(
                    "release.ambiguous",
                    "\"" + wanted + "\" is the beginning of several commits: "
                            + String.join(", ", new TreeSet<>(commits.values())) + ".",
                    "Give more digits, or a release id.");
        }
        return commits.keySet();
    }

    private ProblemException nothingBefore() {
        Set<String> current = current();
        String found = current.isEmpty()
                ? "no release is current on any target"
                : current.stream().map(this::described).collect(Collectors.joining(" and "))
                        + (current.size() == 1 ? " is current" : " are current");
        String others = others().isEmpty()
                ? ", and no target has another release that was confirmed."
                : ", and the other releases came later, or somebody went back from them.";
        return new ProblemException(
                "release.no-previous", "There is nothing to go back to: " + found + others, choices());
    }

    /** {@return in words, which releases one may go to} */
    String choices() {
        NavigableSet<String> others = others();
        if (others.isEmpty()) {
            return "Deploy a version: there is no other release to go to.";
        }
        return "Choose one of: "
                + others.descendingSet().stream().map(this::described).collect(Collectors.joining(", ")) + ".";
    }

    /** What is current everywhere is no place to go to. */
    private NavigableSet<String> others() {
        NavigableSet<String> others = available();
        states.values().stream()
                .map(TargetState::currentRelease)
                .reduce((a, b) -> a.equals(b) ? a : "")
                .ifPresent(others::remove);
        return others;
    }

    private String described(String release) {
        List<String> known = new ArrayList<>();
        about(release).map(About::label).ifPresent(known::add);
        if (left().contains(release)) {
            known.add("somebody went back from it");
        }
        return known.isEmpty() ? release : release + " (" + String.join("; ", known) + ")";
    }
}
