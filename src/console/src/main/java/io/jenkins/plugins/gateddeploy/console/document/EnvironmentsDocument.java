package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.util.List;

/**
 * What is current where.
 *
 * @param environments by application
 */
public record EnvironmentsDocument(List<Environment> environments) {
    /**
     * One environment of an application.
     *
     * @param app application
     * @param environment environment
     * @param current the newest deployment that succeeded; null when there is none
     * @param marked the deployment that made what is current, if problems were forced for it: the environment's red mark;
     *     null when none were
     * @param failed the last attempt, if it failed; null when the last one succeeded, or people ended it
     * @param underWay deployments that have not ended, oldest first
     * @param gates open ones
     * @param lane how deployments wait there for one another; null while none waits and it is not paused
     * @param mayRollBack whether the viewer may start a rollback
     * @param pins commits that were taken back, newest first
     * @param page address of the host's page about the deployments there; null where it has none of its own
     * @param deploy address of the host's form to deploy there by hand; null where it has none for the viewer
     */
    public record Environment(
            String app,
            String environment,
            DeploymentDocument current,
            DeploymentDocument marked,
            DeploymentDocument failed,
            List<DeploymentDocument> underWay,
            List<GateDocument> gates,
            Lane lane,
            boolean mayRollBack,
            List<PinDocument> pins,
            String page,
            String deploy) {}

    /**
     * A lane in short; who waits there is asked for by itself.
     *
     * @param waiting how many wait for their turn
     * @param paused why nobody gets one; null when somebody may
     */
    public record Lane(int waiting, LaneDocument.Paused paused) {

        /** {@return a lane; null when there is nothing to tell of it} */
        public static Lane of(Queue queue) {
            int waiting = queue.waiting().size();
            return waiting == 0 && queue.pause().isEmpty()
                    ? null
                    : new Lane(
                            waiting, queue.pause().map(LaneDocument.Paused::of).orElse(null));
        }
    }
}
