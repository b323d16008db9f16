package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Whether whoever calls may manage a lane. It is shared by jobs, and anybody can name any application in a deploy.toml:
 * so they need the permission on every job that is in the lane, and on that whose page it is; and the registrations have
 * to let them.
 *
 * @param item whose page it is
 * @param place whose lane
 */
record LaneManagement(Item item, Place place) {

    boolean isAllowed() {
        if (ACL.isAnonymous2(Jenkins.getAuthentication2())) {
            return false;
        }
        Stream<Item> waiting =
                JenkinsHost.get().history().lanes().queue(new Lane(place.app(), place.environment())).entries().stream()
                        .map(entry -> entry.claim().asker().job())
                        .distinct()
                        .flatMap(job -> Jobs.find(job).stream());
        Stream<Item> own = item instanceof Job ? Stream.of(item) : Stream.empty();
        List<Item> all = Stream.concat(own, waiting).distinct().toList();
        return !all.isEmpty() && all.stream().allMatch(this::isAllowed);
    }

    private boolean isAllowed(Item job) {
        if (!job.hasPermission(Permissions.MANAGE_LANES)) {
            return false;
        }
        try {
            Registrations.check(
                    job,
                    Jenkins.getAuthentication2(),
                    Act.MANAGE_LANE,
                    new io.jenkins.plugins.gateddeploy.registration.Place(place.app(), place.environment()));
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
