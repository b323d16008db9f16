package io.jenkins.plugins.gateddeploy.cli.host;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.CredentialsFile;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Processes;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What this machine brings to the engine, made when it is first needed. */
public final class Host implements AutoCloseable {
    /** In seconds: how long people at a terminal wait for mail servers. */
    private static final int PATIENCE = 10;

    private final Setup setup;
    private final Credentials credentials;
    private final HistoryDatabase history;
    private CompletableFuture<SshConnector> connector;
    private CompletableFuture<Void> warming = CompletableFuture.completedFuture(null);

    /**
     * What the person at the terminal chose.
     *
     * @param home where things are kept
     * @param identity a private key for every target; empty to follow deploy.toml
     * @param knownHosts a file of host keys; empty for those that {@code ssh} reads
     * @param userHome the person's home directory
     * @param environment variables of the process
     * @param purpose what this process does, for others that wait for the history
     */
    public record Setup(
            Home home,
            Optional<Path> identity,
            Optional<Path> knownHosts,
            Path userHome,
            Map<String, String> environment,
            String purpose) {}

    /** @throws ProblemException when the home cannot be made */
    public Host(Setup setup) throws ProblemException {
        setup.home().create();
        this.setup = setup;
        this.credentials = new CredentialsFile(
                setup.home().credentials(),
                new CredentialsFile.Surroundings(
                        setup.userHome(),
                        setup.environment(),
                        setup.identity().orElse(null),
                        Passphrases.in(setup.environment())));
        this.history = new HistoryDatabase(setup.home().history(), HistoryDatabase.Settings.shared(setup.purpose()));
    }

    /** {@return the deployments of this home} */
    public History history() {
        return history;
    }

    /** {@return the engine's ports, all of them} */
    public Ports ports(LogSink log, Progress progress) {
        return ports(history, log, progress);
    }

    /** {@return the engine's ports with something around {@link #history}} */
    public Ports ports(History recording, LogSink log, Progress progress) {
        String user = System.getProperty("user.name");
        return new Ports(
                credentials,
                this::connect,
                recording,
                log,
                progress,
                Clock.systemUTC(),
                new Actor(user, user, Set.of()),
                Processes.self(),
                setup.home().logs(),
                Ports.Limits.defaults());
    }

    /**
     * {@return who tells people what happens at the gates of this home; not begun yet}
     *
     * @param say takes a sentence when people could not be told
     * @throws ProblemException when notify.toml is not as it should be
     */
    public Teller teller(Consumer<String> say) throws ProblemException {
        Telling telling = new Telling(setup.home().notifications(), credentials, setup.environment(), say);
        Teller teller = telling.teller(history);
        history.onGateChange(teller::wake);
        return teller;
    }

    /**
     * Tells people what has happened at the gates of this home, if its notify.toml says how, and waits for that at most
     * {@value #PATIENCE} seconds. Does not throw: the work that people are told of is done.
     *
     * @param since when the caller began; what happened earlier is not told on a channel that is new
     * @param say takes a sentence when people could not be told
     */
    public void tell(Instant since, Consumer<String> say) {
        try {
            new Telling(setup.home().notifications(), credentials, setup.environment(), say)
                    .teller(history)
                    .once(since, Duration.ofSeconds(PATIENCE));
        } catch (ProblemException e) {
            say.accept("Nobody was told of this: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins what takes a new process a while, beside what its caller does next. */
    public void warmUp() {
        var unused = connector();
        warming = CompletableFuture.runAsync(() -> {
            try {
                history.find("");
            } catch (HistoryException e) {
                // Whoever really needs it hears of it then.
                assert e != null;
            }
        });
    }

    private synchronized CompletableFuture<SshConnector> connector() {
        if (connector == null) {
            connector = CompletableFuture.supplyAsync(() -> SshConnector.keeping(hostKeys()));
        }
        return connector;
    }

    private Targets connect(Targets.Access access) {
        return connector().join().open(access);
    }

    private HostKeys hostKeys() {
        return setup.knownHosts().map(HostKeys::knownHosts).orElseGet(HostKeys::ofUser);
    }

    /** {@return the plans that wait at gates of this home} */
    public KeptPlans plans() {
        return new KeptPlans(setup.home().directory().resolve("gates"));
    }

    /**
     * {@return the git repository of an application}
     *
     * @param workspace the directory of deploy.toml
     * @throws ProblemException when none is named and the workspace is none, or its credential cannot be had
     */
    public GitSource git(Configuration configuration, Path workspace) throws ProblemException {
        return gitIfAny(configuration, workspace)
                .orElseThrow(() -> new ProblemException(
                        "source.missing",
                        "deploy.toml names no git repository, and " + workspace + " is none.",
                        "Add [source] repository, or deploy a folder with --source DIR."));
    }

    /**
     * {@return the git repository of an application, if deploy.toml names one or lies in one}
     *
     * @param workspace the directory of deploy.toml
     * @throws ProblemException when its credential cannot be had
     */
    public Optional<GitSource> gitIfAny(Configuration configuration, Path workspace) throws ProblemException {
        boolean isRepository = Files.exists(workspace.resolve(".git"));
        if (configuration.source().repository().isEmpty() && !isRepository) {
            return Optional.empty();
        }
        GitLocation location = GitLocation.of(
                        configuration.source().repository().orElse(workspace.toString()),
                        setup.home().cache())
                .withKnownHosts(setup.knownHosts()
                        .orElse(setup.userHome().resolve(".ssh").resolve("known_hosts")));
        if (isRepository) {
            location = location.withWorkspace(workspace);
        }
        if (configuration.source().credentials().isPresent()) {
            try {
                location = location.withCredential(
                        credentials.git(configuration.source().credentials().get()));
            } catch (CredentialException e) {
                throw new ProblemException("credential.missing", e.getMessage(), "");
            }
        }
        return Optional.of(new GitSource(location));
    }

    @Override
    public void close() {
        warming.join();
        history.close();
        if (connector != null) {
            connector.thenAccept(SshConnector::close).join();
        }
    }
}
