package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.notice.WentBack;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One attempt to make a release current on every target of an environment, from the lock to the last line of its
 * journal. Whatever happens in between, it ends with every target whole, and says what is current there.
 */
final class Deployment {
    private static final String TAKEN_OVER = "Somebody else took over the lock, and settled this deployment.";

    private final Work work;
    private final Intent intent;
    private final Preparation preparation;
    private final Lock lock;
    private DeploymentRecord record;

    private Map<Target, TargetState> states = Map.of();
    private About about;
    private Tasks tasks;
    private boolean watched;

    Deployment(Work work, Intent intent, DeploymentRecord record, Holder holder) {
        this.work = work;
        this.intent = intent;
        this.preparation = intent.preparation();
        this.record = record;
        this.lock = new Lock(work, holder, preparation.kind() == DeploymentRecord.Kind.ROLLBACK, l -> false);
    }

    /** The lock is kept alive until the last word is said, also while things are taken back. */
    Result run() throws ProblemException {
        try (lock) {
            return deploy();
        }
    }

    /** The whole flow. */
    private Result deploy() throws ProblemException {
        try {
            open();
            Judgement judgement = judge();
            choose(judgement);
            preparation.bring(work, about, states, tasks);
            switchOver();
            tasks.run(about, Task.Phase.SWITCHED, work.targets());
            confirm();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            // From here on it has succeeded: some targets would have said so already when others go back.
            return Uninterrupted.call(this::succeed);
        } catch (LockHeld e) {
            work.log().say(e.getMessage());
            return end(State.CANCELLED, e.getMessage(), Optional.of(e), List.of());
        } catch (PhaseFailed e) {
            return e.lockLost() ? stepAside(e) : fail(e);
        } catch (ProblemException e) {
            refuse(e);
            throw e;
        } catch (InterruptedException e) {
            return fail("It was cancelled.", Map.of(), State.CANCELLED);
        } catch (RuntimeException e) {
            abandon(e);
            throw e;
        }
    }

    private void open() throws LockHeld, PhaseFailed, InterruptedException {
        event(State.CHECKING, "Looking at " + work.targets().size() + " targets");
        work.ports().progress().phase("lock", work.targets());
        states = lock.take();
        states = new Settlement(work, states).settle();
        intent.verification().looked(new Looked(states, Map.of()));
        new Orphans(work, preparation.ancestry()).settle(record.id(), states);
        // Of other hosts: one of our own that went first, while this one waited, has another number for sure.
        int known = states.values().stream()
                .flatMap(s -> s.entries().stream())
                .filter(e -> e.number() >= record.number())
                .filter(e -> work.ports().history().find(e.deployment()).isEmpty())
                .mapToInt(Entry::number)
                .max()
                .orElse(0);
        if (known >= record.number()) {
            int number = work.ports().history().renumber(record.id(), known + 1);
            work.log().say("The targets know of deployment #" + known + "; this is #" + number + ".");
            update(r -> r);
        }
    }

    /** The checks have run beside the looking; nothing but the lock has been put on a target yet. */
    private Judgement judge() throws ProblemException, InterruptedException {
        work.ports().progress().phase("checks", work.targets());
        Judgement judgement = intent.verification().judge();
        if (!judgement.problems().isEmpty()) {
            update(r -> Records.of(r).judged(judgement));
            new Telling(work.log()).tell(judgement, work.ports().actor());
            judgement.require();
        }
        return judgement;
    }

    private void choose(Judgement judgement) throws ProblemException {
        About chosen = preparation.choose(work, states, judgement);
        about = kind() == DeploymentRecord.Kind.DEPLOY ? chosen.skipping(intent.skipped()) : chosen;
        update(r -> Records.of(r).about(about));
        Variables variables = Variables.resolve(about.variables(), work.ports().credentials());
        work.log().masking().addAll(Variables.secrets(about.variables(), variables));
        tasks = new Tasks(work, states.values(), variables, intent.skipped());
        event(State.DEPLOYING, "Release " + about.release());
        DataLosses.note(judgement, work.configuration(), work.ports().clock().instant())
                .ifPresent(note -> event(State.DEPLOYING, note));
        work.log()
                .say("Release " + about.release() + " of " + about.label()
                        + (about.subject().isEmpty() ? "" : " \"" + about.subject() + "\""));
    }

