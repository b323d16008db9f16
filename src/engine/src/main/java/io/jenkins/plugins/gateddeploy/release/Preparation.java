package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.pin.Ancestry;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.Map;
import java.util.Optional;

/** How a release comes to be on every target, so that it can be made current: by making it, or by being there already. */
sealed interface Preparation permits NewRelease, OldRelease {

    /** {@return deploy or rollback} */
    DeploymentRecord.Kind kind();

    /** {@return what is known of the version before any target was looked at; empty when they have to tell} */
    Optional<Revision> revision();

    /** {@return which commit comes before which, as far as the repository tells} */
    Ancestry ancestry();

    /** {@return what is looked at before, begun} */
    Verification verify(Deployer.Request request, Credentials credentials, Remote remote);

    /**
     * {@return the release that shall become current}
     *
     * @param judgement what was found before; nothing in it stands in the way
     * @throws ProblemException when there is none, before anything has been changed
     */
    About choose(Work work, Map<Target, TargetState> states, Judgement judgement) throws ProblemException;

    /** Brings the release to every target and makes it ready; the release that is current is not touched. */
    void bring(Work work, About about, Map<Target, TargetState> states, Tasks tasks)
            throws PhaseFailed, InterruptedException;

    /** {@return makes the release current where that state was found} */
    Command switchOver(Work work, About about, TargetState state);
}
