package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.DeploymentDocument;
import io.jenkins.plugins.gateddeploy.console.document.EnvironmentsDocument;
import io.jenkins.plugins.gateddeploy.console.document.GateDocument;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is current in each environment.
 *
 * @param history where the deployments are
 * @param host who knows of environments without any
 * @param deployments how they are shown
 * @param pins what nothing puts back by itself
 */
record Environments(History history, ConsoleHost host, Deployments deployments, StandingPins pins) {
    /** How far back a job is looked at for environments in which nothing of it ever succeeded. */
    private static final int RECENT = 200;
    /** How many attempts one behind the other may have been ended by people, and the one before still be told of. */
    private static final int ATTEMPTS = 5;

    private static final Set<State> FAILED = EnumSet.of(State.FAILED, State.ROLLED_BACK, State.INTERRUPTED);
    private static final Set<State> ENDED_BY_PEOPLE = EnumSet.of(State.REJECTED, State.CANCELLED);

    /** What moves or waits anywhere, read once for all places. */
    private record Moving(
            Map<Place, List<DeploymentRecord>> underWay,
            Map<Place, List<GateDocument>> gates,
            Map<Place, EnvironmentsDocument.Lane> lanes) {}

    /** {@return every environment that the viewer may see} */
    EnvironmentsDocument overview(Request request) {
        Viewer viewer = request.viewer();
        Moving moving = new Moving(
                history.unfinished().stream()
                        .filter(record -> Deployments.isVisible(viewer, record))
                        .collect(Collectors.groupingBy(Environments::place)),
                deployments.gates().open(viewer),
                lanes());
        return new EnvironmentsDocument(places(request).stream()
                .filter(place ->
                        request.parameter("app").map(place.app()::equals).orElse(true))
                .filter(place -> viewer.may(Act.VIEW, place.app(), place.environment()))
                .map(place -> environment(viewer, place, moving))
                .toList());
    }

    private Map<Place, EnvironmentsDocument.Lane> lanes() {
        Map<Place, EnvironmentsDocument.Lane> lanes = new HashMap<>();
        history.lanes()
                .all()
                .forEach(queue -> lanes.put(
                        new Place(queue.lane().app(), queue.lane().environment()),
                        EnvironmentsDocument.Lane.of(queue)));
        return lanes;
    }

    private Collection<Place> places(Request request) {
        Set<Place> places = new LinkedHashSet<>(host.places(request.parameter("job")));
        Optional<Filter.Job> job = Deployments.job(request);
        if (job.isPresent()) {
            List<DeploymentRecord> known = new ArrayList<>(history.current(job.get()));
            known.addAll(history.list(Filter.of(job.get(), RECENT)));
            known.stream().map(Environments::place).forEach(places::add);
        } else {
            history.sites().stream()
                    // The gates of what is no deployment are about no environment.
                    .filter(site -> !site.environment().isEmpty())
                    .filter(site -> request.viewer().sees(site.job()))
                    .map(site -> new Place(site.app(), site.environment()))
                    .forEach(places::add);
        }
        return places;
    }

    private static Place place(DeploymentRecord record) {
        return new Place(record.app(), record.environment());
    }

    private EnvironmentsDocument.Environment environment(Viewer viewer, Place place, Moving moving) {
        Optional<DeploymentRecord> current =
                current(history, place).filter(record -> Deployments.isVisible(viewer, record));
        List<DeploymentRecord> last = history.list(Filter.of(place.app(), place.environment(), ATTEMPTS)).stream()
                .filter(record -> Deployments.isVisible(viewer, record))
                .toList();
        return new EnvironmentsDocument.Environment(
                place.app(),
                place.environment(),
                document(current),
                document(history.marked(place.app(), place.environment())
                        .filter(record -> Deployments.isVisible(viewer, record))),
                document(failed(last, current)),
                moving.underWay.getOrDefault(place, List.of()).stream()
                        .map(deployments::document)
                        .toList(),
                moving.gates.getOrDefault(place, List.of()),
                moving.lanes.get(place),
                viewer.may(Act.ROLL_BACK, place.app(), place.environment()),
                pins.list(viewer, place),
                last.stream().findFirst().or(() -> current).flatMap(host::page).orElse(null),
                current.flatMap(host::deploy).orElse(null));
    }

    /** By their ends: one that waited for people may have begun before another, and fail after it. */
    private static Optional<DeploymentRecord> failed(List<DeploymentRecord> last, Optional<DeploymentRecord> current) {
        return last.stream()
                .filter(record -> record.state().isFinal() && !ENDED_BY_PEOPLE.contains(record.state()))
                .findFirst()
                .filter(record -> FAILED.contains(record.state()))
                .filter(record -> current.flatMap(DeploymentRecord::ended)
                        .map(success -> record.ended().filter(success::isBefore).isPresent())
                        .orElse(true));
    }

    private DeploymentDocument document(Optional<DeploymentRecord> record) {
        return record.map(deployments::document).orElse(null);
    }

    /** {@return the newest deployment that succeeded: as far as the history knows, what is current} */
    static Optional<DeploymentRecord> current(History history, Place place) {
        return history.successes(place.app(), place.environment(), 1).stream().findFirst();
    }
}