    private void switchOver() throws PhaseFailed, InterruptedException {
        noteBackups();
        work.ports().progress().phase("switch", work.targets());
        Map<Target, Outcome> outcomes =
                work.persistently(work.targets(), t -> preparation.switchOver(work, about, states.get(t)));
        Fleet.succeeded("The switch", outcomes).forEach(this::sayRestored);
        work.log().say("Switched to " + about.release() + " on all targets");
        work.ports().progress().phase("tasks after the switch", work.targets());
    }

    private void sayRestored(Target target, Outcome.Exited switched) {
        switched.stdout().lines().forEach(line -> {
            if (line.startsWith("restored ")) {
                work.log()
                        .say(
                                target,
                                "shared/" + line.substring("restored ".length()) + " is as it was with "
                                        + about.release());
            } else if (line.startsWith("unkept ")) {
                work.log()
                        .say(
                                target,
                                "shared/" + line.substring("unkept ".length()) + " stays as it is: what it held with "
                                        + about.release() + " was not kept.");
            }
        });
    }

    private void confirm() throws PhaseFailed, InterruptedException {
        noteBackups();
        event(State.CONFIRMING, "");
        if (work.configuration().health().isPresent()) {
            work.ports().progress().phase("health", work.targets());
            Confirmation confirmation =
                    new Confirmation(work, work.configuration().health().get());
            confirmation.confirm(work.targets());
            Optional<Duration> watched =
                    work.configuration().back().confirmFor().filter(w -> kind() == DeploymentRecord.Kind.DEPLOY);
            if (watched.isPresent()) {
                watch(confirmation, watched.get());
            }
        }
    }

    private void watch(Confirmation confirmation, Duration time) throws PhaseFailed, InterruptedException {
        if (work.rehearsal()) {
            return;
        }
        // A begun second is a whole one, so that nothing is watched for less than it says.
        Instant end =
                work.ports().clock().instant().plus(time).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        event(State.CONFIRMING, WentBack.WATCHED + end);
        watched = true;
        work.ports().progress().phase("watching", work.targets());
        work.log().say("The health check is watched until " + end + "; when it fails, this goes back by itself.");
        work.fleet().port().standBy();
        confirmation.watch(work.targets(), end);
    }

    private DeploymentRecord.Kind kind() {
        return preparation.kind();
    }

    private Result succeed() throws InterruptedException {
        work.ports().progress().phase("end", work.targets());
        Closing closing = new Closing(work, states, tasks);
        Map<Target, Outcome> ended = closing.succeed(about, record);
        if (ended.values().stream().allMatch(Fleet::isLockLost)) {
            return interrupted();
        }
        new PinKeeping(work).after(record, left(), preparation.ancestry());
        return end(
                State.SUCCEEDED,
                "Release " + about.release() + " is current.",
                Optional.empty(),
                closing.outcomes(ended, Map.of()));
    }

    private List<PinKeeping.Left> left() {
        return states.values().stream()
                .flatMap(s -> s.currentAbout().stream())
                .map(a -> new PinKeeping.Left(a.release(), a.commit()))
                .distinct()
                .toList();
    }

    private Result fail(PhaseFailed e) {
        e.unsaid().forEach((target, what) -> work.log().say(target, what));
        return fail(e.getMessage() + advice(e), e.failures(), State.FAILED);
    }

