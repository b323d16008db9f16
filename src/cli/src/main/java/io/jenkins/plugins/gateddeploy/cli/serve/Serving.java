package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.console.Console;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** The console while it is open. */
public final class Serving implements AutoCloseable {
    private final Laptop laptop;
    private final Console console;
    private final Live live;
    private final WebServer server;

    private Serving(Laptop laptop, Console console, Live live, WebServer server) {
        this.laptop = laptop;
        this.console = console;
        this.live = live;
        this.server = server;
    }

    /**
     * Opens the console of a home. Whoever comes in may do everything: the history, the key and the servers are the
     * person's own.
     *
     * @param config deploy.toml; need not be there
     * @param workspace its directory
     * @param port on loopback; 0 for any that is free
     * @throws ProblemException when the port cannot be had
     */
    public static Serving start(Host host, Path config, Path workspace, int port) throws ProblemException {
        Ports ports = host.ports(line -> {}, Progress.none());
        Laptop laptop = new Laptop(host, config, workspace);
        LogIndexes logs = new LogIndexes();
        Console console = new Console(host.history(), laptop, ports.clock(), logs);
        Live live = new Live(host.history(), logs);
        try {
            Viewer viewer = new Viewer(ports.actor(), (act, app, environment) -> true);
            return new Serving(laptop, console, live, new WebServer(port, console, live, viewer));
        } catch (IOException e) {
            live.close();
            console.close();
            laptop.close();
            throw new ProblemException(
                    "serve.port",
                    "Port " + port + " of 127.0.0.1 cannot be had: " + e.getMessage() + ".",
                    "Name another with --port, or 0 for any that is free.");
        }
    }

    /** {@return the address that lets in the first who opens it} */
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        live.close();
        server.close();
        console.close();
        laptop.close();
    }
}
