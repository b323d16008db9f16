package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who holds the lock of a target, as the lock itself says.
 *
 * @param owner the process
 * @param deployment what for
 * @param number its number
 * @param what in words: {@code deploy v2 to production}
 * @param actor the person
 * @param since when it was taken, by the holder's clock
 */
public record Holder(Owner owner, String deployment, int number, String what, String actor, Instant since) {

    /** {@return one sentence about it} */
    public String describe() {
        // What follows the machine's name tells one start of it, or one container, from another; nobody knows it by
        // that.
        String machine = owner.host().replaceFirst("/.*", "");
        return actor + " (" + what + ", since " + since.truncatedTo(ChronoUnit.SECONDS) + ", process " + owner.pid()
                + " on " + machine + ")";
    }
}
