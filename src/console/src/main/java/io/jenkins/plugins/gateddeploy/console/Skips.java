package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.SkipsDocument;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.trigger.Skipped;
import java.util.Optional;

/**
 * What had started by itself and was not deployed, as far as a viewer may see it.
 *
 * @param history whose audit trail tells of it
 * @param host who knows builds
 */
record Skips(History history, ConsoleHost host) {
    private static final int SHOWN = 10;

    /** {@return the last ones that match} */
    SkipsDocument list(Request request) {
        Viewer viewer = request.viewer();
        Optional<Filter.Job> job = Deployments.job(request);
        return new SkipsDocument(Skipped.recent(history.audit()).stream()
                .filter(skip -> request.parameter("app")
                        .map(skip.place().application()::equals)
                        .orElse(true))
                .filter(skip -> request.parameter("environment")
                        .map(skip.place().environment()::equals)
                        .orElse(true))
                .filter(skip ->
                        job.map(wanted -> isOf(wanted, skip.origin().job())).orElse(true))
                .filter(skip -> isVisible(viewer, skip))
                .limit(SHOWN)
                .map(skip ->
                        SkipsDocument.Skip.of(skip, host.build(skip.origin()).orElse(null)))
                .toList());
    }

    private static boolean isOf(Filter.Job wanted, String job) {
        return job.equals(wanted.name()) || (wanted.children() && job.startsWith(wanted.name() + "/"));
    }

    private static boolean isVisible(Viewer viewer, Skipped skip) {
        return viewer.may(Act.VIEW, skip.place().application(), skip.place().environment())
                && viewer.sees(skip.origin().job());
    }
}
