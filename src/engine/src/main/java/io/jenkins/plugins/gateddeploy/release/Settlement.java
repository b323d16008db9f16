package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Ending;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ends what a host that died has left on targets whose lock is ours now. Where one target has already written that the
 * deployment succeeded, the others follow; otherwise those that switched go back. Tasks that still run are waited for,
 * since ending them half way may do more harm than they can.
 *
 * @param work the deployment that found it
 * @param states what was found
 */
record Settlement(Work work, Map<Target, TargetState> states) {

    /** {@return the states as they are afterwards} */
    Map<Target, TargetState> settle() throws PhaseFailed, InterruptedException {
        Map<Target, TargetState.Attempt> unfinished = new LinkedHashMap<>();
        states.forEach((target, state) -> state.unfinished().ifPresent(attempt -> unfinished.put(target, attempt)));
        awaitRuns();
        if (unfinished.isEmpty()) {
            return states;
        }
        for (Map.Entry<Target, TargetState.Attempt> entry : unfinished.entrySet()) {
            work.log()
                    .say(
                            entry.getKey(),
                            "An interrupted " + entry.getValue().kind().name().toLowerCase(java.util.Locale.ROOT)
                                    + " of " + entry.getValue().release() + " is settled first.");
        }
        for (Target target : unfinished.keySet()) {
            settle(target, unfinished.get(target));
        }
        Map<Target, TargetState> after = new LinkedHashMap<>(states);
        Fleet.succeeded(
                        "Looking at the targets again",
                        work.fleet()
                                .attempt(
                                        unfinished.keySet(),
                                        t -> work.commands().look(true)))
                .forEach((target, exited) -> after.put(target, TargetState.parse(exited.stdout())));
        return after;
    }

    /** Follows what still runs to its end; the supervisor ends each task in its time. */
    private void awaitRuns() throws InterruptedException {
        Map<Target, String> living = new LinkedHashMap<>();
        states.forEach((target, state) -> state.runs().forEach((run, standing) -> {
            if (standing == TargetState.Run.LIVING) {
                living.put(target, run);
            }
        }));
        if (living.isEmpty()) {
            return;
        }
        living.keySet().forEach(t -> work.log().say(t, "A task is still running; waiting for it to end."));
        TaskOutput output = new TaskOutput(living.keySet(), work.log(), (target, mark) -> {});
        work.fleet()
                .port()
                .run(
                        Fleet.commands(
                                living.keySet(), t -> work.commands().follow(living.get(t), 0, Duration.ofDays(1))),
                        output);
        output.flush();
    }

    private void settle(Target target, TargetState.Attempt attempt) throws PhaseFailed, InterruptedException {
        Optional<Entry> decided = states.values().stream()
                .flatMap(s -> s.entries().stream())
                .filter(e -> e.deployment().equals(attempt.deployment())
                        && e.outcome().equals(State.SUCCEEDED.name()))
                .findFirst();
        List<Target> one = List.of(target);
        boolean isCurrent = states.get(target).currentRelease().equals(attempt.release());
        if (decided.isPresent() && isCurrent) {
            end(target, attempt, State.SUCCEEDED, CanonicalJson.write(decided.get()), List.of());
            work.log().say(target, attempt.release() + " stays current: the deployment had succeeded.");
            return;
        }
        Map<Target, Outcome> outcomes =
                work.fleet().attempt(one, t -> work.goBack(attempt.kind(), attempt.release(), attempt.previous()));
        Fleet.succeeded("Settling", outcomes);
        work.sayUnrestored(outcomes);
        if (isCurrent) {
            work.log()
                    .say(
                            target,
                            attempt.previous().isEmpty()
                                    ? "No release is current, as before."
                                    : "Back to " + attempt.previous());
            wake(target, attempt);
        }
        end(
                target,
                attempt,
                State.INTERRUPTED,
                "",
                attempt.kind() == Kind.DEPLOY ? List.of(attempt.release()) : List.of());
    }

    /** The services of the release that is current again are told, as after any switch. */
    private void wake(Target target, TargetState.Attempt attempt) throws PhaseFailed, InterruptedException {
        Map<Target, Outcome> looked =
                work.fleet().attempt(List.of(target), t -> work.commands().look(false));
        TargetState now = TargetState.parse(
                Fleet.succeeded("Looking again", looked).get(target).stdout());
        if (now.currentAbout().isEmpty()) {
            return;
        }
        About about = now.currentAbout().get();
        try {
            new Tasks(work, states.values(), new Variables(Map.of()), Set.of(), attempt.deployment())
                    .of(about)
                    .run(about, io.jenkins.plugins.gateddeploy.config.Task.Phase.SWITCHED, List.of(target));
        } catch (PhaseFailed | io.jenkins.plugins.gateddeploy.problem.ProblemException e) {
            work.log().say(target, "After going back: " + e.getMessage());
        }
    }

    /** Ends the attempt in the journal under its own id, and goes on holding the lock. */
    private void end(Target target, TargetState.Attempt attempt, State state, String entry, List<String> discard)
            throws PhaseFailed, InterruptedException {
        Ending ending = new Ending(state.name(), entry, List.of(), discard);
        Map<Target, Outcome> outcomes =
                work.fleet().attempt(List.of(target), t -> work.commands().settle(ending, attempt.deployment()));
        Fleet.succeeded("Settling", outcomes);
    }
}
