package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.document.DeploymentDocument;
import io.jenkins.plugins.gateddeploy.console.document.EvidenceDocument;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.util.List;
import java.util.Optional;

/** What differs from host to host. Called by several threads. */
public interface ConsoleHost {

    /**
     * {@return environments to show even when nothing was deployed there yet, in order; those with deployments are shown
     * in any case}
     *
     * @param job only those that this job may use; empty for all
     */
    List<Place> places(Optional<String> job);

    /** {@return what started a deployment, with a link while that page exists; empty when nothing is known} */
    Optional<DeploymentDocument.Build> build(DeploymentRecord record);

    /** {@return what an origin is, with a link while that page exists; empty when nothing is known} */
    default Optional<DeploymentDocument.Build> build(Origin origin) {
        return origin.text().isEmpty()
                ? Optional.empty()
                : Optional.of(new DeploymentDocument.Build(origin.text(), null));
    }

    /** {@return the plan that a deployment carries out, where the host has kept it} */
    Optional<Plan> plan(DeploymentRecord record);

    /** {@return what opened a gate, with a link while that page exists; empty when nothing is known} */
    Optional<DeploymentDocument.Build> build(Gate gate);

    /** {@return the plan that waits at a gate, where the host has kept it} */
    Optional<Plan> plan(Gate gate);

    /** {@return what people look at before they decide; may be empty} */
    List<EvidenceDocument> evidence(Gate gate);

    /**
     * {@return address of the host's page about the deployments of an environment; empty where it has none of its own}
     *
     * @param record a deployment there that the viewer may see
     */
    Optional<String> page(DeploymentRecord record);

    /**
     * {@return the repository with the commits of an environment's releases; called in the background}
     *
     * @throws ProblemException when it cannot be had, with the reason
     */
    Optional<GitSource> git(Place place) throws ProblemException;

    /** {@return whether {@link #look} can work for that place at all} */
    boolean canLook(Place place);

    /**
     * {@return what is on the targets; called in the background, may take long}
     *
     * @throws ProblemException when they cannot be looked at, with the reason
     * @throws InterruptedException when interrupted
     */
    Environment look(Place place) throws ProblemException, InterruptedException;

    /**
     * Starts a rollback and does not wait for its end.
     *
     * @param actor as whom; the permission has been checked
     * @param wanted what the person asked for
     * @return the id of the deployment that has begun
     * @throws ProblemException when it makes no sense, before anything was changed
     * @throws InterruptedException when interrupted before it began
     */
    String rollBack(Actor actor, Place place, Return wanted) throws ProblemException, InterruptedException;

    /**
     * A rollback that somebody asks for.
     *
     * @param release id of a release
     * @param reason why, in the words of the person; may be empty
     * @param undo whether what the tasks of later releases did is taken back first
     * @param targets names of the only targets to work on; empty for all
     */
    record Return(String release, String reason, boolean undo, List<String> targets) {
        public Return {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Whether somebody may lift the pins of an environment; the permission to roll back there has been checked.
     *
     * @throws ProblemException when the host has more to say against it
     */
    default void mayUnpin(Actor actor, Place place) throws ProblemException {
        // Who may roll back may.
    }

    /**
     * Has a decision taken, and whatever waits for it go on.
     *
     * @param gate its id
     * @param vote with the plan that was shown; that the host lets its actor decide has been checked
     * @return the gate after it
     * @throws GateException when it was not taken
     */
    Gate decide(String gate, Vote vote) throws GateException;

    /**
     * Has what somebody said taken back.
     *
     * @param actor whose decision it is; that the host lets them decide has been checked
     * @param gate its id
     * @return the gate after it
     * @throws GateException when it was not taken back
     */
    Gate withdraw(Actor actor, String gate) throws GateException;

    /**
     * {@return the address of the form from which whoever calls may deploy by hand where a deployment was made; empty where
     * there is none}
     *
     * @param current what is current there
     */
    default Optional<String> deploy(DeploymentRecord current) {
        return Optional.empty();
    }
}
