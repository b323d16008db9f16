package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known before something is deployed by itself.
 *
 * @param coming the version
 * @param last the deployment before that changed something, or tried to; empty when there was none
 */
public record Facts(Revision coming, Optional<DeploymentRecord> last) {
    public Facts {
        Objects.requireNonNull(coming, "coming");
        Objects.requireNonNull(last, "last");
    }

    /**
     * {@return the newest deployment or rollback of an environment that ended well or badly} What people rejected or took
     * back left the environment as it was.
     */
    public static Optional<DeploymentRecord> last(History history, Place place) {
        return Stream.of(State.SUCCEEDED, State.FAILED, State.ROLLED_BACK, State.INTERRUPTED)
                .flatMap(state -> history
                        .list(new Filter(
                                Optional.of(place.application()),
                                Optional.of(place.environment()),
                                Optional.of(state),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                1))
                        .stream())
                .max(Comparator.comparingInt(DeploymentRecord::number));
    }
}
