package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.terminal.Screen;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a run of the command gets from the process it runs in; a test brings its own.
 *
 * @param out standard output
 * @param err standard error
 * @param environment variables
 * @param screen what standard output is
 * @param userHome the user's home directory
 */
public record Outside(PrintStream out, PrintStream err, Map<String, String> environment, Screen screen, Path userHome) {
    public Outside {
        environment = Map.copyOf(environment);
    }

    /** {@return what this process was given} */
    static Outside ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Outside(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                environment,
                Screen.ofProcess(environment),
                Path.of(System.getProperty("user.home")));
    }

    /** In UTF-8, as what is printed comes from git and from servers, whatever this machine's locale. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192), true, StandardCharsets.UTF_8);
    }
}
