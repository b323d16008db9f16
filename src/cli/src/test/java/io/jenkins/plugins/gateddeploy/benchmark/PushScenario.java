package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.command.Shell;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Report;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.Times;
import io.jenkins.plugins.gateddeploy.fixture.benchmark.WarmEngine;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Scenario B: a tree of many files to one server, at first and with one in a hundred changed.
 *
 * <p>Nothing is deleted before all is measured: on a disk that is told of every block set free (ext4 with
 * {@code discard}), whoever writes after a large deletion is several times slower, and pays for the one before.
 */
final class PushScenario {
    private static final String FIRST = "first time";
    private static final String READ = "the same, read before";
    private static final String COPY = "1 % changed, copied";
    private static final String LINK = "1 % changed, hard-linked";
    private static final String TAR = "`tar \\| ssh`";
    private static final String RSYNC = "`rsync -a`";
    private static final String SCP = "`scp -r`";

    /** By then most of what a push runs is compiled, as in a server that runs for days. */
    private static final int WARM_UPS = 5;

    private final Options options;
    private final Site site;
    private final WarmEngine engine;
    private final ColdCommand command;
    private final Tree tree;
    private final Report report;
    private final Times times = new Times();
    private final boolean rsync = RealPrograms.find("rsync").isPresent();

    PushScenario(Options options, Site site, WarmEngine engine, Tree tree, Report report) {
        this.options = options;
        this.site = site;
        this.engine = engine;
        this.command = new ColdCommand(site, options.command());
        this.tree = tree;
        this.report = report;
    }

    /** Sends the tree; the name is of this round's directory on the server. */
    private interface Push {
        void to(String name) throws Exception;
    }

    void run() throws Exception {
        report.heading("B. A tree of " + options.files() + " files to one target");
        if (!rsync) {
            report.note("rsync is left out: it is not installed.");
        }
        warmUp();
        engine.phases().clear();
        for (int round = 1; round <= options.rounds(); round++) {
            first(round);
        }
        report.note("Where the warm engine's time goes, " + FIRST + " and " + READ + ": "
                + engine.phases().describe() + ".");
        for (String reuse : List.of("copy", "link")) {
            changed(reuse);
            report.note("Where the warm engine's time goes, 1 % changed, reuse = " + reuse + ": "
                    + engine.phases().describe() + ".");
        }
        table();
        goals();
    }

    /** The engine's code for this has not run yet when only this scenario is measured. */
    private void warmUp() throws Exception {
        for (int round = 1; round <= WARM_UPS; round++) {
            String name = "warm-up-" + round;
            tree.renew();
            engine.push(false, DeployToml.pushed(site, 1, site.there(name), "copy"), tree.path());
            tree.change();
            engine.push(true, DeployToml.pushed(site, 1, site.there(name), "copy"), tree.path());
        }
        command.push("warm-up", DeployToml.pushed(site, 1, site.there("warm-up"), "copy"), tree.path());
    }

    private void first(int round) throws Exception {
        Target target = site.targets(1).get(0);
        String port = Integer.toString(target.port());
        firstOf(
                TAR,
                "tar-" + round,
                "",
                name -> site.child()
                        .run(
                                "sh",
                                "-c",
                                "tar -cf - -C " + Shell.quote(tree.path().toString()) + " . | " + site.line("ssh")
                                        + " -p "
                                        + port + " " + Site.login(target) + " "
                                        + Shell.quote(
                                                "mkdir " + site.there(name) + " && tar -xf - -C " + site.there(name))));
        for (boolean keeping : List.of(false, true)) {
            tree.renew();
            engine(keeping, FIRST, (keeping ? "kept-first-" : "engine-first-") + round);
            engine(keeping, READ, (keeping ? "kept-read-" : "engine-read-") + round);
        }
        firstOf(
                ColdCommand.NAME,
                "command-first-" + round,
                "current",
                name -> command.push(name, DeployToml.pushed(site, 1, site.there(name), "copy"), tree.path()));
        if (rsync) {
            firstOf(RSYNC, "rsync-" + round, "", name -> rsync(name, ""));
        }
        firstOf(SCP, "scp-" + round, "", name -> {
            List<String> copy = new ArrayList<>(site.options("scp"));
            copy.addAll(List.of(
                    "-O", "-r", "-P", port, tree.path().toString(), Site.login(target) + ":" + site.there(name)));
            site.child().run(copy, site.directory(), Map.of());
        });
    }

