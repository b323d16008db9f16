package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes to a deployment's record.
 *
 * @param before as it is
 */
record Records(DeploymentRecord before) {

    static Records of(DeploymentRecord before) {
        return new Records(before);
    }

    /** {@return with what it is about} */
    DeploymentRecord about(About about) {
        return new DeploymentRecord(
                before.id(),
                before.app(),
                before.environment(),
                before.kind(),
                before.number(),
                about.release(),
                about.commit(),
                before.ref(),
                about.tag(),
                about.subject(),
                about.author(),
                before.actor(),
                before.owner(),
                before.started(),
                before.ended(),
                before.state(),
                before.message(),
                before.targets(),
                before.problems(),
                before.log());
    }

    /** {@return with the file that has its whole log} */
    DeploymentRecord log(Path file) {
        return new DeploymentRecord(
                before.id(),
                before.app(),
                before.environment(),
                before.kind(),
                before.number(),
                before.release(),
                before.commit(),
                before.ref(),
                before.tag(),
                before.subject(),
                before.author(),
                before.actor(),
                before.owner(),
                before.started(),
                before.ended(),
                before.state(),
                before.message(),
                before.targets(),
                before.problems(),
                file);
    }

    /** {@return with how it ended} */
    DeploymentRecord ended(State state, String message, Instant time, List<TargetOutcome> targets) {
        return new DeploymentRecord(
                before.id(),
                before.app(),
                before.environment(),
                before.kind(),
                before.number(),
                before.release(),
                before.commit(),
                before.ref(),
                before.tag(),
                before.subject(),
                before.author(),
                before.actor(),
                before.owner(),
                before.started(),
                Optional.of(time),
                state,
                message,
                targets,
                before.problems(),
                before.log());
    }
}
