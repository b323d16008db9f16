package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.document.DeploymentDocument;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Environment;
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

    /** {@return the plan that a deployment carries out, where the host has kept it} */
    Optional<Plan> plan(DeploymentRecord record);

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
     * @param release id of a release
     * @return the id of the deployment that has begun
     * @throws ProblemException when it makes no sense, before anything was changed
     * @throws InterruptedException when interrupted before it began
     */
    String rollBack(Actor actor, Place place, String release) throws ProblemException, InterruptedException;

    /**
     * Has a decision taken, and whatever waits for it go on.
     *
     * @param actor who decides; that the host lets them has been checked
     * @param gate its id
     * @param comment may be empty
     * @return the gate after it
     * @throws GateException when it was not taken
     */
    Gate decide(Actor actor, String gate, Decision.Verdict verdict, String comment) throws GateException;
}
