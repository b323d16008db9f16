package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What rollbacks of an environment have taken back of what tasks did, so that nothing is taken back twice: the same undo
 * a second time would take back what an older release did. Kept in the events of those deployments, and on their targets
 * for other hosts when they end; of one that never ended, because its host died, that host alone knows. Used by one thread.
 */
final class TakenBack {
    private static final String NOTED = "Undo of ";

    /** The last that is known of an undo. */
    enum Mark {
        /** Written before it ran; when nothing follows, nobody knows whether it ended well. */
        BEGUN,
        DONE,
        /** It said itself that it failed, so it may be tried again. */
        FAILED,
        /** The task has run once more since. */
        OUTDATED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Mark> of(String word) {
            return Arrays.stream(values())
                    .filter(mark -> mark.word().equals(word))
                    .findFirst();
        }
    }

    /** Where a task did something. A task that runs once did it for all targets, whichever it ran on. */
    private record Place(String release, String task, String target) {
        static Place of(String release, Task task, Target target) {
            return new Place(release, task.name(), task.once() ? "" : target.name());
        }

        private String words() {
            return NOTED + task + " of " + release + (target.isEmpty() ? "" : " on " + target);
        }
    }

    /**
     * What is known of one place.
     *
     * @param by the deployment's id, or how people call it when this host has not its history
     */
    private record Known(Instant time, String place, Mark mark, String by) {}

    private final History history;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final SortedMap<String, String> told = new TreeMap<>();

    private TakenBack(History history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /**
     * {@return what the history of a host tells of an environment, and the targets of what other hosts did}
     *
     * @param states what is on the targets
     */
    static TakenBack of(Ports ports, String app, String environment, Collection<TargetState> states) {
        TakenBack takenBack = new TakenBack(ports.history(), ports.clock());
        List<Known> all = new ArrayList<>();
        ports.history().events(app, environment, NOTED).forEach(event -> read(event, all));
        states.stream()
                .flatMap(state -> state.entries().stream())
                .filter(entry -> !entry.undos().isEmpty())
                .filter(entry -> ports.history().find(entry.deployment()).isEmpty())
                .forEach(entry -> read(entry, all));
        all.sort(Comparator.comparing(Known::time));
        all.forEach(one -> takenBack.known.put(one.place(), one));
        return takenBack;
    }

    /** What an event says is its place in words and the mark, so that names need not be taken apart. */
    private static void read(Event event, List<Known> all) {
        int end = event.message().lastIndexOf(": ");
        if (end > 0) {
            Mark.of(event.message().substring(end + 2))
                    .ifPresent(mark -> all.add(
                            new Known(event.time(), event.message().substring(0, end), mark, event.deployment())));
        }
    }

    private static void read(Entry entry, List<Known> all) {
        String by = "#" + entry.number() + " of " + entry.host();
        entry.undos()
                .forEach((place, word) ->
                        Mark.of(word).ifPresent(mark -> all.add(new Known(entry.time(), place, mark, by))));
    }

    /** {@return what this deployment has noted, by place, in the words that the targets keep} */
    SortedMap<String, String> told() {
        return Collections.unmodifiableSortedMap(told);
    }

    /** {@return what is known of an undo; empty when it never began} */
    Optional<Mark> mark(String release, Task task, Target target) {
        return Optional.ofNullable(known.get(Place.of(release, task, target).words()))
                .map(Known::mark);
    }

    /** {@return the deployment that left that mark: {@code #4}, or {@code #4 of} and another host} */
    String by(String release, Task task, Target target) {
        return Optional.ofNullable(known.get(Place.of(release, task, target).words()))
                .map(k -> history.find(k.by())
                        .map(record -> "#" + record.number())
                        .orElse(k.by()))
                .orElse("another deployment");
    }

    /**
     * Notes how far the undo of a task is.
     *
     * @param deployment the id of the one that does it; when the history does not know it, nothing is kept
     * @param some where
     */
    void note(String deployment, Mark mark, String release, Task task, Collection<Target> some) {
        Set<String> places = some.stream()
                .map(target -> Place.of(release, task, target).words())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        if (places.isEmpty()) {
            return;
        }
        places.forEach(place -> {
            known.put(place, new Known(clock.instant(), place, mark, deployment));
            told.put(place, mark.word());
        });
        history.find(deployment).map(DeploymentRecord::state).ifPresent(state -> {
            State now = state.isFinal() ? State.DEPLOYING : state;
            places.forEach(
                    place -> history.event(new Event(deployment, clock.instant(), now, place + ": " + mark.word())));
        });
    }

    /**
     * Notes that tasks ran, so that what they did may be taken back again.
     *
     * @param log is told when that cannot be noted, which makes no deployment fail
     */
    void ranAgain(String deployment, String release, Map<Task, List<Target>> where, Log log) {
        where.forEach((task, targets) -> {
            List<Target> again = targets.stream()
                    .filter(target -> mark(release, task, target)
                            .filter(mark -> mark != Mark.OUTDATED)
                            .isPresent())
                    .toList();
            try {
                note(deployment, Mark.OUTDATED, release, task, again);
            } catch (HistoryException e) {
                log.say("That " + task.name() + " of " + release
                        + " ran again, and may be taken back again, is not noted: " + e.getMessage());
            }
        });
    }
}
