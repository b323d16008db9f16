package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Contender;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.WarmEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenario A: the steps beside the engine alone, in the same JVM and to the same servers. The engine begins when a build
 * has just checked the commit out, as the step does; and who goes first changes from round to round.
 */
final class StepScenario {
    private static final String ENGINE = "the engine alone";
    private static final String STEP = "the step of a Pipeline";
    private static final String BUILD = "the whole build, with its checkout";
    private static final String DEPLOY = "deploy";
    private static final String BACK = "roll back";
    private static final double GOAL = 1.15;

    private final Options options;
    private final Place place;
    private final Report report;
    private final Times times = new Times();

    StepScenario(Options options, Place place, Report report) {
        this.options = options;
        this.place = place;
        this.report = report;
    }

    void run() throws Exception {
        report.heading("A. A deployment through the step");
        try (WarmEngine engine = new WarmEngine(place.directory().resolve("engine"), place.fleet())) {
            for (int count : options.targets()) {
                measure(engine, count);
                table(count);
            }
        }
        for (int count : options.targets()) {
            for (String what : List.of(DEPLOY, BACK)) {
                report.goal(
                        "Step to engine, " + of(what, count),
                        times.ratio(STEP, of(what, count), ENGINE, of(what, count)),
                        GOAL);
            }
        }
    }

    private void measure(WarmEngine warm, int count) throws Exception {
        String name = "engine-" + count;
        Contender engine = warm.pulling(
                name, place.deployToml(name, count), place.application().path());
        PipelineJob pipeline = PipelineJob.create(place, count);
        String first = place.application().commit();
        engine.deploy(first);
        pipeline.deploy(first);
        for (int i = 1; i < engine.warmUps(); i++) {
            String next = place.application().commit();
            engine.deploy(next);
            engine.rollback();
            pipeline.deploy(next);
            pipeline.rollback(next);
        }
        for (int round = 0; round < options.rounds(); round++) {
            String next = place.application().commit();
            if (round % 2 == 0) {
                measure(engine, pipeline, next, first, count);
                measure(pipeline, next, first, count);
            } else {
                measure(pipeline, next, first, count);
                measure(engine, pipeline, next, first, count);
            }
        }
    }

    private void measure(Contender engine, PipelineJob before, String next, String first, int count) throws Exception {
        before.checkOut(next);
        times.measure(ENGINE, of(DEPLOY, count), () -> engine.deploy(next));
        place.check(engine.directory(), count, next);
        before.checkOut(next);
        times.measure(ENGINE, of(BACK, count), engine::rollback);
        place.check(engine.directory(), count, first);
    }

    private void measure(PipelineJob pipeline, String next, String first, int count) throws Exception {
        add(of(DEPLOY, count), pipeline.deploy(next));
        place.check(pipeline.directory(), count, next);
        add(of(BACK, count), pipeline.rollback(next));
        place.check(pipeline.directory(), count, first);
    }

    private void add(String what, PipelineJob.Took took) {
        times.add(STEP, what, took.step());
        times.add(BUILD, what, took.build());
    }

    private void table(int count) {
        List<List<String>> rows = new ArrayList<>();
        for (String who : List.of(ENGINE, STEP, BUILD)) {
            rows.add(List.of(
                    who,
                    times.cell(who, of(DEPLOY, count), ENGINE, of(DEPLOY, count)),
                    times.cell(who, of(BACK, count), ENGINE, of(BACK, count))));
        }
        report.table(List.of(targets(count), "deploy a new commit", "roll back"), rows);
    }

    private static String of(String what, int count) {
        return what + ", " + targets(count);
    }

    private static String targets(int count) {
        return count == 1 ? "1 target" : count + " targets";
    }
}
