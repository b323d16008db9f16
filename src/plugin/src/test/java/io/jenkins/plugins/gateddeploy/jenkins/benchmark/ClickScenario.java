package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import hudson.security.csrf.CrumbIssuer;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * Scenario D: from the click on Approve, a POST of somebody who is logged in, to the end of the build that waited for it,
 * at {@code holdForApproval} and at {@code input} in turns; and what a thousand gates that are open cost.
 */
final class ClickScenario {
    private static final String HOLD = "holdForApproval";
    private static final String INPUT = "input";
    private static final String CLICK = "click";
    private static final Map<String, String> SCRIPTS = new LinkedHashMap<>(Map.of(
            INPUT, "input id: 'Ship', message: 'Ship it?'\n",
            HOLD, "holdForApproval environment: 'production', message: 'Ship it?'\n"));

    private static final int WARM_UPS = 5;
    private static final int MANY = 1000;
    private static final int LISTINGS = 30;
    private static final double MOST_TIMES = 1.5;
    private static final double MOST_MILLIS = 50;
    private static final double MOST_KILOBYTES = 10;
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

    private final Options options;
    private final Place place;
    private final Report report;
    private final Times times = new Times();
    private final HttpClient browser = HttpClient.newHttpClient();

    ClickScenario(Options options, Place place, Report report) {
        this.options = options;
        this.place = place;
        this.report = report;
    }

    void run() throws Exception {
        Jenkins jenkins = place.jenkins().jenkins;
        SecurityRealm realm = jenkins.getSecurityRealm();
        AuthorizationStrategy strategy = jenkins.getAuthorizationStrategy();
        CrumbIssuer crumbs = jenkins.getCrumbIssuer();
        // Whoever approves has to be somebody. Neither side pays for a crumb.
        jenkins.setSecurityRealm(place.jenkins().createDummySecurityRealm());
        jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .toEveryone());
        jenkins.setCrumbIssuer(null);
        try {
            clicks();
            manyGates();
        } finally {
            jenkins.setCrumbIssuer(crumbs);
            jenkins.setAuthorizationStrategy(strategy);
            jenkins.setSecurityRealm(realm);
        }
    }

    private void clicks() throws Exception {
        report.heading("D. From the click to the end of the build");
        place.application().file("deploy.toml", place.deployToml("clicked", 1));
        SCRIPTS.forEach((step, script) -> place.application().file(step + ".groovy", script));
        place.application().commit();
        for (int round = -WARM_UPS; round < options.rounds(); round++) {
            // Each goes first in every other round.
            for (String step : round % 2 == 0 ? List.of(INPUT, HOLD) : List.of(HOLD, INPUT)) {
                double seconds = click(step);
                if (round >= 0) {
                    times.add(step, CLICK, seconds);
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (String step : List.of(INPUT, HOLD)) {
            rows.add(List.of(
                    step,
                    Times.format("%.0f ms", millis(step)),
                    Times.format("%.2f×", times.ratio(step, CLICK, INPUT, CLICK).getAsDouble())));
        }
        report.table(List.of("waiting at", "from the POST to the finished build", "to input"), rows);
        report.goal(
                "From the click to the end of the build, " + HOLD + " to " + INPUT,
                times.ratio(HOLD, CLICK, INPUT, CLICK),
                MOST_TIMES);
    }

    private double millis(String step) {
        return times.median(step, CLICK).orElse(0) * 1000;
    }

    private double click(String step) throws Exception {
        try (Crowd crowd = Crowd.gather(place, step + ".groovy", 1)) {
            WorkflowRun build = crowd.first();
            HttpRequest request = step.equals(INPUT) ? proceed(build) : approve(build);
            long start = System.nanoTime();
            HttpResponse<Void> response = browser.send(request, HttpResponse.BodyHandlers.discarding());
            while (build.isBuilding() && System.nanoTime() - start < PATIENCE) {
                LockSupport.parkNanos(200_000);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (response.statusCode() >= 400 || build.isBuilding()) {
                throw new IllegalStateException(step + ": " + response.statusCode() + " " + build.getLog(50));
            }
            return seconds;
        }
    }

    private HttpRequest proceed(WorkflowRun build) throws Exception {
        return request(build.getUrl() + "input/Ship/proceedEmpty", "application/x-www-form-urlencoded", "");
    }

    private HttpRequest approve(WorkflowRun build) throws Exception {
        Gate gate = gates().list(GateFilter.ofBuild(build.getParent().getFullName(), build.getNumber(), 1))
                .get(0);
        return request(
                build.getUrl() + "deployment/api/gates/" + gate.id() + "/decisions",
                "application/json",
                "{\"verdict\":\"APPROVE\",\"comment\":\"\",\"plan\":\""
                        + gate.subject().plan() + "\"}");
    }

    private HttpRequest request(String path, String type, String body) throws Exception {
        return get(path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder get(String path) throws Exception {
        String login = Base64.getEncoder().encodeToString("alice:alice".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(place.jenkins().getURL() + path))
                .header("Authorization", "Basic " + login);
    }

    private static Gates gates() {
        return JenkinsHost.get().history().gates();
    }

    private void manyGates() throws Exception {
        report.heading(MANY + " open gates");
        place.jenkins().createFreeStyleProject("many-gates");
        long heap = heap();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        Clause clause = new Clause(List.of("@qa", "alice"), 2, false, Duration.ofDays(7), Clause.Source.STEP);
        for (int i = 0; i < MANY; i++) {
            Subject subject = new Subject(
                    "shop",
                    "region-" + i % 50,
                    "0".repeat(64),
                    "v" + i + " (abc1234) \"Sort\"",
                    "",
                    "",
                    "many-gates",
                    i + 1);
            gates().open(Gate.opening(
                    UUID.randomUUID().toString(),
                    subject,
                    new Rules(List.of(clause), Set.of("bob"), 0),
                    Instant.now()));
        }
        double kilobytes = (heap() - heap) / 1000.0 / MANY;
        int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
        Times lists = new Times();
        for (int i = -LISTINGS; i < LISTINGS; i++) {
            long start = System.nanoTime();
            List<Gate> open = gates().list(GateFilter.open(Instant.now(), MANY));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (open.size() != MANY) {
                throw new IllegalStateException("Of " + MANY + " gates " + open.size() + " are listed.");
            }
            double page = page();
            if (i >= 0) {
                lists.add("engine", CLICK, seconds);
                lists.add("page", CLICK, page);
            }
        }
        double millis = lists.median("engine", CLICK).orElse(0) * 1000;
        double whole = lists.median("page", CLICK).orElse(0) * 1000;
        report.table(
                List.of("list in the engine", "overview with all of them, over HTTP", "heap each", "threads more"),
                List.of(List.of(
                        Times.format("%.0f ms", millis),
                        Times.format("%.0f ms", whole),
                        Times.format("%.1f kB", kilobytes),
                        Integer.toString(more))));
        report.goal("Milliseconds to list " + MANY + " open gates", OptionalDouble.of(millis), MOST_MILLIS);
        report.goal("kB of heap for each open gate", OptionalDouble.of(kilobytes), MOST_KILOBYTES);
    }

    private double page() throws Exception {
        HttpRequest request = get("gated-deploy/api/environments").build();
        long start = System.nanoTime();
        HttpResponse<String> answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (answer.statusCode() != 200 || !answer.body().contains("region-49")) {
            throw new IllegalStateException("The overview answers " + answer.statusCode());
        }
        return seconds;
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(500);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
