package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.DeploymentDocument;
import io.jenkins.plugins.gateddeploy.console.document.DeploymentsDocument;
import io.jenkins.plugins.gateddeploy.console.document.DetailsDocument;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.Course;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The deployments that a viewer may see. One that they may not see is not there for them.
 *
 * @param history where they are
 * @param host who is asked for links
 * @param gates where one may wait
 */
record Deployments(History history, ConsoleHost host, GateDecisions gates) {
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    private static final int LARGEST_BATCH = 200;
    /** So that nobody makes the host read its whole history for the few that they may see: the rest is another page. */
    private static final int MOST_LOOKED_AT = 1000;

    /** {@return a page of those that match} */
    DeploymentsDocument list(Request request) {
        int size = number(request, "limit", PAGE, 1, LARGEST_PAGE);
        int batch = size + 1;
        Filter filter = filter(request, batch);
        List<DeploymentRecord> visible = new ArrayList<>();
        for (int looked = 0; visible.size() <= size; ) {
            List<DeploymentRecord> found = history.list(filter);
            found.stream().filter(r -> isVisible(request.viewer(), r)).forEach(visible::add);
            looked += found.size();
            if (found.size() < batch) {
                break;
            }
            Instant oldest = found.get(found.size() - 1).started();
            if (visible.size() <= size && looked >= MOST_LOOKED_AT) {
                return page(visible, oldest.toString());
            }
            batch = LARGEST_BATCH;
            filter = before(filter, oldest, batch);
        }
        List<DeploymentRecord> page = visible.subList(0, Math.min(size, visible.size()));
        return page(page, visible.size() > size ? page.get(size - 1).started().toString() : null);
    }

    private DeploymentsDocument page(List<DeploymentRecord> page, String next) {
        return new DeploymentsDocument(page.stream().map(this::document).toList(), next);
    }

    private static Filter filter(Request request, int limit) {
        return new Filter(
                request.parameter("app"),
                request.parameter("environment"),
                request.parameter("state").map(Deployments::state),
                Optional.empty(),
                Optional.empty(),
                request.parameter("before").map(Deployments::time),
                Optional.empty(),
                job(request),
                Optional.empty(),
                limit);
    }

    /** {@return the job that is asked about, if it is only one, with the jobs below it where that is wished} */
    static Optional<Filter.Job> job(Request request) {
        return request.parameter("job")
                .map(name -> new Filter.Job(
                        name,
                        request.parameter("below").isPresent(),
                        number(request, "build", 0, 0, Integer.MAX_VALUE)));
    }

    private static Filter before(Filter filter, Instant time, int limit) {
        return new Filter(
                filter.app(),
                filter.environment(),
                filter.state(),
                filter.user(),
                filter.since(),
                Optional.of(time),
                filter.search(),
                filter.job(),
                filter.number(),
                limit);
    }

    private static State state(String text) {
        try {
            return State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemReport.badRequest("There is no state " + text + ".").refusal();
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw ProblemReport.badRequest("before must be a time as in 2026-03-01T10:15:00Z, not " + text + ".")
                    .refusal();
        }
    }

    /** {@return a whole number of the query} */
    static int number(Request request, String name, int otherwise, int least, int most) {
        return (int) number(request, name, (long) otherwise, least, most);
    }

    /** {@return a whole number of the query} */
    static long number(Request request, String name, long otherwise, long least, long most) {
        String text = request.parameter(name).orElse(String.valueOf(otherwise));
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
            assert e != null;
        }
        throw ProblemReport.badRequest(
                        name + " must be a whole number from " + least + " to " + most + ", not " + text + ".")
                .refusal();
    }

    /** {@return all that is known of one} */
    DetailsDocument details(Request request, String id) {
        DeploymentRecord record = find(request.viewer(), id);
        return DetailsDocument.of(
                document(record),
                record,
                history.events(id),
                course(record),
                host.plan(record),
                gates.of(request.viewer(), id));
    }

    private static Course course(DeploymentRecord record) {
        try {
            return Course.of(record.log());
        } catch (IOException e) {
            throw ProblemReport.outOfOrder("How far the deployment has come cannot be read", e)
                    .refusal();
        }
    }

    /** {@return the deployment; when the viewer may not see it, or it is not there, the request ends with a 404} */
    DeploymentRecord find(Viewer viewer, String id) {
        return history.find(id)
                .filter(record -> isVisible(viewer, record))
                .orElseThrow(() -> ProblemReport.notFound("There is no deployment " + id + ".")
                        .refusal());
    }

    static boolean isVisible(Viewer viewer, DeploymentRecord record) {
        return viewer.may(Act.VIEW, record.app(), record.environment())
                && viewer.sees(record.origin().job());
    }

    /** {@return the deployment as lists show it} */
    DeploymentDocument document(DeploymentRecord record) {
        return DeploymentDocument.of(record, host.build(record));
    }
}
