package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Scenario C: the page of a job with many builds that all deployed, with what the plugin adds to jobs and builds and
 * without it, in turns. A page is all that the browser asks for before it shows the builds: the page, and their list.
 */
final class PageScenario {
    private static final String WITH = "with what the plugin adds";
    private static final String WITHOUT = "without it";
    private static final String AGAIN = "opened again";
    private static final String FIRST = "with no build in memory";
    private static final int WARM_UPS = 30;
    private static final int AGAIN_ROUNDS = 100;
    private static final int FIRST_ROUNDS = 30;
    private static final double GOAL = 1.1;

    private final Options options;
    private final Place place;
    private final Report report;
    private final Times times = new Times();
    private final HttpClient browser = HttpClient.newHttpClient();

    PageScenario(Options options, Place place, Report report) {
        this.options = options;
        this.place = place;
        this.report = report;
    }

    private interface Preparation {
        void run() throws IOException;
    }

    void run() throws Exception {
        report.heading("C. The page of a job with " + options.builds() + " builds");
        Additions additions = new Additions();
        WorkflowJob job = job();
        if (!additions.areOn(job)) {
            report.note("It is left out: this version of the plugin adds nothing to the page of a job.");
            return;
        }
        for (int round = -WARM_UPS; round < AGAIN_ROUNDS; round++) {
            measure(job, additions, round, AGAIN, () -> {});
        }
        for (int round = 0; round < FIRST_ROUNDS; round++) {
            measure(job, additions, round, FIRST, job::doReload);
        }
        additions.set(true);
        table();
        for (String what : List.of(AGAIN, FIRST)) {
            report.goal(
                    "Page of a job, " + what + ", " + WITH + " to " + WITHOUT,
                    times.ratio(WITH, what, WITHOUT, what),
                    GOAL);
        }
    }

    private WorkflowJob job() throws Exception {
        place.application().file("page.toml", place.deployToml("page", 1));
        String commit = place.application().commit();
        WorkflowJob job = place.jenkins().createProject(WorkflowJob.class, "page");
        job.setDefinition(
                new CpsFlowDefinition("""
                node {
                  checkout scmGit(branches: [[name: '%s']], userRemoteConfigs: [[url: '%s']])
                  deployApp environment: 'production', config: 'page.toml'
                }
                """.formatted(commit, place.application().path()), true));
        Builds.like(place.jenkins().buildAndAssertSuccess(job)).copy(options.builds());
        return job;
    }

    /** Each goes first in every other round. */
    private void measure(WorkflowJob job, Additions additions, int round, String what, Preparation preparation)
            throws Exception {
        for (boolean there : round % 2 == 0 ? List.of(true, false) : List.of(false, true)) {
            additions.set(there);
            if (additions.areOn(job) != there) {
                throw new IllegalStateException("What the plugin adds to a job could not be changed.");
            }
            preparation.run();
            long start = System.nanoTime();
            open(job);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (round >= 0) {
                times.add(there ? WITH : WITHOUT, what, seconds);
            }
        }
    }

    private void open(WorkflowJob job) throws Exception {
        URI page = place.jenkins().getURL().toURI().resolve(job.getUrl());
        read(page, job.getDisplayName());
        read(page.resolve("buildHistory/ajax"), "#" + options.builds());
    }

    private void read(URI from, String expected) throws Exception {
        HttpResponse<String> response =
                browser.send(HttpRequest.newBuilder(from).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.body().contains(expected)) {
            throw new IllegalStateException(
                    from + " answered " + response.statusCode() + ", without " + expected + ": " + response.body());
        }
    }

    private void table() {
        List<List<String>> rows = new ArrayList<>();
        for (String who : List.of(WITHOUT, WITH)) {
            rows.add(List.of(who, times.cell(who, AGAIN, WITHOUT, AGAIN), times.cell(who, FIRST, WITHOUT, FIRST)));
        }
        report.table(List.of("the page", AGAIN, FIRST), rows);
    }
}
