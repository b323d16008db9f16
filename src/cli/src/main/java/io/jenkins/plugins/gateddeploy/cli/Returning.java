package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.About;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Ways;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.ReturnBranch;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code rollback ENV --commit}: takes back in git what lies between two releases, and leaves the targets alone. */
final class Returning {
    private static final int MOST_LISTED = 100;

    @Option(
            names = "--commit",
            description = "Leave the targets alone, and make a branch with a commit that takes back what came since.")
    private boolean commit;

    @Option(names = "--push", description = "With --commit: push that branch.")
    private boolean push;

    /** {@return whether it is asked for} */
    boolean isWanted() throws ProblemException {
        if (push && !commit) {
            throw new ProblemException("usage.push", "--push goes with --commit only.", "Add --commit.");
        }
        return commit;
    }

    int make(GatedDeploy root, Host host, Configuration configuration, GitSource git, String to)
            throws ProblemException, InterruptedException {
        Ways.Way way = new Ways(host.ports(line -> {}, Progress.none())).back(configuration, to);
        String from = commitOf(way.from());
        String back = commitOf(way.to());
        if (!push && !git.isAtHand(from, back)) {
            throw new ProblemException(
                    "revert.workspace",
                    "The directory of deploy.toml is no git repository that has both commits, so the branch would be made"
                            + " where nobody finds it.",
                    "Run this in a clone of the application, or add --push.");
        }
        String branch =
                "return-" + configuration.environment() + "-to-" + way.to().label();
        String user = System.getProperty("user.name");
        ReturnBranch wish =
                new ReturnBranch(branch, message(configuration, way, git), user, user + "@localhost", Instant.now());
        String made = git.returning(from, back, wish, push);
        if (root.json) {
            Json.print(root.outside.out(), Documents.returning(configuration, branch, made, push));
        } else {
            Reading.of(root)
                    .out()
                    .println(Style.plain("Branch " + branch + " (" + made.substring(0, 7) + ") follows "
                            + way.from().label() + " and has the files of "
                            + way.to().label() + (push ? "; it was pushed." : "; it was not pushed.")));
        }
        return ExitCode.DONE;
    }

    private static String message(Configuration configuration, Ways.Way way, GitSource git)
            throws ProblemException, InterruptedException {
        List<Revision> between = git.between(commitOf(way.to()), commitOf(way.from()), MOST_LISTED)
                .orElse(List.of());
        StringBuilder message = new StringBuilder("Return to " + way.to().label() + "\n\n");
        message.append("Takes back what is current in ")
                .append(configuration.environment())
                .append(" (")
                .append(way.from().label())
                .append("):\n\n");
        between.forEach(revision -> message.append("- ")
                .append(revision.shortId())
                .append(' ')
                .append(revision.subject())
                .append('\n'));
        if (between.size() == MOST_LISTED) {
            message.append("- and older ones\n");
        }
        return message.toString();
    }

    private static String commitOf(About about) throws ProblemException {
        if (about.commit().length() != 40) {
            throw new ProblemException(
                    "revert.folder",
                    "The release " + about.release() + " was made of a folder, not of a commit.",
                    "Go back on the targets instead, without --commit.");
        }
        return about.commit();
    }
}
