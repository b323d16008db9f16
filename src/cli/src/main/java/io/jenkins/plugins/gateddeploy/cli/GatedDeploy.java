package io.jenkins.plugins.gateddeploy.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what all its subcommands understand. */
@Command(
        name = "gated-deploy",
        description = "Deploys an application over SSH, checks that it works, and takes it back when it does not.",
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VerifyCommand.class,
            DeployCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            RollbackCommand.class,
            UnpinCommand.class,
            ReleasesCommand.class,
            HistoryCommand.class,
            LogCommand.class,
            UnlockCommand.class,
            DoctorCommand.class,
            ServeCommand.class,
            DemoCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the deployment failed; the last lines say what is current on each target",
            "2:refused: usage or configuration; nothing was changed",
            "3:problems were found",
            "4:rejected, cancelled or timed out; or people have to approve it first",
            "5:somebody else holds the lock"
        },
        footer = {
            "",
            "Try it without a server: gated-deploy demo",
            "Environment: GATED_DEPLOY_HOME, GATED_DEPLOY_PASSPHRASE, GATED_DEPLOY_DEBUG, NO_COLOR"
        })
final class GatedDeploy implements Runnable {
    final Outside outside;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "What to deploy and where to. Default: deploy.toml")
    private Path config;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "History, logs, credentials.toml. Default: $GATED_DEPLOY_HOME, else ~/.gated-deploy")
    private Path home;

    @Option(
            names = "--identity",
            paramLabel = "KEYFILE",
            scope = ScopeType.INHERIT,
            description = "Log in to targets with this private key, whatever deploy.toml names.")
    Path identity;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Host keys of targets. Default: those that ssh reads, first ~/.ssh/known_hosts")
    Path knownHosts;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output; the log goes to standard error.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli itself acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli itself acts on it
    private boolean version;

    GatedDeploy(Outside outside) {
        this.outside = outside;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }

    Path config() {
        return config == null ? Path.of("deploy.toml") : config;
    }

    Path home() {
        return Optional.ofNullable(home)
                .or(() -> Optional.ofNullable(outside.environment().get("GATED_DEPLOY_HOME"))
                        .filter(text -> !text.isEmpty())
                        .map(Path::of))
                .orElseGet(() -> outside.userHome().resolve(".gated-deploy"));
    }
}
