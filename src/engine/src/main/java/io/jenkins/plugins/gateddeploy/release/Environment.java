package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What is on the targets of an environment.
 *
 * @param targets what each has, in the order of the environment
 * @param releases every release that is on some target, newest first
 * @param deployments what ended on some target, newest first
 * @param ends every line that tells of one, by the target that has it, oldest first
 * @param undos what going back could take back, by the id of the release that is gone back to
 */
public record Environment(
        List<OnTarget> targets,
        List<Listed> releases,
        List<Entry> deployments,
        Map<String, List<Entry>> ends,
        Map<String, Undos> undos) {
    /** One from which nobody goes back. */
    public Environment(
            List<OnTarget> targets, List<Listed> releases, List<Entry> deployments, Map<String, List<Entry>> ends) {
        this(targets, releases, deployments, ends, Map.of());
    }

    /** One of which nobody asks what each target tells. */
    public Environment(List<OnTarget> targets, List<Listed> releases, List<Entry> deployments) {
        this(targets, releases, deployments, Map.of());
    }

    /**
     * What is on one target.
     *
     * @param target its name
     * @param current id of the release that is current; empty for none
     * @param holder who has the lock, in words; empty when nobody does
     * @param failure why nothing can be told; empty when it can
     */
    public record OnTarget(String target, String current, String holder, String failure) {}

    /**
     * A release.
     *
     * @param release its id
     * @param about what is known of it; empty when somebody else made it
     * @param current targets on which it is current
     * @param on targets that have it
     * @param previous whether a rollback to {@code previous} would go here
     * @param left whether somebody went back from it, and it did not become current again
     * @param succeeded whether it was confirmed on some target
     */
    public record Listed(
            String release,
            Optional<About> about,
            List<String> current,
            List<String> on,
            boolean previous,
            boolean left,
            boolean succeeded) {}

    /**
     * {@return what was found}
     *
     * @param lease after which the holder of a lock that gives no sign counts as gone
     * @param undoing what going back to a release could take back
     */
    static Environment of(Looked looked, Duration lease, BiFunction<Releases, String, Undos> undoing) {
        Map<Target, TargetState> states = looked.states();
        Map<Target, String> failures = looked.failures();
        Releases releases = new Releases(states);
        Optional<String> previous = releases.previous();
        Set<String> left = releases.left();
        List<OnTarget> targets = new ArrayList<>();
        states.forEach((target, state) -> targets.add(new OnTarget(
                target.name(),
                state.currentRelease(),
                state.lock().map(lock -> lock.words(lease)).orElse(""),
                state.blocked() ? "current is a real directory" : "")));
        failures.forEach((target, failure) -> targets.add(new OnTarget(target.name(), "", "", failure)));

        Map<String, List<String>> on = new java.util.TreeMap<>(java.util.Comparator.reverseOrder());
        states.forEach((target, state) -> state.releases()
                .keySet()
                .forEach(release ->
                        on.computeIfAbsent(release, r -> new ArrayList<>()).add(target.name())));
        List<Listed> listed = new ArrayList<>();
        on.forEach((release, names) -> listed.add(new Listed(
                release,
                releases.about(release),
                states.entrySet().stream()
                        .filter(e -> e.getValue().currentRelease().equals(release))
                        .map(e -> e.getKey().name())
                        .toList(),
                names,
                previous.isPresent() && previous.get().equals(release),
                left.contains(release),
                releases.available().contains(release))));
        List<Entry> deployments = new ArrayList<>(releases.entries());
        java.util.Collections.reverse(deployments);
        Map<String, List<Entry>> ends = new LinkedHashMap<>();
        states.forEach((target, state) -> ends.put(target.name(), List.copyOf(state.entries())));
        Map<String, Undos> undos = new HashMap<>();
        // Also of releases whose files are gone, and that can be made again of their commits.
        Stream.concat(on.keySet().stream(), deployments.stream().map(Entry::release))
                .filter(ReleaseId::isOne)
                .forEach(release -> undos.computeIfAbsent(release, r -> undoing.apply(releases, r)));
        return new Environment(List.copyOf(targets), listed, List.copyOf(deployments), ends, undos);
    }

    /** {@return whether the same release is current on every target, and every target could be looked at} */
    public boolean isUniform() {
        return targets.stream().allMatch(t -> t.failure().isEmpty())
                && targets.stream().map(OnTarget::current).distinct().count() == 1;
    }
}
