package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Machine;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.WarmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Measures the product beside its peers and prints a table of Markdown; how far it is goes to standard error. */
public final class Benchmark {
    private Benchmark() {}

    /** See {@link Options}. Ends with 1 when something cannot be measured or what was deployed is not what is there. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path directory = Files.createTempDirectory("gated-deploy-");
        int code = 1;
        try {
            measure(options, directory);
            code = 0;
        } catch (TestAbortedException e) {
            System.err.println("This machine cannot run the benchmark: " + e.getMessage());
        } finally {
            if (options.keep()) {
                System.err.println("Everything is in " + directory);
            } else {
                remove(directory);
            }
        }
        System.exit(code);
    }

    private static void measure(Options options, Path directory) throws Exception {
        Report report = new Report(System.out);
        report.note(Machine.describe());
        report.note("Load average before: " + Machine.load() + ". Median of " + options.rounds()
                + " rounds (2 for Capistrano and Ansible), ratio, fastest and slowest round.");
        if (options.any("A", "B", "C")) {
            deployments(options, directory, report);
        }
        if (options.any("D")) {
            new ChecksScenario(options.rounds(), directory.resolve("checks"), report).run();
        }
        report.note("Load average after: " + Machine.load() + ".");
        report.finish();
    }

    private static void deployments(Options options, Path directory, Report report) throws Exception {
        try (OpenSshFleet fleet = OpenSshFleet.start(directory.resolve("fleet"), options.servers())) {
            Path home = Files.createDirectories(directory.resolve("home"));
            Site site = new Site(directory, fleet, new Child(home, directory.resolve("output")));
            try (WarmEngine engine = new WarmEngine(directory.resolve("engine"), fleet)) {
                scenarios(options, site, engine, report);
            }
        }
    }

    private static void scenarios(Options options, Site site, WarmEngine engine, Report report) throws Exception {
        if (options.any("A")) {
            new PullScenario(options, site, engine, report).run();
        }
        if (options.any("B", "C")) {
            Tree tree = new Tree(site.directory().resolve("tree"), options.files());
            if (options.any("B")) {
                new PushScenario(options, site, engine, tree, report).run();
            }
            if (options.any("C")) {
                new MemoryScenario(options, site, tree, report).run();
            }
        }
    }

    private static void remove(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", directory.toString())
                .inheritIO()
                .start()
                .waitFor();
    }
}
