package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.log.LogReader;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code log NUMBER}. */
@Command(name = "log", description = "Show the log of a deployment.")
final class LogCommand implements Callable<Integer> {
    /** More than anybody reads through to find theirs. */
    private static final int MOST_PLACES = 1000;

    @ParentCommand
    private GatedDeploy root;

    @Parameters(paramLabel = "NUMBER", description = "As the history has it; a # before it is allowed.")
    private String number;

    @Option(
            names = "--env",
            paramLabel = "ENV",
            description = "The environment; needed where several have that number.")
    private String environment;

    @Option(names = "--app", paramLabel = "APP", description = "The application. Default: the one of deploy.toml")
    private String app;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the deployment has ended.")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        try (Host host = new Opening(root).host("log")) {
            History history = host.history();
            DeploymentRecord record = find(history);
            List<String> lines = new ArrayList<>();
            Style style = new Style(root.outside.screen().colours());
            Consumer<String> taker =
                    root.json ? lines::add : line -> root.outside.out().println(style.output(line));
            LogReader.follow(record.log(), taker, () -> !follow || hasEnded(history, record));
            if (!Files.exists(record.log())) {
                root.outside.err().println("The log " + record.log() + " is not there (any more).");
            }
            DeploymentRecord now = history.find(record.id()).orElse(record);
            if (root.json) {
                Json.print(root.outside.out(), Documents.log(now, lines));
            } else if (now.state().isFinal()) {
                root.outside.out().println(Ended.sentence(now, style));
            }
            return ExitCode.DONE;
        }
    }

    private static boolean hasEnded(History history, DeploymentRecord record) {
        return history.find(record.id()).map(r -> r.state().isFinal()).orElse(true);
    }

    private DeploymentRecord find(History history) throws ProblemException {
        String digits = number.startsWith("#") ? number.substring(1) : number;
        if (!digits.matches("[0-9]{1,9}")) {
            throw new ProblemException("log.number", "\"" + number + "\" is not the number of a deployment.", "");
        }
        List<DeploymentRecord> matching = matching(history, Integer.parseInt(digits));
        if (matching.isEmpty()) {
            throw new ProblemException(
                    "log.unknown", "There is no deployment #" + digits + " here.", "See the command history.");
        }
        if (matching.size() > 1) {
            throw new ProblemException(
                    "log.ambiguous",
                    "There is a deployment #" + digits + " in "
                            + String.join(
                                    ", ",
                                    matching.stream()
                                            .map(r -> r.environment() + " (" + r.app() + ")")
                                            .toList())
                            + ".",
                    "Name one with --env, and with --app where that does not tell.");
        }
        return matching.get(0);
    }

    private List<DeploymentRecord> matching(History history, int wanted) throws ProblemException {
        Optional<String> application = app();
        if (application.isPresent() && environment != null) {
            return history.find(application.get(), environment, wanted).stream().toList();
        }
        return history.list(Filter.of(application, Optional.ofNullable(environment), wanted, MOST_PLACES));
    }

    private Optional<String> app() throws ProblemException {
        if (app != null || !Files.exists(root.config())) {
            return Optional.ofNullable(app);
        }
        return Optional.of(DeployFile.read(root.config()).app());
    }
}
