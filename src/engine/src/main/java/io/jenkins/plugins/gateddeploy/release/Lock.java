package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The lock of one deployment on all its targets: taken on every one or on none, kept alive while the deployment runs.
 *
 * <p>Two that come at the same moment may each get some targets. Then the one whose token sorts first waits a little
 * for the other, which gives way; so exactly one of them goes on.
 */
final class Lock implements AutoCloseable {
    private static final Duration COLLISION = Duration.ofSeconds(10);

    private final Work work;
    private final Holder holder;
    private final boolean describeAll;
    private final Predicate<TargetState.Lock> vouched;
    private final Map<Target, TargetState> seen = new LinkedHashMap<>();
    private final Set<Target> held = new LinkedHashSet<>();
    /** Where the lock may have been taken although no answer came. */
    private final Set<Target> unclear = new LinkedHashSet<>();

    private boolean hasTakenOver;
    private ScheduledExecutorService keeper;

    /**
     * @param describeAll whether the states that {@link #take} gives describe every release, or the current one only
     * @param vouched for which locks somebody vouches that their holder is gone
     */
    Lock(Work work, Holder holder, boolean describeAll, Predicate<TargetState.Lock> vouched) {
        this.work = work;
        this.vouched = vouched;
        this.holder = holder;
        this.describeAll = describeAll;
    }

    /**
     * Takes the lock on every target.
     *
     * @return the state of each, from the moment it was locked
     * @throws LockHeld when somebody alive has one of them; then none is held any more
     * @throws PhaseFailed when a target cannot be reached or is not as it should be; then none is held any more
     */
    Map<Target, TargetState> take() throws LockHeld, PhaseFailed, InterruptedException {
        try {
            contend();
            keep();
            return seen();
        } catch (LockHeld | PhaseFailed | InterruptedException | RuntimeException e) {
            giveBack();
            throw e;
        }
    }

    private void contend() throws LockHeld, PhaseFailed, InterruptedException {
        long deadline = System.nanoTime() + COLLISION.toNanos();
        List<Target> wanted = work.targets();
        while (true) {
            look(wanted);
            wanted = work.targets().stream().filter(t -> !held.contains(t)).toList();
            if (wanted.isEmpty()) {
                return;
            }
            for (Target target : wanted) {
                TargetState.Lock lock = seen.get(target).lock().orElse(null);
                if (lock != null && !takeOver(target, lock) && !mayWait(lock, deadline)) {
                    throw new LockHeld(target, lock, lock.token());
                }
            }
            Thread.sleep(50);
        }
    }

    private void look(List<Target> wanted) throws PhaseFailed, InterruptedException {
        String who = CanonicalJson.write(holder);
        Map<Target, Outcome> outcomes = work.fleet()
                .attempt(
                        wanted,
                        t -> held.contains(t)
                                ? work.commands().look(describeAll)
                                : work.commands().lock(who, describeAll));
        outcomes.forEach((target, outcome) -> {
            if (outcome instanceof Outcome.Exited exited && exited.code() == 0) {
                TargetState state = TargetState.parse(exited.stdout());
                seen.put(target, state);
                if (state.ours()) {
                    held.add(target);
                }
            } else if (outcome instanceof Outcome.Unreached unreached && mayHaveRun(unreached.reason())) {
                unclear.add(target);
            }
        });
        Fleet.succeeded("Looking at the targets", outcomes);
    }

    /** {@return the last state of every target that could be looked at, in the order of the environment} */
    Map<Target, TargetState> seen() {
        Map<Target, TargetState> states = new LinkedHashMap<>();
        work.targets().stream().filter(seen::containsKey).forEach(t -> states.put(t, seen.get(t)));
        return states;
    }

    private static boolean mayHaveRun(Outcome.Reason reason) {
        return reason == Outcome.Reason.LOST || reason == Outcome.Reason.TIMEOUT;
    }

    /** Takes a lock whose holder is gone; whether it worked. The state is looked at again afterwards. */
    private boolean takeOver(Target target, TargetState.Lock lock) throws InterruptedException {
        boolean dead = vouched.test(lock) || lock.holder().map(this::isGone).orElse(false);
        Duration lease = work.ports().limits().lease();
        if (!dead && lock.age() < lease.toSeconds()) {
            return false;
        }
        Command command = work.commands().takeOver(lock.token(), dead, lease, CanonicalJson.write(holder));
        Outcome outcome = work.fleet().attempt(List.of(target), t -> command).get(target);
        if (outcome instanceof Outcome.Exited exited && exited.code() == 0) {
            if (exited.stdout().contains("lock ours")) {
                held.add(target);
                hasTakenOver = true;
                work.log()
                        .say(
                                target,
                                "Took over the lock of "
                                        + lock.holder().map(Holder::describe).orElse(lock.token())
                                        + ", who is gone.");
            }
            return true;
        }
        return false;
    }

    /**
     * Only a process of this machine can be looked for. One that lives may have ended that deployment long since, while
     * this target was out of reach.
     */
    private boolean isGone(Holder other) {
        return other.owner().host().equals(holder.owner().host())
                && (!Processes.isAlive(other.owner()) || hasEnded(other.deployment()));
    }

    private boolean hasEnded(String deployment) {
        return work.ports()
                .history()
                .find(deployment)
                .flatMap(DeploymentRecord::ended)
                .isPresent();
    }

    private boolean mayWait(TargetState.Lock lock, long deadline) {
        return !held.isEmpty() && work.commands().token().compareTo(lock.token()) < 0 && System.nanoTime() < deadline;
    }

    private void keep() {
        keeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread =
                    new Thread(task, "gated-deploy lock " + work.commands().token());
            thread.setDaemon(true);
            return thread;
        });
        long period = period().toMillis();
        var renewal = keeper.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
        assert !renewal.isDone();
    }

    private Duration period() {
        return work.ports().limits().lease().dividedBy(4);
    }

    private Map<Target, Outcome> renewal() throws InterruptedException {
        return work.fleet().attempt(work.targets(), t -> work.commands().renew(period()));
    }

    /**
     * A renewal that fails is not reported: the next command that needs the lock says what is the matter. It must not
     * throw either, or there would never be another one.
     */
    private void renew() {
        try {
            renewal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The next one may do better.
        }
    }

    /** {@return whether somebody had left a lock behind} */
    boolean hasTakenOver() {
        return hasTakenOver;
    }

    /** Gives the lock back without another word, where nothing has begun. An interruption waits for the end of it. */
    void giveBack() {
        Set<Target> wherever = new LinkedHashSet<>(held);
        wherever.addAll(unclear);
        List<String> tokens = List.of(work.commands().token());
        Uninterrupted.call(
                () -> work.persistently(wherever, t -> work.commands().unlock(tokens)));
        held.clear();
    }

    /** {@return the targets whose lock nobody has taken from us, as far as they can be asked} */
    List<Target> stillOurs() throws InterruptedException {
        return renewal().entrySet().stream()
                .filter(e -> e.getValue().ok())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        if (keeper != null) {
            keeper.shutdownNow();
        }
    }
}
