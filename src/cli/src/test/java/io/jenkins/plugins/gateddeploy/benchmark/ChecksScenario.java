package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.WarmEngine;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Scenario D: all checks of a large environment, beside what it takes to ask its targets anything at all: the slowest
 * one's round trip, with the others at work on the same machine.
 */
final class ChecksScenario {
    private static final int TARGETS = 50;
    /** Of the last target, for each command. */
    private static final String DELAY = "0.3";
    /** Code that has not been compiled yet would be measured. */
    private static final int WARM_UPS = 5;

    private static final double MOST_MORE = 0.5;
    private static final String ROUND_TRIP = "one command that does nothing";
    private static final String CHECKS = "all checks";
    private static final List<Boolean> WAYS = List.of(false, true);

    private final int rounds;
    private final Path directory;
    private final Report report;
    private final Times times = new Times();

    ChecksScenario(int rounds, Path directory, Report report) {
        this.rounds = rounds;
        this.directory = directory;
        this.report = report;
    }

    void run() throws Exception {
        report.heading("D. All checks of " + CheckedApplication.KEYS + " keys, " + CheckedApplication.MIGRATIONS
                + " pending migrations and " + TARGETS + " targets, one of them " + DELAY + " s slower");
        List<String> slow = List.of("ForceCommand PATH=" + slowShell() + ":$PATH; eval \"$SSH_ORIGINAL_COMMAND\"");
        try (CheckedApplication application = new CheckedApplication(directory.resolve("repository"));
                OpenSshFleet fleet = OpenSshFleet.start(directory.resolve("fleet"), TARGETS, slow);
                WarmEngine engine = new WarmEngine(directory.resolve("engine"), fleet)) {
            for (int server = 0; server < TARGETS; server++) {
                Path shared =
                        Files.createDirectories(fleet.viewFromOutside(server).resolve("app/shared"));
                Files.writeString(shared.resolve(".env"), CheckedApplication.variables());
            }
            DeployFile file = application.deployFile(fleet.path().resolve("app"), fleet.targets());
            engine.begin(file, application.path(), application.current());
            for (int round = 1 - WARM_UPS; round <= rounds; round++) {
                for (boolean keeping : WAYS) {
                    measure(engine, keeping, file, application, round > 0);
                }
            }
        }
        table();
    }

    /** {@return a directory with an sh that takes its time, whoever starts it} */
    private Path slowShell() throws IOException {
        Path shell = Files.createDirectories(directory.resolve("slow")).resolve("sh");
        Files.writeString(shell, "#!/bin/sh\nsleep " + DELAY + "\nexec /bin/sh \"$@\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        return shell.getParent();
    }

    private void measure(
            WarmEngine engine, boolean keeping, DeployFile file, CheckedApplication application, boolean counts)
            throws Exception {
        Configuration configuration = file.configuration("production");
        Times used = counts ? times : new Times();
        used.measure(way(keeping), ROUND_TRIP, () -> engine.roundTrip(keeping, configuration));
        used.measure(
                way(keeping),
                CHECKS,
                () -> requireGood(engine.verify(keeping, file, application.path(), application.coming())));
    }

    private static void requireGood(List<Problem> problems) {
        problems.stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .findFirst()
                .ifPresent(p -> {
                    throw new IllegalStateException("Nothing should be wrong, but: " + p.oneLine());
                });
    }

    private void table() {
        report.table(
                List.of(TARGETS + " targets", ROUND_TRIP, CHECKS + " (ratio)"),
                WAYS.stream()
                        .map(keeping -> List.of(
                                way(keeping),
                                times.cell(way(keeping), ROUND_TRIP, "", ""),
                                times.cell(way(keeping), CHECKS, way(keeping), ROUND_TRIP)))
                        .toList());
        for (boolean keeping : WAYS) {
            OptionalDouble checks = times.median(way(keeping), CHECKS);
            OptionalDouble trip = times.median(way(keeping), ROUND_TRIP);
            report.goal(
                    "All checks, " + way(keeping) + ", beyond the slowest target's round trip, seconds",
                    OptionalDouble.of(checks.orElseThrow() - trip.orElseThrow()),
                    MOST_MORE);
        }
    }

    private static String way(boolean keeping) {
        return keeping ? "connections kept" : "connecting anew";
    }
}
