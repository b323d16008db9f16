package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.QueueRules;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import java.time.Instant;
import java.util.Objects;

/**
 * How an announced deployment waits for its turn, whoever asked for it.
 *
 * @param id of its place in the lane, chosen by whoever joins, so that joining again after a crash is no second place
 * @param under id of the entry that holds the lane for this one too; empty for none
 * @param branch by which a newer one makes an older one pointless; empty for none
 * @param rules of its environment
 */
public record LanePlace(String id, String under, String branch, QueueRules rules) {
    public LanePlace {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(under, "under");
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(rules, "rules");
    }

    Entry entry(DeploymentRecord record, Instant now) {
        Claim claim = new Claim(
                record.id(),
                under,
                record.title(),
                branch,
                new Claim.Asker(
                        record.actor(), record.origin().job(), record.origin().build()),
                now);
        return Entry.waiting(id, new Lane(record.app(), record.environment()), claim, Bounds.of(rules, now));
    }

    /** A rollback is about what was deployed, and makes nothing pointless that is to come. */
    boolean replacesOlder(DeploymentRecord record) {
        return rules.latestOnly() && record.kind() == Kind.DEPLOY;
    }
}
