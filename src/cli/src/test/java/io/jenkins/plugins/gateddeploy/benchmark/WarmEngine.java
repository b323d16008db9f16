package io.jenkins.plugins.gateddeploy.benchmark;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Processes;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Result;
import io.jenkins.plugins.gateddeploy.source.FolderSource;
import io.jenkins.plugins.gateddeploy.source.GitLocation;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The engine in this JVM, as a server that runs for days has it: history open, classes loaded, code compiled. */
final class WarmEngine implements AutoCloseable {
    static final String NAME = "Gated Deploy, engine in a warm JVM";

    private final Site site;
    private final SshConnector connector;
    private final HistoryDatabase history;
    private final Phases phases = new Phases();

    WarmEngine(Site site) {
        this.site = site;
        connector = new SshConnector(HostKeys.knownHosts(site.fleet().knownHosts()));
        history = new HistoryDatabase(
                site.directory().resolve("engine/history"), HistoryDatabase.Settings.exclusive("benchmark"));
    }

    Phases phases() {
        return phases;
    }

    /** {@return deploys commits of a repository} */
    Contender pulling(int count, Path repository) {
        String directory = "engine-" + count;
        String toml = DeployToml.pulled(site, count, site.there(directory), repository);
        return new Contender() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public String directory() {
                return directory;
            }

            @Override
            public int warmUps() {
                return 5;
            }

            @Override
            public void deploy(String commit) throws Exception {
                phases.begin();
                GitSource source = git(repository);
                Deployer.Request request = new Deployer.Request(parse(toml), List.of(), Set.of(), source);
                succeeded(deployer(phases).deploy(request, source.resolve(commit)));
                phases.end();
            }

            @Override
            public void rollback() throws Exception {
                Deployer.Request request = new Deployer.Request(parse(toml), List.of(), Set.of(), git(repository));
                succeeded(deployer(Progress.none()).rollback(request, "previous", false));
            }
        };
    }

    /** Deploys the files of a folder. */
    void push(String toml, Path folder) throws Exception {
        phases.begin();
        Deployer.Request request = new Deployer.Request(parse(toml), List.of(), Set.of());
        succeeded(deployer(phases)
                .deploy(request, new FolderSource(folder.toString(), List.of(), List.of()).read(Clock.systemUTC())));
        phases.end();
    }

    private GitSource git(Path repository) throws Exception {
        return new GitSource(
                GitLocation.of(repository.toString(), site.directory().resolve("engine/cache")));
    }

    private static Configuration parse(String toml) throws Exception {
        return DeployFile.parse("deploy.toml", toml).configuration("production");
    }

    private static void succeeded(Result result) {
        if (result.record().state() != State.SUCCEEDED) {
            throw new IllegalStateException(NAME + ": " + result.record());
        }
    }

    private Deployer deployer(Progress progress) {
        return new Deployer(new Ports(
                new OneKey(site.fleet().credential()),
                connector,
                history,
                line -> {},
                progress,
                Clock.systemUTC(),
                new Actor("benchmark", "Benchmark", Set.of()),
                Processes.self(),
                site.directory().resolve("engine/cache"),
                Ports.Limits.defaults()));
    }

    @Override
    public void close() {
        connector.close();
        history.close();
    }

    private record OneKey(SshCredential key) implements Credentials {
        @Override
        public SshCredential ssh(String id) {
            return key;
        }

        @Override
        public GitCredential git(String id) throws CredentialException {
            throw new CredentialException("There is no credential " + id);
        }

        @Override
        public Secret secret(String id) throws CredentialException {
            throw new CredentialException("There is no secret " + id);
        }
    }
}
