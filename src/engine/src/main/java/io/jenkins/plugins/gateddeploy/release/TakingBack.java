package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes back what the tasks of later releases did, before a rollback switches: newest first, each in its own release,
 * which knows how. The first that fails ends it, since those after it may build on it.
 *
 * @param work the rollback
 * @param releases what is on the targets
 * @param to id of the release that is gone back to
 * @param skipped names of tasks that are not taken back
 */
record TakingBack(Work work, Releases releases, String to, Set<String> skipped) {

    Undos undos() {
        return Undos.of(releases.after(to), work.configuration());
    }

    /**
     * Says what is going to happen, and what is not.
     *
     * @param wanted whether tasks are taken back
     * @throws ProblemException when one cannot be, because the files of its release are gone
     */
    void announce(boolean wanted) throws ProblemException {
        Undos undos = undos();
        List<String> gone = new ArrayList<>();
        if (wanted) {
            for (Undos.Undo undo : undos.possibleWithout(skipped)) {
                missing(undo).forEach(t -> gone.add(undo.named() + " on " + t.name()));
            }
        }
        if (!gone.isEmpty()) {
            throw new ProblemException(
                    "release.undo-pruned",
                    "These tasks cannot be taken back, as the files of their releases are gone: "
                            + String.join(", ", gone) + ".",
                    "Go back without undo, and take back by hand what they did; or go back less far.");
        }
        undos.sentences(wanted, skipped).forEach(work.log()::say);
    }

    /** @param tasks those of this rollback */
    void run(Tasks tasks) throws PhaseFailed, InterruptedException {
        List<Undos.Undo> all = undos().possibleWithout(skipped);
        for (int i = 0; i < all.size(); i++) {
            Undos.Undo undo = all.get(i);
            List<Target> where = having(undo);
            work.log().say("Taking back " + undo.words());
            try {
                About about = releases.about(undo.release()).orElseThrow();
                List<Task> one = about.tasks().stream()
                        .filter(t -> t.name().equals(undo.task()))
                        .toList();
                of(tasks, about, where).undo(about, one, where);
            } catch (PhaseFailed e) {
                throw stopped(all, i, e);
            }
        }
    }

    /** Those after it are not begun; those before it are done, and the release that needs them is still current. */
    private PhaseFailed stopped(List<Undos.Undo> all, int at, PhaseFailed e) {
        StringBuilder where = new StringBuilder("Taking back " + all.get(at).named());
        if (at > 0) {
            where.append(" (taken back before it: ")
                    .append(named(all.subList(0, at)))
                    .append(')');
        }
        if (at + 1 < all.size()) {
            where.append(" (not begun: ")
                    .append(named(all.subList(at + 1, all.size())))
                    .append(')');
        }
        work.log()
                .say("Nothing was switched: " + String.join(", ", releases.current())
                        + " stays current. Look at the data before you go on: what was taken back is not done again.");
        Set<Target> said = new LinkedHashSet<>(e.failures().keySet());
        said.removeAll(e.unsaid().keySet());
        return new PhaseFailed(where.toString(), e.failures(), e.lockLost(), said);
    }

    private static String named(List<Undos.Undo> some) {
        return some.stream().map(Undos.Undo::named).collect(Collectors.joining(", "));
    }

    private Tasks of(Tasks tasks, About about, List<Target> where) throws PhaseFailed {
        try {
            return tasks.of(about);
        } catch (ProblemException e) {
            Map<Target, String> failures = new LinkedHashMap<>();
            where.forEach(t -> failures.put(t, e.getMessage()));
            throw new PhaseFailed("Taking back tasks", failures, false);
        }
    }

    /** {@return the targets on which the release was current, or came before what is} */
    private List<Target> having(Undos.Undo undo) {
        return concerned(undo).stream()
                .filter(t -> releases.states().get(t).releases().containsKey(undo.release()))
                .toList();
    }

    private List<Target> missing(Undos.Undo undo) {
        return concerned(undo).stream()
                .filter(t -> !releases.states().get(t).releases().containsKey(undo.release()))
                .toList();
    }

    /** A target that stayed at an older release has nothing of a later one. */
    private List<Target> concerned(Undos.Undo undo) {
        return releases.states().entrySet().stream()
                .filter(e -> e.getValue().currentRelease().compareTo(undo.release()) >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }
}
