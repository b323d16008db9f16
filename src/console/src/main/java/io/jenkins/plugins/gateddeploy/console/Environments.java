package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.EnvironmentsDocument;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is current in each environment.
 *
 * @param history where the deployments are
 * @param host who knows of environments without any
 * @param deployments how they are shown
 */
record Environments(History history, ConsoleHost host, Deployments deployments) {
    /** How far back an environment is looked for that the host does not know of. */
    private static final int RECENT = 200;

    /** {@return every environment that the viewer may see} */
    EnvironmentsDocument overview(Request request) {
        return new EnvironmentsDocument(places(request).stream()
                .filter(place ->
                        request.parameter("app").map(place.app()::equals).orElse(true))
                .filter(place -> request.viewer().may(Act.VIEW, place.app(), place.environment()))
                .map(place -> environment(request.viewer(), place))
                .toList());
    }

    private Collection<Place> places(Request request) {
        Set<Place> places = new LinkedHashSet<>(host.places(request.parameter("job")));
        Optional<Filter.Job> job = Deployments.job(request);
        List<DeploymentRecord> known = new ArrayList<>(job.map(history::current).orElseGet(() -> history.list(all())));
        job.map(j -> Filter.of(j, RECENT)).map(history::list).ifPresent(known::addAll);
        known.stream()
                .map(record -> new Place(record.app(), record.environment()))
                .forEach(places::add);
        return places;
    }

    private static Filter all() {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RECENT);
    }

    private EnvironmentsDocument.Environment environment(Viewer viewer, Place place) {
        return new EnvironmentsDocument.Environment(
                place.app(),
                place.environment(),
                current(history, place)
                        .filter(record -> Deployments.isVisible(viewer, record))
                        .map(deployments::document)
                        .orElse(null),
                history.marked(place.app(), place.environment())
                        .filter(record -> Deployments.isVisible(viewer, record))
                        .map(deployments::document)
                        .orElse(null),
                history.unfinished(place.app(), place.environment()).stream()
                        .filter(record -> Deployments.isVisible(viewer, record))
                        .map(deployments::document)
                        .toList(),
                deployments.gates().open(viewer, place),
                viewer.may(Act.ROLL_BACK, place.app(), place.environment()));
    }

    /** {@return the newest deployment that succeeded: as far as the history knows, what is current} */
    static Optional<DeploymentRecord> current(History history, Place place) {
        return history.successes(place.app(), place.environment(), 1).stream().findFirst();
    }
}
