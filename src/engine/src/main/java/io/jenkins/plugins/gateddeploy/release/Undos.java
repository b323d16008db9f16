package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tasks of later releases have changed outside of these, seen from the one that is gone back to.
 *
 * @param tasks those that say how they are taken back and those that ran once and do not, newest first
 */
public record Undos(List<Undo> tasks) {
    public Undos {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task of a later release.
     *
     * @param release id of that release
     * @param label how people call the release
     * @param task name of the task
     * @param command takes it back, in that release; empty when nothing does
     * @param where on which targets that is still to be done
     */
    public record Undo(String release, String label, String task, Optional<String> command, Where where) {

        /** {@return as people read it: {@code migrate of v2 (php artisan migrate:rollback)}} */
        public String words() {
            return named() + command.map(c -> " (" + c + ")").orElse("");
        }

        /** {@return without the command: {@code migrate of v2}} */
        String named() {
            return task + " of " + label;
        }
    }

    /**
     * How the targets stand to the undo of one task.
     *
     * @param open names of those on which it is to be done
     * @param lost of these, those that have lost the files of its release, so that it cannot be done
     * @param unknown which deployment began it, and nobody knows how that ended: {@code #4}, {@code #4 on web-1}
     * @param done which deployment has done it already, likewise
     */
    public record Where(List<String> open, List<String> lost, List<String> unknown, List<String> done) {
        public Where {
            open = List.copyOf(open);
            lost = List.copyOf(lost);
            unknown = List.copyOf(unknown);
            done = List.copyOf(done);
        }
    }

    /**
     * {@return what going back could take back} A copy of the data is nothing that is to be taken back.
     *
     * @param releases what is on the targets
     * @param to id of the release that is gone back to
     * @param takenBack what rollbacks have taken back before
     */
    static Undos of(Releases releases, String to, Configuration configuration, TakenBack takenBack) {
        Optional<String> backup = configuration.checks().schema().map(DataSchema::backup);
        List<Undo> all = new ArrayList<>();
        for (About about : releases.after(to)) {
            List<Task> last = new ArrayList<>(about.tasks());
            Collections.reverse(last);
            last.stream()
                    .filter(task -> task.undo().isPresent() || task.once())
                    .filter(task -> !about.skipped().contains(task.name()))
                    .filter(task -> backup.filter(task.name()::equals).isEmpty())
                    .forEach(task -> all.add(new Undo(
                            about.release(),
                            about.label(),
                            task.name(),
                            task.undo(),
                            where(releases, about.release(), task, takenBack))));
        }
        return new Undos(all);
    }

    /** A target that stayed at an older release has nothing of a later one. */
    private static Where where(Releases releases, String release, Task task, TakenBack takenBack) {
        List<String> open = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        Map<String, List<String>> done = new LinkedHashMap<>();
        releases.states().forEach((target, state) -> {
            if (state.currentRelease().compareTo(release) < 0 || !target.playsOneOf(task.on())) {
                return;
            }
            Optional<TakenBack.Mark> mark = takenBack.mark(release, task, target);
            if (mark.filter(m -> m == TakenBack.Mark.DONE).isPresent()) {
                add(done, takenBack.by(release, task, target), target);
            } else if (mark.filter(m -> m == TakenBack.Mark.BEGUN).isPresent() && !task.idempotent()) {
                add(unknown, takenBack.by(release, task, target), target);
            } else {
                open.add(target.name());
                if (!state.releases().containsKey(release)) {
                    lost.add(target.name());
                }
            }
        });
        return new Where(open, lost, words(unknown, task), words(done, task));
    }

    private static void add(Map<String, List<String>> byDeployment, String deployment, Target target) {
        byDeployment.computeIfAbsent(deployment, d -> new ArrayList<>()).add(target.name());
    }

    private static List<String> words(Map<String, List<String>> byDeployment, Task task) {
        return byDeployment.entrySet().stream()
                .map(e -> task.once() ? e.getKey() : e.getKey() + " on " + String.join(", ", e.getValue()))
                .toList();
    }

    /** {@return those that can be taken back, newest first} */
    public List<Undo> possible() {
        return tasks.stream()
                .filter(t -> t.command().isPresent())
                .filter(t -> !t.where().open().isEmpty() || !t.where().unknown().isEmpty())
                .toList();
    }

    /** {@return those that ran once, and that nothing takes back, newest first} */
    public List<Undo> impossible() {
        return tasks.stream().filter(t -> t.command().isEmpty()).toList();
    }

    /** {@return those that a rollback takes back which leaves some tasks out by their names, newest first} */
    List<Undo> possibleWithout(Set<String> skipped) {
        return possible().stream().filter(t -> !skipped.contains(t.task())).toList();
    }

    /** {@return why a rollback that takes all of these back would be refused before it begins; empty when it would not} */
    public List<Problem> refusals() {
        return refusals(Set.of());
    }

    /** @param skipped names of tasks that are not taken back */
    List<Problem> refusals(Set<String> skipped) {
        List<String> gone = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Undo undo : possibleWithout(skipped)) {
            undo.where().lost().forEach(target -> gone.add(undo.named() + " on " + target));
            undo.where().unknown().forEach(by -> unknown.add(undo.words() + ", begun by " + by));
        }
        List<Problem> refusals = new ArrayList<>();
        if (!gone.isEmpty()) {
            refusals.add(Problem.error(
                    "release.undo-pruned",
                    "These tasks cannot be taken back, as the files of their releases are gone: "
                            + String.join(", ", gone) + ".",
                    "Go back without undo, and take back by hand what they did; or go back less far."));
        }
        if (!unknown.isEmpty()) {
            refusals.add(Problem.error(
                    "release.undo-unknown",
                    "Nobody knows whether these tasks were taken back: " + String.join("; ", unknown) + ".",
                    "Look at the data, take back by hand what is still there, and go back without undo, or skip these"
                            + " tasks."));
        }
        return refusals;
    }

    /**
     * {@return what a person should know before it begins, a sentence each}
     *
     * @param wanted whether tasks are taken back
     * @param skipped names of those that are not
     */
    List<String> sentences(boolean wanted, Set<String> skipped) {
        List<String> sentences = new ArrayList<>();
        List<Undo> now = wanted ? possibleWithout(skipped) : List.of();
        List<Undo> stay = new ArrayList<>(possible());
        stay.removeAll(now);
        if (!now.isEmpty()) {
            sentences.add("Taken back before the switch, one after the other: " + list(now) + ".");
        }
        if (!stay.isEmpty()) {
            sentences.add("What these tasks did stays, since "
                    + (wanted ? "they are to be skipped: " : "nobody asked to take them back: ") + list(stay) + ".");
        }
        tasks.forEach(undo -> undo.where()
                .done()
                .forEach(by -> sentences.add(undo.named() + " was taken back already by " + by + ".")));
        impossible()
                .forEach(undo -> sentences.add("Warning: " + undo.named()
                        + " ran once and says no undo; what it did stays. See that the release you go back to can work with"
                        + " that."));
        return sentences;
    }

    private static String list(List<Undo> some) {
        return some.stream().map(Undo::words).collect(Collectors.joining(", "));
    }
}
