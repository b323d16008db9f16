package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import java.util.Optional;

/**
 * How a deployment ended.
 *
 * @param record as the history has it
 * @param previous the release that was current before, where all targets agreed; empty otherwise
 * @param heldBy who holds the lock, when that is why it did not take place
 * @param locked whether somebody else's lock is why it did not take place
 */
public record Result(DeploymentRecord record, String previous, Optional<Holder> heldBy, boolean locked) {}
