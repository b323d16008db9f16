package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Item;
import hudson.model.Node;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.jenkins.agent.AgentConnector;
import io.jenkins.plugins.gateddeploy.jenkins.agent.Start;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** What this controller has for all deployments together, made when it is first needed. */
@Extension
public final class JenkinsHost {
    /** Service managers kill what does not end in a minute or two. */
    private static final Duration TIME_TO_END = Duration.ofSeconds(30);

    private static final Logger LOGGER = Logger.getLogger(JenkinsHost.class.getName());

    private final Path directory;
    private final HistoryDatabase history;
    private final Threads threads = new Threads();
    private final Map<Boolean, SshConnector> connectors = new HashMap<>();
    private volatile boolean trustOnFirstUse;

    /** Made by Jenkins. */
    public JenkinsHost() {
        directory = Jenkins.get().getRootDir().toPath().resolve("gated-deploy");
        makeDirectory();
        history = new HistoryDatabase(directory.resolve("history"), HistoryDatabase.Settings.exclusive("Jenkins"));
    }

    /** The one directory that keeps others out of all below it. */
    private void makeDirectory() {
        try {
            OwnerOnly.directory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + directory + " cannot be made for Jenkins alone", e);
        }
    }

    /** {@return the one of this controller} */
    public static JenkinsHost get() {
        return ExtensionList.lookupSingleton(JenkinsHost.class);
    }

    /**
     * {@return the node of that name, as long as there is one}
     *
     * @param name empty for the built-in node
     */
    public static Optional<Node> node(String name) {
        return Optional.ofNullable(
                name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name));
    }

    /** {@return the item of that full name, as long as there is one} */
    public static Optional<Item> item(String fullName) {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName, Item.class));
    }

    /** {@return the record of all deployments} */
    public History history() {
        return history;
    }

    /** Says who hears, from now on, that a gate was opened or changed; called on the thread that did it. */
    public void onGateChange(Runnable heard) {
        history.onGateChange(heard);
    }

    /** Says who hears, from now on, that a lane has changed; called on the thread that did it. */
    public void onLaneChange(Consumer<Lane> heard) {
        history.onLaneChange(heard);
    }

    /**
     * {@return the threads that work on deployments, as nobody} For who has to end the work, or to say that it cannot
     * begin; all others use {@link #whenFree} and {@link #soon}.
     */
    public ExecutorService workers() {
        return threads.workers();
    }

    /**
     * Does as Jenkins what may take long, when one of the threads that work on deployments is free. Nothing is done when
     * Jenkins ends: its next start finds in the history what is left to do.
     */
    public void whenFree(Runnable work) {
        threads.whenFree(work);
    }

    /**
     * Does as Jenkins what is done in a moment: has a look at the history, wakes what waits, gives up a place. It never
     * has to wait for a deployment to end, since deployments wait for it. Nothing is done when Jenkins ends.
     *
     * @param signal must wait neither for a server, nor for an agent, nor for people
     */
    public void soon(Runnable signal) {
        threads.soon(signal);
    }

    /**
     * Settles as Jenkins a deployment that was under way when Jenkins ended, which takes long when its servers are away.
     * It never has to wait for a deployment to end, since its step waits for it. Nothing is done when Jenkins ends again.
     */
    public void settle(Runnable settlement) {
        threads.settle(settlement);
    }

    /** {@return where the logs of deployments are} */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** {@return where clones of repositories are} */
    public Path cache() {
        return directory.resolve("cache");
    }

    /** {@return the file that says which deliveries of webhooks were taken} */
    public Path deliveries() {
        return directory.resolve("webhook-deliveries");
    }

    /** {@return the file that says until when schedules were looked at} */
    public Path scheduled() {
        return directory.resolve("scheduled-until");
    }

    /** {@return the file of known hosts that belongs to this controller: first met ones are written there} */
    public Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** {@return a git repository as this controller reads it, without a credential} */
    public GitLocation repository(String url) {
        return GitLocation.of(url, cache()).withKnownHosts(hostKeys().files().toArray(Path[]::new));
    }

    /** {@return how servers prove who they are: by that file, and by what is configured} */
    public HostKeys hostKeys() {
        return new HostKeys(List.of(knownHosts(), configuredHosts()), trustOnFirstUse);
    }

    /**
     * Takes over the configuration of host keys; in force for connections that are opened from now on.
     *
     * @param knownHosts in the format of a known_hosts file; may be empty
     * @param strangersToo whether a server of which no key is known is believed once
     */
    public void believe(String knownHosts, boolean strangersToo) {
        trustOnFirstUse = strangersToo;
        try {
            Path file = configuredHosts();
            if (Files.exists(file) ? !Files.readString(file).equals(knownHosts) : !knownHosts.isEmpty()) {
                OwnerOnly.write(file, knownHosts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of known hosts could not be written to " + configuredHosts(), e);
        }
    }

    private Path configuredHosts() {
        return directory.resolve("known_hosts.configured");
    }

    /** {@return what reaches targets from the controller itself} */
    public Targets.Connector connector() {
        HostKeys keys = hostKeys();
        synchronized (connectors) {
            // One for each way to treat strangers: deployments that run keep the one they began with.
            return connectors.computeIfAbsent(keys.trustOnFirstUse(), trusting -> SshConnector.keeping(keys));
        }
    }

    /**
     * {@return what reaches targets from where a deployment starts}
     *
     * @param say takes a sentence when another place takes over
     * @param job in whose name an executor is taken when only a label is given; empty to take none
     */
    public Targets.Connector connector(Start start, Consumer<String> say, Optional<Item> job) {
        return new AgentConnector(
                start, access -> connector().open(access), hostKeys().files(), say, job);
    }

    /** {@return where is kept what is needed to settle deployments after a crash} */
    public Path dockets() {
        return directory.resolve("dockets");
    }

    /** {@return whether Jenkins ends, so that what is interrupted now goes on when it is there again} */
    public boolean isEnding() {
        return threads.areEnding();
    }

    /** Ends deployments, and lets go of the history and of connections, when Jenkins ends. */
    @Terminator(requires = "gated-deploy.telling-ended")
    public static void close() throws InterruptedException {
        JenkinsHost host =
                ExtensionList.lookup(JenkinsHost.class).stream().findFirst().orElse(null);
        if (host != null) {
            host.end();
        }
    }

    /** A deployment that cannot be taken back in this time is settled when Jenkins is there again. */
    private void end() throws InterruptedException {
        if (!threads.end(TIME_TO_END)) {
            LOGGER.warning("Deployments are still under way. They are settled at the next start of Jenkins.");
        }
        history.close();
        disconnect();
    }

    private void disconnect() {
        synchronized (connectors) {
            connectors.values().forEach(SshConnector::close);
            connectors.clear();
        }
    }
}
