package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code history}. */
@Command(
        name = "history",
        description = {
            "Show the deployments started from this home, newest first.",
            "Beside a deploy.toml only those of its application, unless --all-apps is given."
        })
final class HistoryCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--env", paramLabel = "ENV", description = "Only this environment.")
    private String environment;

    @Option(names = "--state", paramLabel = "STATE", description = "Only this state: ${COMPLETION-CANDIDATES}")
    private State state;

    @Option(names = "--user", paramLabel = "USER", description = "Only what this user started.")
    private String user;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Times.Since.class,
            description = "Started then or later: 2026-03-01, 2026-03-01T14:30, or 7d, 12h, 30m ago.")
    private Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Times.Until.class,
            description = "Started before; a date means its end.")
    private Instant until;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "In subject, author, reference or tag, or what commit or release begin with.")
    private String search;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many. Default: 20")
    private int limit;

    @Option(names = "--all-apps", description = "Every application, even beside a deploy.toml.")
    private boolean allApps;

    @Option(
            names = "--verify",
            description = "Compare the audit trail with itself, with the gates, and with what is noted on the targets.")
    private boolean verify;

    @Override
    public Integer call() throws Exception {
        if (verify) {
            return new TrailReport(root, Optional.ofNullable(environment)).call();
        }
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more, but is " + limit + ".");
        }
        Optional<String> app = app();
        try (Host host = new Opening(root).host("history")) {
            List<DeploymentRecord> records = host.history()
                    .list(new Filter(
                            app,
                            Optional.ofNullable(environment),
                            Optional.ofNullable(state),
                            Optional.ofNullable(user),
                            Optional.ofNullable(since),
                            Optional.ofNullable(until),
                            Optional.ofNullable(search),
                            Optional.empty(),
                            Optional.empty(),
                            limit));
            if (root.json) {
                Json.print(root.outside.out(), Documents.history(records));
            } else {
                HistoryTable.print(Reading.of(root), records, app.isEmpty());
            }
        }
        return ExitCode.DONE;
    }

    private Optional<String> app() throws ProblemException {
        return allApps || !Files.exists(root.config())
                ? Optional.empty()
                : Optional.of(DeployFile.read(root.config()).app());
    }
}
