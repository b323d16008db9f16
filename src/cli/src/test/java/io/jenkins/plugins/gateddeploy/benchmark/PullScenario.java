package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Application;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Contender;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.WarmEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Scenario A: a commit that every server fetches itself; deploy, deploy again, roll back. */
final class PullScenario {
    private static final String DEPLOY = "deploy";
    private static final String AGAIN = "nothing changed";
    private static final String BACK = "roll back";

    /** For as long as Ansible is told to keep its own; see {@link Ansible}. */
    private static final String KEPT = """

            [ssh]
            keep = "60s"
            """;

    /** A peer that would need longer for one deployment is left out. */
    private static final double LONGEST_SECONDS = 120;

    private final Options options;
    private final Site site;
    private final WarmEngine engine;
    private final Report report;
    private final Times times = new Times();
    private final Map<String, Integer> measuredAt = new HashMap<>();

    PullScenario(Options options, Site site, WarmEngine engine, Report report) {
        this.options = options;
        this.site = site;
        this.engine = engine;
        this.report = report;
    }

    void run() throws Exception {
        report.heading("A. A commit that each target pulls");
        try (Application application = new Application(site.directory().resolve("application.git"))) {
            for (int count : options.targets()) {
                measure(application, count);
                table(count);
            }
        }
        goals();
    }

    private void measure(Application application, int count) throws Exception {
        List<Contender> contenders = contenders(count, application.path());
        String first = application.commit();
        String warmUp = application.commit();
        for (Contender contender : contenders) {
            contender.deploy(first);
            check(application, contender, count, first);
            for (int i = 1; i < contender.warmUps(); i++) {
                // Again, as in a round, for it to be the newest but one: that is where some go back to.
                contender.deploy(first);
                contender.deploy(warmUp);
                contender.rollback();
                check(application, contender, count, first);
            }
        }
        engine.phases().clear();
        engine.phasesKeeping().clear();
        for (int round = 1; round <= options.rounds(); round++) {
            String next = application.commit();
            for (Contender contender : contenders) {
                if (contender.slow() && round > 2) {
                    continue;
                }
                times.measure(contender.name(), of(AGAIN, count), () -> contender.deploy(first));
                check(application, contender, count, first);
                times.measure(contender.name(), of(DEPLOY, count), () -> contender.deploy(next));
                check(application, contender, count, next);
                times.measure(contender.name(), of(BACK, count), contender::rollback);
                check(application, contender, count, first);
                measuredAt.put(contender.name(), count);
            }
        }
        report.note("Where the warm engine's time goes, " + targets(count) + ": "
                + engine.phases().describe() + ".");
        report.note("The same with connections kept, " + targets(count) + ": "
                + engine.phasesKeeping().describe() + ".");
        contenders.forEach(Contender::close);
    }

    private List<Contender> contenders(int count, Path repository) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Floor(site, count, repository));
        String anew = "engine-" + count;
        contenders.add(
                engine.pullingAnew(anew, DeployToml.pulled(site, count, site.there(anew), repository), repository));
        String keeping = "keeping-" + count;
        contenders.add(engine.pulling(
                keeping, DeployToml.pulled(site, count, site.there(keeping), repository) + KEPT, repository));
        contenders.add(new ColdCommand(site, options.command()).pulling(count, repository));
        addPeer(contenders, "cap", new Capistrano(site, count, repository), count);
        addPeer(contenders, "ansible-playbook", new Ansible(site, count, repository), count);
        return contenders;
    }

    private void addPeer(List<Contender> contenders, String program, Contender peer, int count) {
        double expected = 0;
        Integer before = measuredAt.get(peer.name());
        if (before != null) {
            expected = times.median(peer.name(), of(DEPLOY, before)).getAsDouble() * count / before;
        }
        if (RealPrograms.find(program).isEmpty()) {
            report.note(peer.name() + " is left out: " + program + " is not installed.");
        } else if (expected > LONGEST_SECONDS) {
            report.note(peer.name() + " is left out at " + targets(count) + ": it would take some "
                    + Math.round(expected) + " s for each deployment.");
        } else {
            contenders.add(peer);
        }
    }

    private void check(Application application, Contender contender, int count, String commit) throws IOException {
        for (int server = 0; server < count; server++) {
            application.check(site.here(server, contender.directory()), commit, contender.name());
        }
    }

    private void table(int count) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : List.of(
                Floor.NAME, WarmEngine.NAME, WarmEngine.KEEPING, ColdCommand.NAME, "Capistrano", "ansible-core")) {
            List<String> row = new ArrayList<>(List.of(name));
            for (String what : List.of(DEPLOY, AGAIN, BACK)) {
                row.add(times.cell(name, of(what, count), Floor.NAME, of(what, count)));
            }
            rows.add(row);
        }
        report.table(List.of(targets(count), "deploy a new commit", "deploy with nothing changed", "roll back"), rows);
    }

    private void goals() {
        for (int count : options.targets()) {
            goals(count, WarmEngine.NAME, "Warm engine");
            goals(count, WarmEngine.KEEPING, "Warm engine with connections kept");
        }
        if (options.targets().contains(10)) {
            report.goal(
                    "Cold command deploys to 10 targets, seconds", times.median(ColdCommand.NAME, of(DEPLOY, 10)), 3);
            if (options.targets().contains(50)) {
                OptionalDouble ratio = times.ratio(WarmEngine.NAME, of(DEPLOY, 50), WarmEngine.NAME, of(DEPLOY, 10));
                report.goal("Warm engine: 50 targets in at most 6 times 10 targets", ratio, 6);
            }
        }
    }

    private void goals(int count, String name, String who) {
        String deploy = of(DEPLOY, count);
        report.goal(
                who + " deploys to " + targets(count) + " in at most 1.3 times the floor",
                times.ratio(name, deploy, Floor.NAME, deploy),
                1.3);
        report.goal(
                who + " rolls back " + targets(count) + " in at most half of the floor's deployment",
                times.ratio(name, of(BACK, count), Floor.NAME, deploy),
                0.5);
    }

    private static String of(String what, int count) {
        return what + ", " + targets(count);
    }

    private static String targets(int count) {
        return count == 1 ? "1 target" : count + " targets";
    }
}
