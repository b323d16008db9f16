package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.Collections;
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

    /** {@return the newest release that is older than everything that is current} */
    Optional<String> previous() {
        Set<String> current = current();
        NavigableSet<String> available = available();
        available.removeAll(current);
        return current.isEmpty()
                ? Optional.ofNullable(available.isEmpty() ? null : available.last())
                : Optional.ofNullable(available.lower(Collections.min(current)));
    }

    /**
     * {@return the id of the release that is meant}
     *
     * @param wanted {@code previous}, a release id, a tag, a commit (at least 4 digits) or {@code #} and a number
     * @throws ProblemException when none is, or more than one
     */
    String find(String wanted) throws ProblemException {
        if (wanted.equals("previous")) {
            return previous()
                    .orElseThrow(() -> new ProblemException(
                            "release.no-previous",
                            "There is no release before the current one (" + String.join(", ", current()) + ").",
                            choices()));
        }
        if (ReleaseId.isOne(wanted)) {
            return wanted;
        }
        Set<String> found = wanted.startsWith("#") ? ofDeployment(wanted.substring(1)) : named(wanted);
        if (found.isEmpty()) {
            throw new ProblemException("release.unknown", "No release matches \"" + wanted + "\".", choices());
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
                .map(Entry::release)
                .collect(Collectors.toSet());
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

    private String choices() {
        NavigableSet<String> available = available();
        if (available.isEmpty()) {
            return "No release has succeeded here yet.";
        }
        return "Choose one of: "
                + available.descendingSet().stream()
                        .map(r -> r + about(r).map(a -> " (" + a.label() + ")").orElse(""))
                        .collect(Collectors.joining(", "))
                + ".";
    }
}