    /** Nobody should have to think about how to go on when an environment has to go back and a target is gone. */
    private String advice(PhaseFailed e) {
        List<String> well = work.targets().stream()
                .filter(t -> !e.failures().containsKey(t))
                .map(Target::name)
                .toList();
        if (tasks != null || kind() != DeploymentRecord.Kind.ROLLBACK || well.isEmpty()) {
            return "";
        }
        String gone = e.failures().keySet().stream().map(Target::name).collect(Collectors.joining(", "));
        return ". Nothing was changed. Go back on the others alone (targets " + String.join(", ", well)
                + "); the same later, for " + gone + " alone, brings that to where the others are then.";
    }

    /** Everything is taken back without being interrupted: a target half way is worse than a late end. */
    private Result fail(String message, Map<Target, String> failures, State state) {
        return Uninterrupted.call(() -> {
            if (tasks == null) {
                lock.giveBack();
                return end(state, message, Optional.empty(), unchanged(failures));
            }
            noteBackups();
            return takeBack(work, message, failures, state);
        });
    }

    /** What was changed since can be looked up in them, also when this deployment fails. */
    private void noteBackups() {
        tasks.backups().takeNotes().forEach(note -> event(State.DEPLOYING, note));
    }

    /** @param where the work on those targets that are still ours */
    private Result takeBack(Work where, String message, Map<Target, String> failures, State state)
            throws InterruptedException {
        work.ports().progress().phase("going back", where.targets());
        List<Target> returned = new Undoing(where, preparation.kind(), about, states, tasks).undo();
        State last = state == State.FAILED && !returned.isEmpty() ? State.ROLLED_BACK : state;
        Closing closing = new Closing(where, states, tasks);
        Map<Target, Outcome> ended = closing.fail(about, record, last);
        if (watched && last == State.ROLLED_BACK) {
            new PinKeeping(work).wentBack(record, left());
        }
        return end(last, message, Optional.empty(), closing.outcomes(ended, failures));
    }

    private List<TargetOutcome> unchanged(Map<Target, String> failures) {
        Map<Target, TargetState> seen = lock.seen();
        return work.targets().stream()
                .map(t -> new TargetOutcome(
                        t.name(),
                        seen.containsKey(t) ? seen.get(t).currentRelease() : "",
                        failures.getOrDefault(t, "")))
                .toList();
    }

    /**
     * Somebody took the lock because we gave no sign of life, or a person said so; whatever they did about it is right.
     * Targets that they have not taken go back.
     */
    private Result stepAside(PhaseFailed e) {
        work.log().say(e.getMessage());
        return Uninterrupted.call(() -> {
            List<Target> ours = tasks == null ? List.of() : lock.stillOurs();
            if (ours.isEmpty()) {
                lock.giveBack();
                return interrupted();
            }
            return takeBack(work.on(ours), TAKEN_OVER, e.failures(), State.INTERRUPTED);
        });
    }

    private Result interrupted() {
        return end(State.INTERRUPTED, TAKEN_OVER, Optional.empty(), List.of());
    }

    /** The host itself stumbled, over its history for one. The targets must not suffer for it. */
    private void abandon(RuntimeException e) {
        try {
            fail("The host could not go on: " + e.getMessage(), Map.of(), State.FAILED);
        } catch (RuntimeException another) {
            e.addSuppressed(another);
        }
    }

    private void refuse(ProblemException e) {
        Uninterrupted.call(() -> {
            lock.giveBack();
            update(r -> Records.of(r).found(e.problems()));
            return end(State.FAILED, e.getMessage(), Optional.empty(), List.of());
        });
    }

    private Result end(State state, String message, Optional<LockHeld> held, List<TargetOutcome> outcomes) {
        update(r -> Records.of(r).ended(state, message, work.ports().clock().instant(), outcomes));
        List<String> before = states.values().stream()
                .map(TargetState::currentRelease)
                .distinct()
                .toList();
        return new Result(
                record, before.size() == 1 ? before.get(0) : "", held.flatMap(LockHeld::holder), held.isPresent());
    }

    private void event(State state, String message) {
        work.ports().history().event(new Event(record.id(), work.ports().clock().instant(), state, message));
    }

    private void update(UnaryOperator<DeploymentRecord> change) {
        record = work.ports().history().update(record.id(), change);
    }
}
