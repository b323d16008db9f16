package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Console;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.console.fixture.LongLog;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHost;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Machine;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.WebDriverException;

/**
 * Opens and follows a log of a million lines in the browser, beside {@code tail}, and prints a table of Markdown.
 * Arguments: lines, rounds, seconds to follow.
 */
public final class LogBenchmark {
    private static final int RATE = 10_000;
    private static final Pattern NUMBER = Pattern.compile("line (\\d+) ");
    private static final String LAST =
            "return document.querySelector('.gd-log__rows > :last-child .gd-log__text')?.textContent ?? ''";

    private final Browser browser;
    private final String root;
    private final Path log;
    private final DeploymentRecord record;
    private final AtomicInteger written = new AtomicInteger();

    private LogBenchmark(Browser browser, String root, DeploymentRecord record) {
        this.browser = browser;
        this.root = root;
        this.record = record;
        this.log = record.log();
    }

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        int lines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Path directory = Files.createTempDirectory("gated-deploy-log-");
        try (SampleHistory sample = new SampleHistory(directory);
                Browser browser = Browser.start(directory.resolve("profile"))) {
            LogIndexes logs = new LogIndexes();
            Console console = new Console(sample.history(), new SampleHost(sample), Clock.systemUTC(), logs);
            Live live = new Live(sample.history(), logs);
            Viewer viewer = new Viewer(new Actor("ada", "Ada", Set.of()), (act, app, environment) -> true);
            WebServer server = new WebServer(0, console, live, viewer);
            DeploymentRecord record = sample.begin(
                    "production", Kind.DEPLOY, SampleHistory.Version.of("v1", "One", "Ada"), "ada", Instant.now());
            browser.open(server.address());
            browser.awaitText("production");
            new LogBenchmark(browser, browser.driver().getCurrentUrl(), record).run(lines, rounds, seconds);
            live.close();
            server.close();
            console.close();
        } finally {
            new ProcessBuilder("rm", "-rf", directory.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        System.exit(0);
    }

    private void run(int lines, int rounds, int seconds) throws Exception {
        Report report = new Report(System.out);
        report.note(Machine.describe());
        report.note("Load average before: " + Machine.load() + ".");
        LongLog.write(log, lines);
        written.set(lines);
        String page = root + "deployments/" + record.id();
        double cold = opened(page);
        List<Double> warm = rounds(rounds, () -> opened(page));
        List<Double> tail = rounds(rounds, this::tail);
        report.heading("Opening a log of " + lines + " lines (" + Files.size(log) / (1 << 20) + " MB)");
        report.table(
                List.of("contender", "until its last line shows"),
                List.of(
                        List.of("`tail -n 40` in a new process", cell(tail)),
                        List.of("the page, first time (the index is made)", millis(cold)),
                        List.of("the page, again", cell(warm))));
        opened(page);
        List<Double> behind = follow(seconds);
        List<Double> floor = tailFollow(seconds);
        report.heading("Following " + RATE + " lines a second for " + seconds + " s");
        report.table(
                List.of("contender", "how long a line takes to show"),
                List.of(List.of("`tail -f`", cell(floor)), List.of("the page", cell(behind))));
        report.goal("opening the page again, s", OptionalDouble.of(median(warm) / 1000), 1);
        report.goal("opening it for the first time, s", OptionalDouble.of(cold / 1000), 1);
        report.goal(
                "falling behind: last second beside the first, s",
                OptionalDouble.of((behind.get(behind.size() - 1) - behind.get(0)) / 1000),
                1);
        report.note("Load average after: " + Machine.load() + ".");
        report.finish();
    }

    private interface Measured {
        double millis() throws Exception;
    }

    private static List<Double> rounds(int count, Measured what) throws Exception {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(what.millis());
        }
        return all;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private double opened(String page) throws InterruptedException {
        browser.open("about:blank");
        long start = System.nanoTime();
        browser.open(page);
        while (shown() < written.get()) {
            Thread.sleep(5);
        }
        return since(start);
    }

    private int shown() {
        try {
            Matcher number = NUMBER.matcher(String.valueOf(browser.driver().executeScript(LAST)));
            return number.find() ? Integer.parseInt(number.group(1)) : 0;
        } catch (WebDriverException e) {
            // between two pages
            return 0;
        }
    }

    private double tail() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder("tail", "-n", "40", log.toString()).start();
        process.getInputStream().readAllBytes();
        process.waitFor();
        return since(start);
    }

    /** Writes lines at the rate; for each look of the reader how much older than now the newest line is that it has. */
    private List<Double> follow(int seconds, IntSupplier reader) throws Exception {
        int first = written.get();
        long start = System.nanoTime();
        Thread writer = new Thread(() -> {
            for (int batch = 0; batch < seconds * 20; batch++) {
                LongLog.append(log, written.get() + 1, RATE / 20);
                written.addAndGet(RATE / 20);
                sleepUntil(start + (batch + 1) * 50_000_000L);
            }
        });
        writer.start();
        List<Double> behind = new ArrayList<>();
        while (writer.isAlive()) {
            Thread.sleep(250);
            int last = reader.getAsInt();
            // While the page exchanges its rows there is none to read.
            if (last > 0) {
                double due = (last - first) * 1000.0 / RATE;
                behind.add(Math.max(0, since(start) - due));
            }
        }
        writer.join();
        return behind.subList(Math.min(4, behind.size() - 1), behind.size());
    }

    private static void sleepUntil(long nanos) {
        try {
            Thread.sleep(
                    Duration.ofNanos(Math.max(0, nanos - System.nanoTime())).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Double> follow(int seconds) throws Exception {
        return follow(seconds, this::shown);
    }

    private List<Double> tailFollow(int seconds) throws Exception {
        Process tail = new ProcessBuilder("tail", "-n", "0", "-f", log.toString()).start();
        AtomicInteger read = new AtomicInteger(written.get());
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = tail.inputReader(StandardCharsets.UTF_8)) {
                while (lines.readLine() != null) {
                    read.incrementAndGet();
                }
            } catch (IOException e) {
                // ended below
                assert e != null;
            }
        });
        reader.start();
        Thread.sleep(500);
        List<Double> behind = follow(seconds, read::get);
        tail.destroy();
        reader.join();
        return behind;
    }

    private static double median(List<Double> all) {
        List<Double> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String cell(List<Double> all) {
        return millis(median(all)) + ", " + millis(Collections.min(all)) + " to " + millis(Collections.max(all));
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }
}
