package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.OnFailure;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back what a deployment that failed, or was cancelled, has done so far: tasks that still run are ended, targets
 * that switched go back, what the release before needs to notice is told, the release that failed is removed.
 *
 * @param work the deployment
 * @param kind whether the release is new, and so goes
 * @param about the release that failed
 * @param states what was there before
 * @param tasks those of this deployment
 */
record Undoing(Work work, Kind kind, About about, Map<Target, TargetState> states, Tasks tasks) {

    /**
     * Goes as far as it can; what it cannot reach it says.
     *
     * @return the targets on which the release before is current again after having been switched away from
     */
    List<Target> undo() throws InterruptedException {
        List<Target> all = work.targets();
        List<String> ours = List.of(work.commands().token());
        report("ending tasks", work.persistently(all, t -> work.commands().cancel(ours)));
        if (work.configuration().onFailure() == OnFailure.STOP) {
            work.log().say("on_failure is stop: every target stays as it is.");
            return List.of();
        }
        Map<Target, Outcome> outcomes = work.persistently(
                all, t -> work.goBack(kind, about.release(), states.get(t).current()));
        report("going back", outcomes);
        work.sayUnrestored(outcomes);
        List<Target> returned = outcomes.entrySet().stream()
                .filter(e -> e.getValue() instanceof Outcome.Exited exited
                        && exited.code() == 0
                        && exited.stdout().contains("returned"))
                .map(Map.Entry::getKey)
                .toList();
        returned.forEach(t -> work.log()
                .say(
                        t,
                        "Back to "
                                + (states.get(t).current().isEmpty()
                                        ? "no release at all, as before"
                                        : states.get(t).currentRelease())));
        Tasks back = tasks.goingBack();
        undoTasks(back);
        wake(back, returned);
        return returned;
    }

    private void undoTasks(Tasks back) throws InterruptedException {
        if (kind == Kind.ROLLBACK) {
            tasks.undone()
                    .forEach((target, names) ->
                            work.log().say(target, "Taken back, and not done again: " + String.join(", ", names)));
            return;
        }
        List<Task> last = new ArrayList<>(about.tasks());
        Collections.reverse(last);
        for (Task task : last) {
            List<Target> where = task.undoOnFailure() ? tasks.whereDone(about, task, work.targets()) : List.of();
            try {
                back.undo(about, List.of(task), where);
            } catch (PhaseFailed e) {
                work.log().say("Undoing tasks: " + e.getMessage());
            }
        }
    }

    /** The release that is current again runs its tasks for after a switch: services hold the other one open. */
    private void wake(Tasks back, List<Target> returned) throws InterruptedException {
        Map<String, List<Target>> byRelease = new LinkedHashMap<>();
        for (Target target : returned) {
            if (!states.get(target).current().isEmpty()) {
                byRelease
                        .computeIfAbsent(states.get(target).currentRelease(), r -> new ArrayList<>())
                        .add(target);
            }
        }
        for (Map.Entry<String, List<Target>> entry : byRelease.entrySet()) {
            Optional<About> before = states.get(entry.getValue().get(0)).currentAbout();
            if (before.isEmpty()) {
                work.log().say("Release " + entry.getKey() + " was not made here; its services are not told.");
                continue;
            }
            try {
                back.of(before.get()).run(before.get(), Task.Phase.SWITCHED, entry.getValue());
            } catch (PhaseFailed | ProblemException e) {
                work.log().say("After going back: " + e.getMessage());
            }
        }
    }

    private void report(String doing, Map<Target, Outcome> outcomes) {
        outcomes.forEach((target, outcome) -> {
            if (!outcome.ok()) {
                work.log().say(target, doing + ": " + outcome.describe());
            }
        });
    }
}
