package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a stream is about.
 *
 * @param deployments ids, with the gates where they wait; empty when not by id
 * @param gate id of one gate; empty when not by id
 * @param app only of this application
 * @param environment only of this environment
 * @param job only what this job asked for
 */
record Topic(
        Set<String> deployments,
        String gate,
        Optional<String> app,
        Optional<String> environment,
        Optional<Filter.Job> job) {
    /** Of a page that shows many, changes further back than that show when it is asked for anew. */
    private static final int NEWEST = 100;

    private static final int MOST_DEPLOYMENTS = 50;

    /** {@return what a request asks to be told of} */
    static Topic of(Request request) {
        Set<String> ids = request.parameter("deployment").stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .limit(MOST_DEPLOYMENTS)
                .collect(Collectors.toUnmodifiableSet());
        return new Topic(
                ids,
                request.parameter("gate").orElse(""),
                request.parameter("app"),
                request.parameter("environment"),
                Deployments.job(request));
    }

    /**
     * Something as it is now.
     *
     * @param value tells whether it has changed
     * @param deployment whether it is one, else it is a gate or a lane
     * @param app whose it is
     * @param environment where
     * @param job who asked for it; may be empty
     */
    record Seen(Object value, boolean deployment, String app, String environment, String job) {
        static Seen of(DeploymentRecord record) {
            return new Seen(
                    record,
                    true,
                    record.app(),
                    record.environment(),
                    record.origin().job());
        }

        static Seen of(Gate gate) {
            return new Seen(
                    gate,
                    false,
                    gate.subject().app(),
                    gate.subject().environment(),
                    gate.subject().job());
        }

        static Seen of(Queue queue) {
            return new Seen(queue, false, queue.lane().app(), queue.lane().environment(), "");
        }

        /** {@return what pages call it} */
        String kind() {
            return value instanceof Queue ? "lane" : deployment ? "deployment" : "gate";
        }

        boolean isVisible(Viewer viewer) {
            return viewer.may(Act.VIEW, app, environment) && (value instanceof Queue || viewer.sees(job));
        }
    }

    /** {@return whether it names what has to be there, and may be seen} */
    boolean isOfSomething() {
        return !deployments.isEmpty() || !gate.isEmpty();
    }

    /** {@return all that it is about, by id} */
    Map<String, Seen> look(History history) {
        Map<String, Seen> seen = new HashMap<>();
        records(history).forEach(record -> seen.put(record.id(), Seen.of(record)));
        gates(history).forEach(found -> seen.put(found.id(), Seen.of(found)));
        lanes(history)
                .forEach(queue ->
                        seen.put(queue.lane().app() + "/" + queue.lane().environment(), Seen.of(queue)));
        return seen;
    }

    private List<DeploymentRecord> records(History history) {
        if (!gate.isEmpty()) {
            return List.of();
        }
        if (!deployments.isEmpty()) {
            return deployments.stream().flatMap(id -> history.find(id).stream()).toList();
        }
        return history.list(new Filter(
                app,
                environment,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                job,
                Optional.empty(),
                NEWEST));
    }

    /** Pages of many show the lanes; that one of them has changed, other pages see by their deployments. */
    private List<Queue> lanes(History history) {
        return isOfSomething()
                ? List.of()
                : history.lanes().all().stream()
                        .filter(q -> app.map(q.lane().app()::equals).orElse(true))
                        .filter(q ->
                                environment.map(q.lane().environment()::equals).orElse(true))
                        .toList();
    }

    private List<Gate> gates(History history) {
        if (!gate.isEmpty()) {
            return history.gates().find(gate).stream().toList();
        }
        if (!deployments.isEmpty()) {
            return deployments.stream()
                    .flatMap(id -> history.gates().list(GateFilter.ofDeployment(id, 1)).stream())
                    .toList();
        }
        return history.gates()
                .list(new GateFilter(
                        Optional.empty(),
                        app,
                        environment,
                        job.map(Filter.Job::name),
                        job.map(Filter.Job::children).orElse(false),
                        job.map(Filter.Job::build).orElse(0),
                        Optional.empty(),
                        NEWEST));
    }
}
