package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An application that is about to be deployed, with what its host knows. */
final class Shop {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, byte[]> coming = new TreeMap<>();
    private final List<Files> current = new ArrayList<>();
    private final Map<String, Credential> credentials = new LinkedHashMap<>();
    private final Set<String> locked = new java.util.HashSet<>();
    private Remote remote = noRemote();

    Shop file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Shop file(String path, byte[] bytes) {
        coming.put(path, bytes);
        return this;
    }

    /** Makes a version current on some target, with one file. */
    Shop current(String version, String path, String text) {
        current.add(files(version, Map.of(path, text.getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    Shop secret(String id, String text) {
        return credential(id, Credential.Type.TEXT, text, null);
    }

    Shop credential(String id, Credential.Type type, String text, Instant until) {
        credentials.put(id, new Credential(id, type.words(), Set.of(type), List.of(Secret.of(text)), until));
        return this;
    }

    /** Has a credential that the host cannot read. */
    Shop locked(String id) {
        locked.add(id);
        return this;
    }

    Shop remote(Remote other) {
        remote = other;
        return this;
    }

    /** {@return what all checks of production find, those that could not be carried out included} */
    List<Problem> find(String deployToml) throws Exception {
        List<Problem> found = new ArrayList<>();
        for (Check check : ConnectionChecks.of(subject(deployToml), Clock.fixed(NOW, ZoneOffset.UTC))) {
            try {
                found.addAll(check.find());
            } catch (ProblemException e) {
                found.addAll(e.problems());
            }
        }
        return found;
    }

    /** {@return the same on a line each} */
    List<String> lines(String deployToml) throws Exception {
        return find(deployToml).stream().map(Problem::oneLine).toList();
    }

    /** {@return their ids} */
    List<String> ids(String deployToml) throws Exception {
        return find(deployToml).stream().map(Problem::id).toList();
    }

    Subject subject(String deployToml) throws ProblemException {
        String path = deployToml.contains("[release]") ? "" : "release.path = \"/srv/shop\"\n";
        String whole = "app = \"shop\"\n" + path + deployToml;
        DeployFile file = DeployFile.parse("deploy.toml", whole);
        List<Configuration> others = new ArrayList<>();
        for (String name : file.environments()) {
            if (!name.equals("production")) {
                others.add(file.configuration(name));
            }
        }
        return new Subject(
                file.configuration("production"),
                others,
                new Revision("a1b2c3d".repeat(6).substring(0, 40), "main", null, "s", "s", "a <a@b>", "a <a@b>", NOW),
                files("main (a1b2c3d)", coming),
                () -> List.copyOf(current),
                Optional.empty(),
                new Kept(),
                remote,
                Development.unknown());
    }

    static Files files(String version, Map<String, byte[]> content) {
        return new Files() {
            @Override
            public String version() {
                return version;
            }

            @Override
            public List<String> paths() {
                return List.copyOf(content.keySet());
            }

            @Override
            public Optional<byte[]> read(String path) throws IOException, ProblemException {
                return Optional.ofNullable(content.get(path));
            }
        };
    }

    private static Remote noRemote() {
        return new Remote() {
            @Override
            public List<Target> targets() {
                return List.of();
            }

            @Override
            public Map<Target, Outcome> run(Map<Target, Command> commands) {
                return Map.of();
            }
        };
    }

    private final class Kept implements Credentials {
        @Override
        public SshCredential ssh(String id) throws CredentialException {
            throw new CredentialException("not asked for here");
        }

        @Override
        public GitCredential git(String id) throws CredentialException {
            throw new CredentialException("not asked for here");
        }

        @Override
        public Secret secret(String id) throws CredentialException {
            throw new CredentialException("not asked for here");
        }

        @Override
        public Optional<Credential> find(String id, Set<Credential.Type> wanted) throws CredentialException {
            if (locked.contains(id)) {
                throw new CredentialException("the vault is out of reach");
            }
            return Optional.ofNullable(credentials.get(id));
        }
    }
}
