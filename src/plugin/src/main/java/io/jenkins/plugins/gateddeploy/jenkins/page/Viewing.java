package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * What whoever calls may see and do from the pages of a job or folder. For one request: what was found out is kept.
 *
 * <p>What is shown is about the environments that the job has to do with, and of these only what was asked for by jobs
 * that the person may read: anybody can name any application in a deploy.toml.
 */
final class Viewing implements Viewer.Permissions {
    private final Item item;
    private final VisibleJobs jobs = new VisibleJobs();
    private final Map<Place, Boolean> rollbacks = new HashMap<>();
    private final Map<Place, Boolean> managed = new HashMap<>();
    private Set<Place> places;

    /** @param item whose page it is; that it may be read has been checked */
    Viewing(Item item) {
        this.item = item;
    }

    @Override
    public boolean may(Act act, String app, String environment) {
        Place place = new Place(app, environment);
        if (!places().contains(place)) {
            return false;
        }
        return switch (act) {
            case VIEW -> true;
            // Whoever approves has to be somebody, even where everybody may do everything.
            case APPROVE -> !ACL.isAnonymous2(Jenkins.getAuthentication2()) && item.hasPermission(Permissions.APPROVE);
            case ROLL_BACK -> rollbacks.computeIfAbsent(place, this::mayRollBack);
            case MANAGE_LANE -> managed.computeIfAbsent(place, p -> new LaneManagement(item, p).isAllowed());
        };
    }

    @Override
    public boolean sees(String job) {
        return jobs.sees(job);
    }

    @Override
    public boolean decides(String job, String app, String environment) {
        return jobs.decides(job);
    }

    private Set<Place> places() {
        if (places == null) {
            places = item instanceof ItemGroup<?> ? below() : KnownPlaces.get().of(item.getFullName());
        }
        return places;
    }

    /** Who may read a folder need not know what those below it deploy that they may not read. */
    private Set<Place> below() {
        return KnownPlaces.get().sites().stream()
                .filter(site -> site.job().startsWith(item.getFullName() + "/"))
                .filter(site -> jobs.sees(site.job()))
                .map(site -> new Place(site.app(), site.environment()))
                .collect(Collectors.toSet());
    }

    private boolean mayRollBack(Place place) {
        Optional<Item> job = new ItemConsole(item.getFullName())
                .last(place)
                .flatMap(last -> Jobs.find(last.origin().job()));
        if (job.isEmpty() || !job.get().hasPermission(Permissions.ROLL_BACK)) {
            return false;
        }
        try {
            Registrations.check(
                    job.get(),
                    Jenkins.getAuthentication2(),
                    io.jenkins.plugins.gateddeploy.registration.Act.ROLL_BACK,
                    new io.jenkins.plugins.gateddeploy.registration.Place(place.app(), place.environment()));
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
