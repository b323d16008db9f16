package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scenario C: a tree of many files to several servers at once with little memory. */
final class MemoryScenario {
    static final int TARGETS = 10;
    private static final String HEAP = "128m";

    private final Options options;
    private final Site site;
    private final Tree tree;
    private final Report report;

    MemoryScenario(Options options, Site site, Tree tree, Report report) {
        this.options = options;
        this.site = site;
        this.tree = tree;
        this.report = report;
    }

    void run() throws Exception {
        report.heading("C. A tree of " + options.files() + " files to " + TARGETS + " targets with -Xmx" + HEAP);
        String goal =
                "Cold command with -Xmx" + HEAP + " pushes " + options.files() + " files to " + TARGETS + " targets";
        String toml = DeployToml.pushed(site, TARGETS, site.there("memory"), "copy");
        try {
            long start = System.nanoTime();
            long peak = new ColdCommand(site, options.command()).pushWithin(HEAP, "memory", toml, tree.path());
            double seconds = (System.nanoTime() - start) / 1e9;
            for (int server = 0; server < TARGETS; server++) {
                Path directory = site.here(server, "memory");
                tree.check(
                        directory.resolve(Files.readSymbolicLink(directory.resolve("current"))
                                .toString()),
                        ColdCommand.NAME);
            }
            report.note("It took " + Times.format("%.1f s", seconds) + "; at its peak " + peak / 1024
                    + " MB were resident, the JVM's own among them.");
            report.goal(goal, "it did", "has to", true);
        } catch (IllegalStateException e) {
            report.note("It failed: " + e.getMessage());
            report.goal(goal, "it did not", "has to", false);
        }
    }
}
