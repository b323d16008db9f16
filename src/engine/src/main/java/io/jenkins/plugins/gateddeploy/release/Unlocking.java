package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.Map;

/**
 * Takes the locks that others left behind, settles what they were doing, and gives them back.
 *
 * @param work an unlocking is a piece of work like a deployment, only that it makes nothing current
 * @param holder who unlocks
 */
record Unlocking(Work work, Holder holder) {

    Unlocked run(boolean force) throws InterruptedException {
        try (Lock lock = new Lock(work, holder, true, force)) {
            Map<Target, TargetState> states = lock.take();
            try {
                states = new Settlement(work, states).settle();
                new Orphans(work.ports(), work.log())
                        .settle(work.configuration().app(), work.configuration().environment(), "", states);
            } finally {
                lock.giveBack();
            }
            return new Unlocked(
                    true, lock.hasTakenOver() ? "The lock is free on every target." : "Nobody held a lock.", false);
        } catch (LockHeld e) {
            return new Unlocked(false, e.getMessage(), true);
        } catch (PhaseFailed e) {
            return new Unlocked(false, e.getMessage(), false);
        }
    }
}
