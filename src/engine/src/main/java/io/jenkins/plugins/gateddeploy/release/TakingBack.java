package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
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

    /**
     * Says what is going to happen, and what is not.
     *
     * @param wanted whether tasks are taken back
     * @throws ProblemException when one cannot be, because the files of its release are gone; when nobody knows whether
     *     one has been
     */
    void announce(boolean wanted) throws ProblemException {
        TakenBack before = TakenBack.of(
                work.ports(),
                work.configuration().app(),
                work.configuration().environment(),
                releases.states().values());
        Undos undos = undos(before);
        List<Problem> refusals = wanted ? undos.refusals(skipped) : List.of();
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals);
        }
        undos.sentences(wanted, skipped).forEach(work.log()::say);
    }

    /** @param tasks those of this rollback */
    void run(Tasks tasks) throws PhaseFailed, InterruptedException {
        List<Undos.Undo> all = undos(tasks.takenBack()).possibleWithout(skipped);
        for (int i = 0; i < all.size(); i++) {
            Undos.Undo undo = all.get(i);
            work.log().say("Taking back " + undo.words());
            try {
                takeBack(tasks, undo);
            } catch (PhaseFailed e) {
                throw stopped(all, i, e);
            }
        }
    }

    private Undos undos(TakenBack before) {
        return Undos.of(releases, to, work.configuration(), before);
    }

    /** What is known of it is noted before and after, for whoever goes back next. */
    private void takeBack(Tasks tasks, Undos.Undo undo) throws PhaseFailed, InterruptedException {
        List<Target> where = work.targets().stream()
                .filter(t -> undo.where().open().contains(t.name()))
                .toList();
        About about = releases.about(undo.release()).orElseThrow();
        Task task = about.tasks().stream()
                .filter(t -> t.name().equals(undo.task()))
                .findFirst()
                .orElseThrow();
        Tasks theirs = of(tasks, about, where);
        TakenBack takenBack = tasks.takenBack();
        String deployment = work.commands().deployment();
        takenBack.note(deployment, TakenBack.Mark.BEGUN, about.release(), task, where);
        try {
            theirs.undo(about, List.of(task), where);
        } catch (PhaseFailed e) {
            Set<Target> failed = new LinkedHashSet<>(e.failures().keySet());
            failed.removeAll(e.unsure());
            takenBack.note(deployment, TakenBack.Mark.FAILED, about.release(), task, failed);
            throw e;
        } finally {
            takenBack.note(
                    deployment, TakenBack.Mark.DONE, about.release(), task, theirs.whereUndone(about, task, where));
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
        return new PhaseFailed(where.toString(), e.failures(), e.lockLost(), e.said(), e.unsure());
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
}
