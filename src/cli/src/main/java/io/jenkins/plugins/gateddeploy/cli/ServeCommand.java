package io.jenkins.plugins.gateddeploy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code serve}. */
@Command(name = "serve", description = "Show deployments in the browser, and roll back from there.")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "On 127.0.0.1; 0 takes any that is free. Default: 0")
    private int port;

    @Override
    public Integer call() throws Exception {
        // In a class of its own, so that no other command loads a web server.
        return new Showing(root).until(port);
    }
}
