package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.TaskRun;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Starts one supervised run a target and stays with it until it has ended, through lost connections: a run goes on
 * without us, and is followed again from the byte where it was lost.
 */
final class Supervision {
    private static final int TASK_FAILED = 70;
    private static final int CANCELLED = 71;
    private static final int UNKNOWN = 76;
    private static final int NOT_STARTED = 77;
    /** The exit code of timeout(1) when it ended the command; 137 when it had to kill it. */
    private static final int TIMED_OUT = 124;

    private static final Duration PAUSE = Duration.ofMillis(300);
    /** How much later than it happened on the target the beginning of a task may be heard of here. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final Work work;
    private final Map<Target, List<Task>> tasks;
    private final BiFunction<Target, List<Task>, TaskRun> restart;
    private final BiConsumer<Target, String> done;
    private final Map<Target, String> running = new ConcurrentHashMap<>();
    /** Where it stands in the log how a task ended, as it is said at the end too. */
    private final Set<Target> said = ConcurrentHashMap.newKeySet();

    private final Map<Target, Integer> codes = new ConcurrentHashMap<>();
    private final Map<Target, Long> since = new ConcurrentHashMap<>();

    /**
     * @param tasks what runs where
     * @param restart makes a run of the tasks that are left, when one may be repeated
     * @param done takes each task that ended well
     */
    Supervision(
            Work work,
            Map<Target, List<Task>> tasks,
            BiFunction<Target, List<Task>, TaskRun> restart,
            BiConsumer<Target, String> done) {
        this.work = work;
        this.tasks = tasks;
        this.restart = restart;
        this.done = done;
    }

    void run(Map<Target, TaskRun> runs) throws PhaseFailed, InterruptedException {
        TaskOutput output = new TaskOutput(runs.keySet(), work.log(), this::mark);
        Map<Target, Outcome> outcomes = new LinkedHashMap<>(work.fleet()
                .port()
                .run(Fleet.commands(runs.keySet(), t -> work.commands().run(runs.get(t))), output));
        followLost(runs, output, outcomes);
        output.flush();
        Map<Target, TaskRun> again = new LinkedHashMap<>();
        outcomes.forEach((target, outcome) -> {
            List<Task> rest = repeatable(target, outcome);
            if (!rest.isEmpty()) {
                again.put(target, restart.apply(target, rest));
            }
        });
        if (!again.isEmpty()) {
            again.keySet().forEach(t -> work.log().say(t, "Nobody knows how the task ended; it may be repeated."));
            outcomes.keySet().removeAll(again.keySet());
            run(again);
        }
        judge(outcomes);
    }

    /** Reconnects to runs whose connection broke, until they have ended or the target stays away for too long. */
    private void followLost(Map<Target, TaskRun> runs, TaskOutput output, Map<Target, Outcome> outcomes)
            throws InterruptedException {
        Collection<Target> lost = Work.lost(outcomes);
        Map<Target, Long> heard = new HashMap<>();
        long patience = work.ports().limits().reconnect().toNanos();
        while (!lost.isEmpty()) {
            for (Target target : lost) {
                if (heard.putIfAbsent(target, System.nanoTime()) == null) {
                    work.log().say(target, "The connection was lost; the task goes on there. Reconnecting.");
                }
            }
            Thread.sleep(PAUSE.toMillis());
            Map<Target, Long> before = new HashMap<>();
            lost.forEach(t -> before.put(t, output.received(t)));
            Map<Target, Outcome> next = work.fleet()
                    .port()
                    .run(
                            Fleet.commands(
                                    lost,
                                    t -> work.commands()
                                            .follow(
                                                    runs.get(t)
                                                            .name(work.commands()
                                                                    .token()),
                                                    output.received(t),
                                                    Duration.ofDays(1))),
                            output);
            Map<Target, Outcome> unsent = startAgain(runs, output, next);
            outcomes.putAll(next);
            outcomes.putAll(unsent);
            lost.stream().filter(t -> output.received(t) > before.get(t)).forEach(t -> heard.put(t, System.nanoTime()));
            lost = Work.lost(outcomes).stream()
                    .filter(t -> System.nanoTime() - heard.getOrDefault(t, System.nanoTime()) < patience)
                    .toList();
        }
    }

    /** Starts what was never started: the connection broke before the target had read the command. */
    private Map<Target, Outcome> startAgain(Map<Target, TaskRun> runs, TaskOutput output, Map<Target, Outcome> outcomes)
            throws InterruptedException {
        List<Target> unstarted = outcomes.entrySet().stream()
                .filter(e -> e.getValue() instanceof Outcome.Exited exited && exited.code() == NOT_STARTED)
                .map(Map.Entry::getKey)
                .toList();
        if (unstarted.isEmpty()) {
            return Map.of();
        }
        return work.fleet()
                .port()
                .run(Fleet.commands(unstarted, t -> work.commands().run(runs.get(t))), output);
    }

