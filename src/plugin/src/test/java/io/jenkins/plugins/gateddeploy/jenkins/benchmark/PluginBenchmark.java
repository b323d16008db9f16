package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshFleet;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Machine;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Measures the plugin in a real Jenkins and writes a table of Markdown. Written as a test because that is how a Jenkins
 * with the plugin is started; its name keeps it out of every run of the tests.
 */
@WithJenkins
class PluginBenchmark {
    /** Where the figures go, below the directory of the module: standard output has Jenkins' log. */
    private static final Path FIGURES = Path.of("target", "benchmark.md");

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void measures(JenkinsRule jenkins) throws Exception {
        Options options = Options.given();
        try (PrintStream out = new PrintStream(Files.newOutputStream(FIGURES), true, StandardCharsets.UTF_8);
                OpenSshFleet fleet = OpenSshFleet.start(directory.resolve("fleet"), options.servers());
                Application application = new Application(directory.resolve("application.git"))) {
            Report report = new Report(out);
            introduce(fleet);
            report.note(Machine.describe());
            report.note("Load average before: " + Machine.load() + ".");
            scenarios(options, new Place(jenkins, directory, fleet, application), report);
            report.note("Load average after: " + Machine.load() + ".");
            report.finish();
        }
    }

    private static void introduce(OpenSshFleet fleet) throws Exception {
        new Shop.Introduction(
                        OpenSshServer.user(), Files.readString(fleet.identity()), Files.readString(fleet.knownHosts()))
                .make();
    }

    private static void scenarios(Options options, Place place, Report report) throws Exception {
        if (options.only().contains("A")) {
            new StepScenario(options, place, report).run();
        }
        if (options.only().contains("B")) {
            new WaitingScenario(options, place, report).run();
        }
        if (options.only().contains("C")) {
            new PageScenario(options, place, report).run();
        }
        if (options.only().contains("D")) {
            new ClickScenario(options, place, report).run();
        }
    }
}
