package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.pin.PinRule;
import io.jenkins.plugins.gateddeploy.pin.Pins;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Pins what a rollback took back or what went back by itself after it had been well, and lifts the pins that a deployment makes pointless: it put the commit back, or a
 * newer one.
 *
 * @param work the deployment, or who looks after one whose host died
 */
record PinKeeping(Work work) {

    /**
     * A release that was current until now.
     *
     * @param release its id
     * @param commit what it was made of
     */
    record Left(String release, String commit) {}

    /** A deployment has succeeded; the pins must not make it fail. */
    void after(DeploymentRecord record, List<Left> left, Ancestry ancestry) {
        try {
            if (record.kind() == Kind.ROLLBACK) {
                lift(record, pin -> pin.commit().equals(record.commit()));
                left.stream()
                        .filter(l -> l.release().compareTo(record.release()) > 0)
                        .filter(l -> !l.commit().equals(record.commit()))
                        .forEach(l -> pin(record, l, record.actor()));
            } else {
                lift(record, pin -> isNewer(record.commit(), pin.commit(), ancestry));
            }
        } catch (HistoryException | ProblemException e) {
            work.log().say("The pins of this environment stay as they are: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * {@return whether a commit that was deployed is a pinned one, or comes after it} A fix on the line that people went
     * back to is neither: what is pinned would come back with the next change of its own line. Where git cannot tell,
     * because it does not know the pinned commit any more or because a folder was deployed, what was deployed last is
     * newer.
     */
    private static boolean isNewer(String deployed, String pinned, Ancestry ancestry)
            throws ProblemException, InterruptedException {
        boolean commits = isCommit(deployed) && isCommit(pinned);
        return !commits || ancestry.leadsTo(deployed, pinned) || ancestry.isLost(pinned);
    }

    /** Folders are deployed under a digest that is longer. */
    private static boolean isCommit(String id) {
        return id.length() == 40;
    }

    /**
     * A deployment that had been well, and was watched, went back by itself. One that was never well has failed, and may
     * be tried again by whatever started it.
     *
     * @param current what is current again
     */
    void wentBack(DeploymentRecord record, List<Left> current) {
        if (current.stream().anyMatch(l -> l.commit().equals(record.commit()))) {
            return;
        }
        try {
            pin(record, new Left(record.release(), record.commit()), "");
        } catch (HistoryException e) {
            work.log().say("The pins of this environment stay as they are: " + e.getMessage());
        }
    }

    /** {@return a line for the log when a commit comes back that people went back from} */
    Optional<String> remark(String commit, Ancestry ancestry) {
        try {
            return new PinRule(pins(), ancestry)
                    .holding(work.configuration().app(), work.configuration().environment(), commit)
                    .map(pin -> (pin.who().isEmpty() ? "This did not stay well: " : "People went back from this: ")
                            + pin.words() + ". It is deployed all the same.");
        } catch (ProblemException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void pin(DeploymentRecord record, Left left, String who) {
        Pin pin = new Pin(
                UUID.randomUUID().toString(),
                record.app(),
                record.environment(),
                left.commit(),
                left.release(),
                record.id(),
                who,
                work.ports().clock().instant(),
                Optional.empty());
        pins().add(pin);
        work.log()
                .say(record.environment() + " is pinned: nothing that starts by itself puts " + pin.shortCommit()
                        + " back, until a newer commit comes or a person lifts the pin.");
    }

    private void lift(DeploymentRecord record, Which which) throws ProblemException, InterruptedException {
        for (Pin pin : pins().standing(record.app(), record.environment())) {
            if (which.isMeant(pin)) {
                String why = "Deployment #" + record.number() + " made "
                        + record.commit()
                                .substring(0, Math.min(7, record.commit().length())) + " current.";
                pins().lift(
                                pin.id(),
                                new Pin.Lifted(
                                        record.actor(), work.ports().clock().instant(), why));
                work.log().say("The pin is lifted that kept " + pin.shortCommit() + " away.");
            }
        }
    }

    private Pins pins() {
        return work.ports().history().pins();
    }

    /** Which pins are pointless. */
    @FunctionalInterface
    private interface Which {
        boolean isMeant(Pin pin) throws ProblemException, InterruptedException;
    }
}
