package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tasks of later releases have changed outside of these, seen from the one that is gone back to.
 *
 * @param tasks those that say how they are taken back and those that ran once and do not, newest first
 */
public record Undos(List<Undo> tasks) {
    /** The task that copies the data, where deploy.toml does not say another name. */
    private static final String USUAL_BACKUP = "backup";

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
     */
    public record Undo(String release, String label, String task, Optional<String> command) {

        /** {@return as people read it: {@code migrate of v2 (php artisan migrate:rollback)}} */
        public String words() {
            return named() + command.map(c -> " (" + c + ")").orElse("");
        }

        /** {@return without the command: {@code migrate of v2}} */
        String named() {
            return task + " of " + label;
        }
    }

    /** A copy of the data is nothing that is to be taken back. */
    static Undos of(List<About> later, Configuration configuration) {
        Optional<String> backup = configuration.checks().schema().map(DataSchema::backup);
        return of(later, backup);
    }

    /**
     * {@return what they changed}
     *
     * @param later the releases that came later, newest first
     * @param backup the task that copies the data; empty for none
     */
    private static Undos of(List<About> later, Optional<String> backup) {
        List<Undo> all = new ArrayList<>();
        for (About about : later) {
            List<Task> last = new ArrayList<>(about.tasks());
            Collections.reverse(last);
            last.stream()
                    .filter(task -> task.undo().isPresent() || task.once())
                    .filter(task -> !about.skipped().contains(task.name()))
                    .filter(task -> backup.filter(task.name()::equals).isEmpty())
                    .forEach(task -> all.add(new Undo(about.release(), about.label(), task.name(), task.undo())));
        }
        return new Undos(all);
    }

    /**
     * {@return what going back to a release could take back, as far as the targets tell}
     *
     * @param seen what is on them
     * @param release id of the release that is gone back to
     */
    public static Undos of(Environment seen, String release) {
        String newest = seen.releases().stream()
                .filter(r -> !r.current().isEmpty())
                .map(Environment.Listed::release)
                .findFirst()
                .orElse("");
        List<About> later = seen.releases().stream()
                .filter(r -> r.release().compareTo(release) > 0 && r.release().compareTo(newest) <= 0)
                .filter(r -> r.succeeded() && !r.left())
                .flatMap(r -> r.about().stream())
                .toList();
        return of(later, Optional.of(USUAL_BACKUP));
    }

    /** {@return those that can be taken back, newest first} */
    public List<Undo> possible() {
        return tasks.stream().filter(t -> t.command().isPresent()).toList();
    }

    /** {@return those that ran once, and that nothing takes back, newest first} */
    public List<Undo> impossible() {
        return tasks.stream().filter(t -> t.command().isEmpty()).toList();
    }

    /** {@return those that a rollback takes back which leaves some tasks out by their names, newest first} */
    List<Undo> possibleWithout(Set<String> skipped) {
        return possible().stream().filter(t -> !skipped.contains(t.task())).toList();
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