    private void engine(boolean keeping, String what, String name) throws Exception {
        String who = keeping ? WarmEngine.KEEPING : WarmEngine.NAME;
        String toml = DeployToml.pushed(site, 1, site.there(name), "copy");
        settle();
        times.measure(who, what, () -> engine.push(keeping, toml, tree.path()));
        check(who, name, "current");
    }

    private void firstOf(String who, String name, String link, Push push) throws Exception {
        settle();
        times.measure(who, FIRST, () -> push.to(name));
        check(who, name, link);
    }

    private void changed(String reuse) throws Exception {
        String what = "copy".equals(reuse) ? COPY : LINK;
        String engineToml = DeployToml.pushed(site, 1, site.there("engine-" + reuse), reuse);
        String commandToml = DeployToml.pushed(site, 1, site.there("command-" + reuse), reuse);
        engine.push(false, engineToml, tree.path());
        command.push("command-" + reuse, commandToml, tree.path());
        if (rsync) {
            rsync("rsync-" + reuse + "-0", "");
        }
        // A round that is not measured: code that only this way of reusing takes has not run yet.
        tree.change();
        engine.push(false, engineToml, tree.path());
        engine.phases().clear();
        for (int round = 1; round <= options.rounds(); round++) {
            tree.change();
            settle();
            if (rsync) {
                String name = "rsync-" + reuse + "-" + round;
                String before = "rsync-" + reuse + "-" + (round - 1);
                times.measure(RSYNC, what, () -> rsync(name, "--" + reuse + "-dest=../" + before));
                check(RSYNC, name, "");
                settle();
            }
            times.measure(WarmEngine.NAME, what, () -> engine.push(false, engineToml, tree.path()));
            check(WarmEngine.NAME, "engine-" + reuse, "current");
            settle();
            times.measure(ColdCommand.NAME, what, () -> command.push("command-" + reuse, commandToml, tree.path()));
            check(ColdCommand.NAME, "command-" + reuse, "current");
        }
    }

    private void rsync(String name, String option) throws IOException, InterruptedException {
        Target target = site.targets(1).get(0);
        List<String> copy = new ArrayList<>(List.of("rsync", "-a", "-e", site.line("ssh") + " -p " + target.port()));
        if (!option.isEmpty()) {
            copy.add(option);
        }
        copy.addAll(List.of(tree.path() + "/", Site.login(target) + ":" + site.there(name) + "/"));
        site.child().run(copy, site.directory(), Map.of());
    }

    /** Nobody pays for what another has left to be written. */
    private void settle() throws IOException, InterruptedException {
        site.child().run("sync");
    }

    private void check(String who, String name, String link) throws IOException {
        Path directory = site.here(0, name);
        if (!link.isEmpty()) {
            directory = directory.resolve(
                    Files.readSymbolicLink(directory.resolve(link)).toString());
        }
        tree.check(directory, who);
    }

    private void table() {
        List<List<String>> rows = new ArrayList<>();
        for (String name : List.of(TAR, WarmEngine.NAME, WarmEngine.KEEPING, ColdCommand.NAME, RSYNC, SCP)) {
            String shown = RSYNC.equals(name) ? "`rsync -a`, with `--copy-dest`, with `--link-dest`" : name;
            rows.add(List.of(
                    shown,
                    times.cell(name, FIRST, TAR, FIRST),
                    times.cell(name, READ, TAR, FIRST),
                    times.cell(name, COPY, RSYNC, COPY),
                    times.cell(name, LINK, RSYNC, LINK)));
        }
        report.table(
                List.of(
                        "",
                        FIRST + " (ratio to tar)",
                        READ + " (ratio to tar)",
                        COPY + " (ratio to rsync)",
                        LINK + " (ratio to rsync)"),
                rows);
    }

    private void goals() {
        for (String who : List.of(WarmEngine.NAME, WarmEngine.KEEPING)) {
            report.goal(
                    who + ": pushes the tree the first time in at most 1.2 times tar and ssh",
                    times.ratio(who, FIRST, TAR, FIRST),
                    1.2);
            report.goal(
                    who + ": pushes a tree that it has read before in at most 1.2 times tar and ssh",
                    times.ratio(who, READ, TAR, FIRST),
                    1.2);
        }
        report.goal(
                "Warm engine pushes 1 % (reuse = copy) in at most 1.2 times rsync --copy-dest",
                times.ratio(WarmEngine.NAME, COPY, RSYNC, COPY), 1.2);
        report.goal(
                "Warm engine pushes 1 % (reuse = link) in at most 1.2 times rsync --link-dest",
                times.ratio(WarmEngine.NAME, LINK, RSYNC, LINK), 1.2);
    }
}
