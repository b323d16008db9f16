package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Takes the locks that others left behind, settles what they were doing, and gives them back.
 *
 * @param work an unlocking is a piece of work like a deployment, only that it makes nothing current
 * @param holder who unlocks
 */
record Unlocking(Work work, Holder holder) {

    /** @param force whether a person vouches for every holder being gone */
    Unlocked run(boolean force) throws InterruptedException {
        return run(lock -> force, List.of());
    }

    /** Settles a deployment whose process is gone for sure; its token ends with its id. */
    Unlocked settle(DeploymentRecord gone) throws InterruptedException {
        return run(lock -> lock.token().endsWith(gone.id()), List.of(gone));
    }

    private Unlocked run(Predicate<TargetState.Lock> vouched, List<DeploymentRecord> gone) throws InterruptedException {
        try (Lock lock = new Lock(work, holder, true, vouched)) {
            Map<Target, TargetState> states = lock.take();
            try {
                states = new Settlement(work, states).settle();
                Orphans orphans = new Orphans(work, Ancestry.unknown());
                for (DeploymentRecord one : gone) {
                    orphans.end(one, states);
                }
                orphans.settle("", states);
            } finally {
                lock.giveBack();
            }
            return new Unlocked(
                    true, lock.hasTakenOver() ? "The lock is free on every target." : "Nobody held a lock.", false);
        } catch (LockHeld e) {
            return new Unlocked(false, e.patience(work.ports().limits().lease()), true);
        } catch (PhaseFailed e) {
            return new Unlocked(false, e.getMessage(), false);
        }
    }
}
