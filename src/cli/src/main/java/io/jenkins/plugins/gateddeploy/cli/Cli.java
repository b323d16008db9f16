package io.jenkins.plugins.gateddeploy.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The way in for everybody: the process, and tests with streams of their own. */
public final class Cli {
    private Cli() {}

    /** {@return the exit code of a command} */
    public static int run(Outside outside, String... args) {
        GatedDeploy root = new GatedDeploy(outside);
        return commandLine(root).execute(args);
    }

    /** {@return the command with all its subcommands and what holds for all of them} */
    static CommandLine commandLine(GatedDeploy root) {
        Outside outside = root.outside;
        Failures failures = new Failures(root);
        return new CommandLine(root)
                .setOut(new PrintWriter(outside.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(outside.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        outside.screen().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(Math.max(80, Math.min(outside.screen().width(), 100)))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setAbbreviatedOptionsAllowed(false)
                .setAbbreviatedSubcommandsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures::usage)
                .setExecutionExceptionHandler(failures::execution);
    }
}
