package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.document.Made;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.cli.terminal.Table;
import io.jenkins.plugins.gateddeploy.cli.terminal.Words;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.release.About;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.release.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code releases ENV}. */
@Command(name = "releases", description = "Show what is on the targets, and in what they differ.")
final class ReleasesCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "ENV", description = "An environment of deploy.toml.")
    private String environment;

    @Override
    public Integer call() throws Exception {
        Opening opening = new Opening(root);
        Configuration configuration = opening.configuration(environment);
        try (Host host = opening.host("releases " + environment)) {
            Environment found = new Deployer(host.ports(line -> {}, Progress.none())).look(configuration);
            if (root.json) {
                Json.print(root.outside.out(), Documents.releases(configuration, found));
            } else {
                print(found);
            }
            boolean allSeen = found.targets().stream().allMatch(t -> t.failure().isEmpty());
            return allSeen ? ExitCode.DONE : ExitCode.PROBLEMS;
        }
    }

    private void print(Environment found) {
        Reading reading = Reading.of(root);
        List<String> seen = found.targets().stream()
                .filter(t -> t.failure().isEmpty())
                .map(Environment.OnTarget::target)
                .toList();
        if (found.releases().isEmpty()) {
            reading.out().println("No release on any target.");
        } else {
            Table table = new Table(3, "RELEASE", "VERSION", "COMMIT", "SUBJECT", "MADE", "WHERE");
            found.releases().forEach(release -> table.row(row(release, seen)));
            table.print(reading.out(), reading.screen());
        }
        Style style = reading.style();
        for (Environment.OnTarget target : found.targets()) {
            if (!target.failure().isEmpty()) {
                reading.out().println(style.bad(target.target() + ": ") + Style.plain(target.failure()));
            } else if (!target.holder().isEmpty()) {
                reading.out()
                        .println(style.doubtful(target.target() + ": ") + "locked by " + Style.plain(target.holder()));
            }
        }
        if (!found.isUniform() && seen.size() > 1) {
            reading.out().println(style.doubtful("The targets differ in what is current."));
        }
    }

    private static String[] row(Environment.Listed release, List<String> seen) {
        String commit = release.about().map(About::commit).orElse("");
        return new String[] {
            release.release(),
            release.about().map(About::label).orElse("unknown"),
            commit.substring(0, Math.min(7, commit.length())),
            release.about().map(About::subject).orElse(""),
            Made.of(release.release()).map(Words::of).orElse(""),
            where(release, seen)
        };
    }

    private static String where(Environment.Listed release, List<String> seen) {
        List<String> marks = new ArrayList<>();
        if (!release.current().isEmpty()) {
            boolean everywhere = release.current().containsAll(seen);
            marks.add(everywhere ? "current" : "current on " + String.join(", ", release.current()));
        }
        if (release.previous()) {
            marks.add("previous");
        }
        if (release.left()) {
            marks.add("left by a rollback");
        }
        if (!release.succeeded() && release.about().isPresent()) {
            marks.add("never confirmed");
        }
        List<String> missing =
                seen.stream().filter(target -> !release.on().contains(target)).toList();
        if (!missing.isEmpty()) {
            marks.add("not on " + String.join(", ", missing));
        }
        return String.join("; ", marks);
    }
}
