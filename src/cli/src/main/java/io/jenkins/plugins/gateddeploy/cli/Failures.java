package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.ProblemsFound;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What is printed, and which exit code there is, when a command cannot do its work.
 *
 * @param root what the user asked for
 */
record Failures(GatedDeploy root) {

    /** A command line that makes no sense. */
    int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        complain(e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
            command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        document(ExitCode.REFUSED, e.getMessage(), List.of());
        return ExitCode.REFUSED;
    }

    /** A command that was under way. */
    int execution(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof ProblemException problems) {
            problems.problems().forEach(problem -> complain(problem.oneLine()));
            int code = e instanceof ProblemsFound ? ExitCode.PROBLEMS : ExitCode.REFUSED;
            document(code, "Refused; nothing was changed.", problems.problems());
            return code;
        }
        if (e instanceof InterruptedException) {
            complain("Cancelled before anything was changed.");
            document(ExitCode.CANCELLED, "Cancelled.", List.of());
            return ExitCode.CANCELLED;
        }
        if (e instanceof HistoryException) {
            complain(e.getMessage());
            debug(e);
            document(ExitCode.REFUSED, e.getMessage(), List.of());
            return ExitCode.REFUSED;
        }
        String message = e instanceof BrokenOff ? e.getMessage() : "This should not have happened: " + e;
        complain(message + (isDebugging() ? "" : " (GATED_DEPLOY_DEBUG=1 shows where)"));
        complain("Logs of deployments are in " + root.home().resolve("logs").toAbsolutePath());
        debug(e);
        document(ExitCode.FAILED, message, List.of());
        return ExitCode.FAILED;
    }

    private void complain(String text) {
        Style style = new Style(root.outside.screen().colours());
        text.lines().forEach(line -> root.outside.err().println(style.bad("gated-deploy: ") + Style.plain(line)));
    }

    private boolean isDebugging() {
        return root.outside.environment().getOrDefault("GATED_DEPLOY_DEBUG", "").equals("1");
    }

    private void debug(Exception e) {
        if (isDebugging()) {
            e.printStackTrace(root.outside.err());
        }
    }

    private void document(int exitCode, String message, List<Problem> problems) {
        if (root.json) {
            Json.print(root.outside.out(), Documents.failure(exitCode, message, problems));
        }
    }
}
