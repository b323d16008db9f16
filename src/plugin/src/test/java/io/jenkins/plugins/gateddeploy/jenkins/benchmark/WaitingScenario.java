package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Scenario B: Pipelines that wait at {@code holdForApproval}, beside the same Pipelines that wait at {@code input}. */
final class WaitingScenario {
    private static final String HOLD = "holdForApproval";
    private static final String INPUT = "input";

    private static final Map<String, String> SCRIPTS = Map.of(
            INPUT, "input message: 'Ship it?'\n",
            HOLD, "holdForApproval environment: 'production', message: 'Ship it?'\n");

    private static final int ROUNDS = 2;
    private static final int FEW = 10;
    private static final double MOST_KILOBYTES = 20;
    /** Background tasks of Jenkins come and go. */
    private static final double MOST_THREADS = 0.05;

    private final Options options;
    private final Place place;
    private final Report report;
    private final Map<String, List<Each>> measured = new LinkedHashMap<>();

    WaitingScenario(Options options, Place place, Report report) {
        this.options = options;
        this.place = place;
        this.report = report;
    }

    /** What each of the Pipelines that wait adds. */
    private record Each(double threads, double kilobytes) {}

    void run() throws Exception {
        report.heading("B. " + options.waiting() + " Pipelines that wait for people");
        List<String> steps = new ArrayList<>(List.of(INPUT));
        if (StepDescriptor.byFunctionName(HOLD) == null) {
            report.note("The step " + HOLD + " is left out: this version of the plugin does not have it.");
        } else {
            steps.add(HOLD);
        }
        place.application().file("deploy.toml", place.deployToml("waiting", 1));
        SCRIPTS.forEach((step, script) -> place.application().file(step + ".groovy", script));
        place.application().commit();
        for (String step : steps) {
            Crowd.gather(place, step + ".groovy", FEW).close();
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String step : steps) {
                measured.computeIfAbsent(step, s -> new ArrayList<>()).add(measure(step));
            }
        }
        table(steps);
        goals();
    }

    private Each measure(String step) throws Exception {
        Footprint before = Footprint.now();
        try (Crowd crowd = Crowd.gather(place, step + ".groovy", options.waiting())) {
            assert crowd != null;
            Footprint meanwhile = Footprint.now();
            System.err.println("  " + step + ": " + before + ", " + meanwhile);
            return new Each(
                    (double) (meanwhile.threads() - before.threads()) / options.waiting(),
                    (meanwhile.heap() - before.heap()) / 1000.0 / options.waiting());
        }
    }

    private void table(List<String> steps) {
        List<List<String>> rows = new ArrayList<>();
        for (String step : steps) {
            List<String> row = new ArrayList<>(List.of(step));
            for (Each each : measured.get(step)) {
                row.add(Times.format("%.1f kB", each.kilobytes()));
                row.add(Times.format("%.3f", each.threads()));
            }
            rows.add(row);
        }
        List<String> head = new ArrayList<>(List.of("waiting at"));
        for (int round = 1; round <= ROUNDS; round++) {
            head.add("heap each, round " + round);
            head.add("threads each");
        }
        report.table(head, rows);
    }

    private void goals() {
        if (measured.containsKey(HOLD)) {
            report.goal("Threads for each Pipeline at " + HOLD, OptionalDouble.of(threads()), MOST_THREADS);
            report.goal(
                    "kB of heap for each Pipeline at " + HOLD + " more than at " + INPUT,
                    OptionalDouble.of(kilobytes(HOLD) - kilobytes(INPUT)),
                    MOST_KILOBYTES);
        }
    }

    private double threads() {
        return Times.median(measured.get(HOLD).stream().map(Each::threads).toList());
    }

    private double kilobytes(String step) {
        return Times.median(measured.get(step).stream().map(Each::kilobytes).toList());
    }
}
