package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which environments a job has to do with, as the history has it. Loads no build. */
final class Places {
    private static final int RECENT = 200;

    private Places() {}

    /** {@return the environments of a job or folder, and of all below it} */
    static Set<Place> of(History history, String job) {
        Filter.Job asked = new Filter.Job(job, true, 0);
        Set<Place> places = new HashSet<>();
        history.current(asked).forEach(r -> places.add(new Place(r.app(), r.environment())));
        history.list(Filter.of(asked, RECENT)).forEach(r -> places.add(new Place(r.app(), r.environment())));
        GateFilter gates = new GateFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(job),
                true,
                0,
                Optional.empty(),
                RECENT);
        // The gates of builds in the queue are about no environment.
        history.gates().list(gates).stream()
                .filter(g -> !g.subject().environment().isEmpty())
                .forEach(
                        g -> places.add(new Place(g.subject().app(), g.subject().environment())));
        return places;
    }

    /** {@return the newest successful deployments of a place that a job or those below it asked for, newest first} */
    static List<DeploymentRecord> successes(History history, String job, Place place) {
        Filter filter = new Filter(
                Optional.of(place.app()),
                Optional.of(place.environment()),
                Optional.of(State.SUCCEEDED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Filter.Job(job, true, 0)),
                Optional.empty(),
                1);
        return history.list(filter);
    }
}
