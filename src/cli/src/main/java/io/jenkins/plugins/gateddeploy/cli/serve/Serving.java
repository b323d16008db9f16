package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.console.Console;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The console while it is open. */
public final class Serving implements AutoCloseable {
    /** Whoever is being told when it ends still is; what takes longer is told at the next start. */
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(10);

    /** Other commands open and change gates of the same home. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Laptop laptop;
    private final Console console;
    private final Live live;
    private final WebServer server;
    private final Teller teller;

    private Serving(Laptop laptop, Console console, Live live, WebServer server, Teller teller) {
        this.laptop = laptop;
        this.console = console;
        this.live = live;
        this.server = server;
        this.teller = teller;
    }

    /**
     * Opens the console of a home. Whoever comes in may do everything: the history, the key and the servers are the
     * person's own.
     *
     * @param config deploy.toml; need not be there
     * @param workspace its directory
     * @param port on loopback; 0 for any that is free
     * @param teller who tells people what happens meanwhile
     * @throws ProblemException when the port cannot be had
     */
    public static Serving start(Host host, Path config, Path workspace, int port, Teller teller)
            throws ProblemException {
        Ports ports = host.ports(line -> {}, Progress.none());
        Laptop laptop = new Laptop(host, config, workspace);
        LogIndexes logs = new LogIndexes();
        Console console = new Console(host.history(), laptop, ports.clock(), logs);
        Live live = new Live(host.history(), logs);
        try {
            Viewer viewer = new Viewer(ports.actor(), (act, app, environment) -> true);
            WebServer server = new WebServer(port, console, live, viewer);
            teller.start(new Teller.Pace(Instant.now(), LOOK));
            return new Serving(laptop, console, live, server, teller);
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
        teller.stop();
        console.close();
        laptop.close();
        awaitTeller();
    }

    private void awaitTeller() {
        boolean interrupted = Thread.interrupted();
        try {
            teller.await(TIME_TO_TELL);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
