package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.TaskRun;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Stdin;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the tasks of a phase: on every target that plays a role they are for, one after the other; one that is to run
 * {@code once} runs on the first such target, while the others wait.
 */
final class Tasks {
    private static final String UNDO = "undo ";

    private final Work work;
    private final Variables variables;
    private final Set<String> skipped;
    private final AtomicInteger sequence;
    private final Map<Target, Set<Ran>> done;
    private final Backups backups;
    private final TakenBack takenBack;
    private final String deployment;
    private final boolean back;

    /** A task of a release that ended well, also one that takes back another. */
    private record Ran(About about, String task) {}

    /**
     * The tasks of a deployment.
     *
     * @param states what was there before
     * @param skipped names of tasks that are left out
     */
    Tasks(Work work, Collection<TargetState> states, Variables variables, Set<String> skipped) {
        this(work, states, variables, skipped, work.commands().deployment());
    }

    /** @param deployment the id of the one that these belong to, where another one looks after it */
    Tasks(Work work, Collection<TargetState> states, Variables variables, Set<String> skipped, String deployment) {
        this.deployment = deployment;
        this.takenBack = TakenBack.of(
                work.ports(), work.configuration().app(), work.configuration().environment(), states);
        this.sequence = new AtomicInteger();
        this.done = new ConcurrentHashMap<>();
        this.backups = new Backups(work.configuration());
        this.work = work.heardBy(backups);
        this.variables = variables;
        this.skipped = Set.copyOf(skipped);
        this.back = false;
    }

    private Tasks(Tasks same, Variables variables, boolean back) {
        this.sequence = same.sequence;
        this.done = same.done;
        this.backups = same.backups;
        this.takenBack = same.takenBack;
        this.deployment = same.deployment;
        this.work = same.work;
        this.variables = variables;
        this.skipped = same.skipped;
        this.back = back;
    }

    /**
     * Runs the tasks of a phase of a release.
     *
     * @param targets where; usually all
     */
    void run(About about, Task.Phase phase, Collection<Target> targets) throws PhaseFailed, InterruptedException {
        List<Task> tasks = about.tasks(phase).stream()
                .filter(t -> !skipped.contains(t.name()))
                .toList();
        about.tasks(phase).stream()
                .filter(t -> skipped.contains(t.name()))
                .forEach(t -> work.log().say("Task " + t.name() + " is skipped."));
        run(about, tasks, targets);
    }

    /** {@return tasks of another release, with what that was made with} */
    Tasks of(About other) throws ProblemException {
        Variables theirs = Variables.resolve(other.variables(), work.ports().credentials());
        work.log().masking().addAll(Variables.secrets(other.variables(), theirs));
        return new Tasks(this, theirs, back);
    }

    /** {@return the same for the way back, on which tasks are started though those of the deployment were cancelled} */
    Tasks goingBack() {
        return new Tasks(this, variables, true);
    }

    /** Runs the commands that take back what tasks did. */
    void undo(About about, List<Task> tasks, Collection<Target> targets) throws PhaseFailed, InterruptedException {
        List<Task> undoing = new ArrayList<>();
        for (Task task : tasks) {
            task.undo()
                    .ifPresent(command -> undoing.add(
                            0,
                            new Task(
                                    UNDO + task.name(),
                                    command,
                                    task.at(),
                                    task.once(),
                                    task.on(),
                                    java.util.Optional.empty(),
                                    false,
                                    task.idempotent(),
                                    task.timeout())));
        }
        run(about, undoing, targets);
    }

    /** {@return the tasks that were taken back in this deployment, as people read them, by target} */
    Map<Target, List<String>> undone() {
        Map<Target, List<String>> undone = new LinkedHashMap<>();
        done.forEach((target, names) -> {
            List<String> some = names.stream()
                    .filter(ran -> ran.task().startsWith(UNDO))
                    .map(ran -> ran.task().substring(UNDO.length()) + " of "
                            + ran.about().label())
                    .sorted()
                    .toList();
            if (!some.isEmpty()) {
                undone.put(target, some);
            }
        });
        return undone;
    }

    /** {@return the copies of the data that tasks have made} */
    Backups backups() {
        return backups;
    }

    /** {@return what rollbacks have taken back, this one among them} */
    TakenBack takenBack() {
        return takenBack;
    }

    /** {@return those of some targets on which a task ended well in this deployment} */
    List<Target> whereDone(About about, Task task, Collection<Target> some) {
        return where(new Ran(about, task.name()), some);
    }

    /** {@return those of some targets on which a task was taken back in this deployment} */
    List<Target> whereUndone(About about, Task task, Collection<Target> some) {
        return where(new Ran(about, UNDO + task.name()), some);
    }

    private List<Target> where(Ran ran, Collection<Target> some) {
        return some.stream()
                .filter(t -> done.getOrDefault(t, Set.of()).contains(ran))
                .toList();
    }

    private void run(About about, List<Task> tasks, Collection<Target> targets)
            throws PhaseFailed, InterruptedException {
        List<Task> together = new ArrayList<>();
        for (Task task : tasks) {
            if (task.once()) {
                runTogether(about, together, targets);
                together.clear();
                List<Target> first = targets.stream()
                        .filter(t -> t.playsOneOf(task.on()))
                        .limit(1)
                        .toList();
                runTogether(about, List.of(task), first);
            } else {
                together.add(task);
            }
        }
        runTogether(about, together, targets);
    }

    /** Runs tasks that need not wait for other targets. */
    private void runTogether(About about, List<Task> tasks, Collection<Target> targets)
            throws PhaseFailed, InterruptedException {
        Map<Target, TaskRun> runs = new LinkedHashMap<>();
        Map<Target, List<Task>> byTarget = new LinkedHashMap<>();
        for (Target target : targets) {
            List<Task> mine =
                    tasks.stream().filter(t -> target.playsOneOf(t.on())).toList();
            if (!mine.isEmpty()) {
                byTarget.put(target, mine);
                runs.put(target, run(about, mine, target));
            }
        }
        if (!runs.isEmpty()) {
            try {
                new Supervision(
                                work,
                                byTarget,
                                (target, rest) -> run(about, rest, target),
                                (target, task) -> done(about, target, task))
                        .run(runs);
                if (work.rehearsal()) {
                    byTarget.forEach((target, mine) -> mine.forEach(task -> done(about, target, task.name())));
                }
            } finally {
                Map<Task, List<Target>> ran = new LinkedHashMap<>();
                tasks.forEach(task -> ran.put(task, whereDone(about, task, runs.keySet())));
                takenBack.ranAgain(deployment, about.release(), ran, work.log());
            }
        }
    }

    private void done(About about, Target target, String task) {
        done.computeIfAbsent(target, t -> ConcurrentHashMap.newKeySet()).add(new Ran(about, task));
        backups.ended(target, task);
    }

    private TaskRun run(About about, List<Task> tasks, Target target) {
        Stdin stdin = TaskRun.variables(variables.on(target, about));
        List<TaskRun.Step> steps = tasks.stream()
                .map(t -> new TaskRun.Step(t.name(), t.run(), t.timeout()))
                .toList();
        return new TaskRun(String.valueOf(sequence.incrementAndGet()), about.release(), steps, stdin, back);
    }

    /** {@return the names of tasks that a release has in any phase} */
    static Set<String> names(About about) {
        Set<String> names = new LinkedHashSet<>();
        about.tasks().forEach(t -> names.add(t.name()));
        return names;
    }
}
