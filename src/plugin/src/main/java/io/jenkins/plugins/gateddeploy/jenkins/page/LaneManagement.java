package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Whether whoever calls may manage a lane. It is shared by jobs, and anybody can name any application in a deploy.toml:
 * so they need the permission on every job that is in the lane or has had to do with it, and on that whose page it is; and
 * the registrations have to let them.
 *
 * @param item whose page it is
 * @param place whose lane
 */
record LaneManagement(Item item, Place place) {

    boolean isAllowed() {
        if (ACL.isAnonymous2(Jenkins.getAuthentication2())) {
            return false;
        }
        Stream<String> waiting =
                JenkinsHost.get().history().lanes().queue(new Lane(place.app(), place.environment())).entries().stream()
                        .map(entry -> entry.claim().asker().job());
        Stream<Item> own = item instanceof Job ? Stream.of(item) : Stream.empty();
        List<Item> all = Stream.of(own, items(waiting), items(known()).filter(job -> !isStray(job)))
                .flatMap(jobs -> jobs)
                .distinct()
                .toList();
        return !all.isEmpty() && all.stream().allMatch(this::isAllowed);
    }

    private Stream<String> known() {
        return KnownPlaces.get().sites().stream()
                .filter(site ->
                        site.app().equals(place.app()) && site.environment().equals(place.environment()))
                .map(History.Site::job);
    }

    private static Stream<Item> items(Stream<String> names) {
        return names.distinct().flatMap(job -> Jobs.find(job).stream());
    }

    /** What deployed there before it was registered, and may not any more, has no say. */
    private boolean isStray(Item job) {
        return problems(job).stream().anyMatch(problem -> problem.id().equals("registration.job"));
    }

    private boolean isAllowed(Item job) {
        return job.hasPermission(Permissions.MANAGE_LANES) && problems(job).isEmpty();
    }

    /** {@return what the registrations have against it} */
    private List<Problem> problems(Item job) {
        try {
            Registrations.check(
                    job,
                    Jenkins.getAuthentication2(),
                    Act.MANAGE_LANE,
                    new io.jenkins.plugins.gateddeploy.registration.Place(place.app(), place.environment()));
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        }
    }
}
