package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server for each test of a class that registers it, and more of them on demand. Whoever connects to them knows
 * them by their pinned keys alone.
 */
final class SshServers implements BeforeEachCallback, AfterEachCallback {
    private final Supplier<Path> directories;
    private Path directory;
    private OpenSshServer server;
    private SshConnector connector;

    /** @param directories names the test's temporary directory, once there is one */
    SshServers(Supplier<Path> directories) {
        this.directories = directories;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RealPrograms.require("sshd", "ssh-keygen");
        directory = directories.get();
        server = OpenSshServer.start(directory.resolve("server"));
        connector = new SshConnector(HostKeys.knownHosts());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // None was started where none is installed.
        if (server != null) {
            connector.close();
            server.close();
        }
    }

    OpenSshServer server() {
        return server;
    }

    SshConnector connector() {
        return connector;
    }

    Targets open() {
        return open(List.of(server.pinned()), Duration.ofSeconds(15));
    }

    Targets open(List<Target> targets, Duration keepAlive) {
        return connector.open(new Targets.Access(
                targets, server.credential(), new Targets.Settings(Duration.ofSeconds(8), keepAlive, 10, null)));
    }

    Targets through(Target jump, Target... targets) {
        return connector.open(new Targets.Access(
                List.of(targets),
                server.credential(),
                new Targets.Settings(Duration.ofSeconds(10), Duration.ofSeconds(15), 10, jump)));
    }

    OpenSshServer another(String name) {
        return OpenSshServer.in(directory.resolve(name))
                .userKey(server.userKey())
                .start();
    }

    Outcome.Unreached unreached(Target target) throws InterruptedException {
        return unreached(target, Duration.ofSeconds(20));
    }

    Outcome.Unreached unreached(Target target, Duration within) throws InterruptedException {
        Targets.Settings settings = new Targets.Settings(within, Duration.ofSeconds(15), 10, null);
        try (Targets targets = connector.open(new Targets.Access(List.of(target), server.credential(), settings))) {
            return (Outcome.Unreached) Given.only(targets, target, Given.script("true"));
        }
    }

    CompletableFuture<Outcome> inBackground(Targets targets, Command command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Given.only(targets, server.pinned(), command);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
