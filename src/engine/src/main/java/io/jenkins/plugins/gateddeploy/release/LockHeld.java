package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.Optional;

/** Somebody else is deploying to a target. */
final class LockHeld extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<Holder> holder;

    LockHeld(Target target, TargetState.Lock lock, String token) {
        super("Somebody else is deploying to " + target.name() + ": "
                + lock.holder().map(Holder::describe).orElse("the lock has token " + token + " and names nobody")
                + ", last sign of life " + lock.age() + " s ago. Wait for it, or see the command unlock.");
        this.holder = lock.holder();
    }

    Optional<Holder> holder() {
        return holder;
    }
}
