package io.jenkins.plugins.gateddeploy.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code completion}. */
@Command(
        name = "completion",
        description = {
            "Print a completion script for bash and zsh. In your shell's start-up file:",
            "  source <(gated-deploy completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        root.outside.out().println(AutoComplete.bash("gated-deploy", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