    private void mark(Target target, String mark) {
        int space = mark.indexOf(' ');
        String rest = mark.substring(space + 1);
        switch (mark.substring(0, Math.max(space, 0))) {
            case "begin" -> {
                running.put(target, rest);
                since.put(target, System.nanoTime());
                work.ports().progress().target(target, rest);
                work.log().say(target, "Task " + rest);
            }
            case "exit" -> {
                int last = rest.lastIndexOf(' ');
                ended(target, rest.substring(0, last), Integer.parseInt(rest.substring(last + 1)));
            }
            default -> {
                // The end of the run: its exit code says it too.
            }
        }
    }

    private void ended(Target target, String task, int code) {
        Duration took = Duration.ofNanos(System.nanoTime() - since.getOrDefault(target, System.nanoTime()));
        codes.put(target, code);
        if (code == 0) {
            work.ports().progress().target(target, task + " done");
            done.accept(target, task);
            running.remove(target);
            work.log().say(target, "Task " + task + " done" + inSeconds(took));
        } else {
            work.ports().progress().failed(target, task);
            String failure = failure(target, task);
            work.log().say(target, "T" + failure.substring(1));
            said.add(target);
        }
    }

    /** Output comes in pieces, so what takes less than a second cannot be told from nothing. */
    private static String inSeconds(Duration took) {
        return took.toSeconds() < 1 ? "" : " in " + took.toSeconds() + " s";
    }

    /** {@return what is left to run on a target when nobody knows how a task ended that may be repeated} */
    private List<Task> repeatable(Target target, Outcome outcome) {
        if (!(outcome instanceof Outcome.Exited exited) || exited.code() != UNKNOWN) {
            return List.of();
        }
        List<Task> all = tasks.get(target);
        int at = 0;
        while (at < all.size() && !all.get(at).name().equals(running.get(target))) {
            at++;
        }
        return at < all.size() && all.get(at).idempotent() ? all.subList(at, all.size()) : List.of();
    }

    private void judge(Map<Target, Outcome> outcomes) throws PhaseFailed {
        Map<Target, String> failures = new LinkedHashMap<>();
        Set<Target> unsure = new LinkedHashSet<>();
        boolean lockLost = false;
        for (Map.Entry<Target, Outcome> entry : outcomes.entrySet()) {
            Target target = entry.getKey();
            if (entry.getValue().ok()) {
                continue;
            }
            failures.put(target, describe(target, entry.getValue()));
            lockLost |= Fleet.isLockLost(entry.getValue());
            if (!(entry.getValue() instanceof Outcome.Exited exited)
                    || exited.code() == UNKNOWN
                    || exited.code() == CANCELLED) {
                unsure.add(target);
            }
        }
        if (!failures.isEmpty()) {
            throw new PhaseFailed("A task", failures, lockLost, said, unsure);
        }
    }

    private String describe(Target target, Outcome outcome) {
        String task = running.getOrDefault(target, tasks.get(target).get(0).name());
        if (!(outcome instanceof Outcome.Exited exited)) {
            return "nobody knows how task " + task + " ended: " + outcome.describe();
        }
        return switch (exited.code()) {
            case TASK_FAILED -> failure(target, task);
            case CANCELLED -> "task " + task + " was cancelled";
            case UNKNOWN ->
                "nobody knows how task " + task + " ended, and it is not marked idempotent: "
                        + exited.stderr().strip();
            default -> "task " + task + ": " + outcome.describe();
        };
    }

    private String failure(Target target, String task) {
        if (!codes.containsKey(target)) {
            return "task " + task + " failed, and the target could not write down how (is its disk full?)";
        }
        int code = codes.get(target);
        Duration timeout = tasks.get(target).stream()
                .filter(t -> t.name().equals(task))
                .map(Task::timeout)
                .findFirst()
                .orElse(Duration.ZERO);
        boolean late = (code == TIMED_OUT || code == 128 + 9)
                && System.nanoTime() - since.getOrDefault(target, 0L)
                        >= timeout.minus(DELAY).toNanos();
        return late
                ? "task " + task + " did not end within "
                        + timeout.toString().substring(2).toLowerCase(java.util.Locale.ROOT)
                        + " and was ended with all its processes"
                : "task " + task + " ended with exit code " + code;
    }
}
