package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the tests passed, by their JUnit XML files. No files, or no tests in them, are a problem too. */
final class TestsCheck implements Check {
    private static final String ID = "problem.tests";
    private static final int MOST_SHOWN = 20;

    private final List<String> patterns;
    private final Development development;

    TestsCheck(List<String> patterns, Development development) {
        this.patterns = patterns;
        this.development = development;
    }

    @Override
    public String about() {
        return "the tests";
    }

    /** Several thousand files of an agent far away take a while. */
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public List<Problem> find() throws ProblemException, IOException, InterruptedException {
        Found found = new Found();
        for (String pattern : patterns) {
            List<Development.Report> reports = development.reports(List.of(pattern));
            if (reports.isEmpty()) {
                found.problems.add(Problem.error(
                        ID,
                        "No test report matches " + ReportText.line(pattern) + ".",
                        "Run the tests before the deployment, or correct development.tests in deploy.toml."));
            }
            for (Development.Report report : reports) {
                if (found.read.add(report.path())) {
                    read(report, found);
                }
            }
        }
        return found.all();
    }

    private static void read(Development.Report report, Found found) throws IOException, InterruptedException {
        TestReport tests = new TestReport();
        try {
            SafeXml.read(report.open(), tests);
            found.take(report.path(), tests);
        } catch (SafeXml.Unfit e) {
            found.take(report.path(), tests);
            found.problems.add(Problem.error(
                    ID,
                    "The test report cannot be read: " + e.getMessage() + ".",
                    "Look whether the tests ran to their end.",
                    new Location(report.path(), 0, 0)));
        }
    }

    /** What the reports say together. */
    private static final class Found {
        private final java.util.Set<String> read = new java.util.HashSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<Problem> failed = new ArrayList<>();
        private long tests;
        private long failures;

        void take(String path, TestReport report) {
            tests += report.tests();
            failures += report.failures();
            for (String name : report.failed()) {
                if (failed.size() < MOST_SHOWN) {
                    failed.add(
                            Problem.error(ID, "The test failed: " + name + ".", "Mend it.", new Location(path, 0, 0)));
                }
            }
        }

        List<Problem> all() {
            if (tests == 0 && failures == 0 && problems.isEmpty()) {
                problems.add(
                        Problem.error(
                                ID,
                                "The test reports have no tests in them.",
                                "Look whether the tests ran, and whether development.tests in deploy.toml means their reports."));
            }
            if (failures > failed.size() && failed.size() == MOST_SHOWN) {
                problems.add(Problem.error(
                        ID,
                        failures + " of " + tests + " tests failed; the first " + failed.size() + " are shown.",
                        "Mend them."));
            }
            problems.addAll(failed);
            return problems.size() > 5 * MOST_SHOWN ? problems.subList(0, 5 * MOST_SHOWN) : problems;
        }
    }
}
