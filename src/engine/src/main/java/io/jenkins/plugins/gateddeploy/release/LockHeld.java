package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import java.util.Optional;

/** Somebody else is deploying to a target. */
final class LockHeld extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<Holder> holder;
    private final String found;
    private final Duration age;

    LockHeld(Target target, TargetState.Lock lock, String token) {
        this(
                lock,
                "Somebody else is deploying to " + target.name() + ": "
                        + lock.holder()
                                .map(Holder::describe)
                                .orElse("the lock has token " + token + " and names nobody")
                        + ", last sign of life " + lock.age() + " s ago.");
    }

    private LockHeld(TargetState.Lock lock, String found) {
        super(found + " Wait for it, or see the command unlock.");
        this.found = found;
        this.holder = lock.holder();
        this.age = Duration.ofSeconds(lock.age());
    }

    /**
     * {@return what was found, and when the lock may be taken, for somebody who wants it given back}
     *
     * @param lease how long a lock outlives its holder's last sign of life
     */
    String patience(Duration lease) {
        Duration left = lease.minus(age);
        String when = left.isNegative() || left.isZero()
                ? "a task of it still runs, and it counts as gone when that has ended"
                : "without another sign of life it counts as gone in " + left.toSeconds()
                        + " s, if no task of it runs then";
        return found + " It may be alive, so its lock stays: " + when
                + ". Nothing waits for that; unlock again then, or insist if you know that it is gone.";
    }

    Optional<Holder> holder() {
        return holder;
    }
}
