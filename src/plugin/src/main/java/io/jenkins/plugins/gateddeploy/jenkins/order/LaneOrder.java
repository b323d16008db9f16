package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Have a lane for a piece of a script. */
public final class LaneOrder implements Serializable {
    private static final long serialVersionUID = 1;

    private final Destination to;

    /** @param to whose lane */
    public LaneOrder(Destination to) {
        this.to = Objects.requireNonNull(to, "to");
    }

    /**
     * {@return the place that the piece has in the lane from now on; once, however often it is said}
     *
     * @param place the id it has
     * @param held the lane that a block around this one holds; null for none
     * @throws ProblemException when the build must not deploy there
     */
    public Entry join(Site site, String place, HeldLane held)
            throws ProblemException, IOException, InterruptedException {
        Application application = Configurations.read(site, to);
        Configuration configuration = application.configuration();
        site.admit(Act.DEPLOY, configuration);
        // So that the end of the build is heard, in case that the piece does not come to its end.
        DeploymentAction.announce(site.build(), List.of());
        Instant now = Instant.now();
        Lane lane = new Lane(configuration.app(), configuration.environment());
        Claim claim = new Claim(
                "",
                held == null ? "" : held.above(lane),
                "deployLane of " + site.build().getFullDisplayName(),
                "",
                new Claim.Asker(
                        Actors.of(site.build()).id(),
                        site.build().getParent().getFullName(),
                        site.build().getNumber()),
                now);
        Bounds bounds = Bounds.of(application.file().queue(configuration.environment()), now);
        Entry entry = Entry.waiting(place, lane, claim, bounds);
        return JenkinsHost.get()
                .history()
                .lanes()
                .join(entry, false)
                .find(place)
                .orElseThrow();
    }
}
