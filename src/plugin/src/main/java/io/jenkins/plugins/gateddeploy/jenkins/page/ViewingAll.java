package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What whoever calls may see from the page of all applications: what was asked for by jobs that they may read. Going
 * back is done from a job's own page, as it goes by that job's configuration. For one request.
 */
final class ViewingAll implements Viewer.Permissions {
    private final VisibleJobs jobs = new VisibleJobs();
    private Set<Place> places;

    @Override
    public boolean may(Act act, String app, String environment) {
        return act == Act.VIEW && places().contains(new Place(app, environment));
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
            places = KnownPlaces.get().sites().stream()
                    .filter(site -> jobs.sees(site.job()))
                    .map(site -> new Place(site.app(), site.environment()))
                    .collect(Collectors.toSet());
        }
        return places;
    }
}
