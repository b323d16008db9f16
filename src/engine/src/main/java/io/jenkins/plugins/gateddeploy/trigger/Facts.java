package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known before something is deployed by itself.
 *
 * @param coming the version
 * @param last the deployment before that changed something, or tried to; empty when there was none
 */
public record Facts(Revision coming, Optional<DeploymentRecord> last) {
    private static final Set<State> TRIED = Set.of(State.SUCCEEDED, State.FAILED, State.ROLLED_BACK, State.INTERRUPTED);

    public Facts {
        Objects.requireNonNull(coming, "coming");
        Objects.requireNonNull(last, "last");
    }

    /**
     * {@return the deployment or rollback of an environment that ended last, well or badly} What people rejected or took
     * back left the environment as it was. One that waited for them counts by when it was done, not by its number.
     */
    public static Optional<DeploymentRecord> last(History history, Place place) {
        return history.lastEnded(place.application(), place.environment(), TRIED);
    }
}
