package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A machine from which things are deployed, with its own history. */
final class Host implements AutoCloseable {
    private final Path home;
    private final SshCredential credential;
    private final SshConnector connector;
    private final HistoryDatabase history;
    private final Meddling meddling = new Meddling();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private volatile Consumer<LogLine> reader = line -> log.add(line.target() + "| " + line.text());
    private boolean locked;
    private Owner owner = Processes.self();
    private Clock clock = Clock.systemUTC();
    private Ports.Limits limits = new Ports.Limits(Duration.ofSeconds(30), Duration.ofSeconds(20));

    Host(Path home, Path knownHosts, SshCredential credential) {
        this.home = home;
        this.credential = credential;
        connector = new SshConnector(HostKeys.knownHosts(knownHosts));
        history = new HistoryDatabase(home.resolve("history"), HistoryDatabase.Settings.exclusive("test"));
    }

    HistoryDatabase history() {
        return history;
    }

    Meddling meddling() {
        return meddling;
    }

    /** {@return what people would have read so far, a line each, with the target in front} */
    String log() {
        return String.join("\n", log);
    }

    /** {@return how often a line was logged, on whatever target} */
    long logged(String text) {
        return log.stream()
                .filter(line -> line.substring(line.indexOf("| ") + 2).equals(text))
                .count();
    }

    /** {@return the lines of one target, or of the engine for the empty name} */
    List<String> log(String target) {
        return log.stream()
                .filter(line -> line.startsWith(target + "| "))
                .map(line -> line.substring(target.length() + 2))
                .toList();
    }

    /** Has lines read by somebody besides. */
    Host reader(Consumer<LogLine> other) {
        Consumer<LogLine> usual = line -> log.add(line.target() + "| " + line.text());
        reader = usual.andThen(other);
        return this;
    }

    /** Has lines read by somebody who does not keep them all. */
    Host onlyReader(Consumer<LogLine> other) {
        reader = other;
        return this;
    }

    Host secret(String id, String value) {
        secrets.put(id, Secret.of(value));
        return this;
    }

    Host owner(Owner other) {
        owner = other;
        return this;
    }

    Host clock(Clock other) {
        clock = other;
        return this;
    }

    Owner owner() {
        return owner;
    }

    Host limits(Duration lease, Duration reconnect) {
        limits = new Ports.Limits(lease, reconnect);
        return this;
    }

    /** Loses the credential for the servers. */
    void noCredential() {
        locked = true;
    }

    /** Forgets what a test has asked for. */
    void reset() {
        meddling.clear();
        log.clear();
        secrets.clear();
        locked = false;
        clock = Clock.systemUTC();
        owner = Processes.self();
        limits(Duration.ofSeconds(30), Duration.ofSeconds(20));
        reader = line -> log.add(line.target() + "| " + line.text());
    }

    Result deploy(Configuration configuration, Version version) throws Exception {
        return deployer().deploy(request(configuration), version);
    }

    Result rollback(Configuration configuration, String to) throws Exception {
        return deployer().rollback(request(configuration), to, false);
    }

    /** Runs a script on a server, past every meddling. */
    Outcome run(Target target, String script) throws InterruptedException {
        Targets.Settings settings = new Targets.Settings(Duration.ofSeconds(20), Duration.ofSeconds(15), 1, null);
        try (Targets targets = connector.open(new Targets.Access(List.of(target), credential, settings))) {
            return targets.run(Map.of(target, Command.of("test", script, Duration.ofSeconds(60))))
                    .get(target);
        }
    }

    static Deployer.Request request(Configuration configuration) {
        return new Deployer.Request(configuration, List.of(), Set.of());
    }

    static Checking forcing(Forcing forcing) {
        return new Checking(List.of(), Development.unknown(), forcing, ForcingRules.none(), Optional.empty());
    }

    Deployer deployer() {
        return new Deployer(ports());
    }

    Ports ports() {
        return new Ports(
                new Keys(),
                meddling.connector(connector),
                history,
                line -> reader.accept(line),
                Progress.none(),
                clock,
                new Actor("alice", "Alice", Set.of()),
                owner,
                home.resolve("logs"),
                limits);
    }

    @Override
    public void close() {
        connector.close();
        history.close();
    }

    private final class Keys implements Credentials {
        @Override
        public SshCredential ssh(String id) throws CredentialException {
            if (locked) {
                throw new CredentialException("There is no credential " + id);
            }
            return credential;
        }

        @Override
        public GitCredential git(String id) throws CredentialException {
            throw new CredentialException("There is no credential " + id);
        }

        @Override
        public Secret secret(String id) throws CredentialException {
            if (!secrets.containsKey(id)) {
                throw new CredentialException("There is no secret " + id);
            }
            return secrets.get(id);
        }
    }
}
