package io.jenkins.plugins.gateddeploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DeployFile;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.embedded.EmbeddedServer;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.ssh.HostKeys;
import io.jenkins.plugins.gateddeploy.ssh.SshConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, examined. */
class DoctorTest {
    private static final Doctor.Finding NOT_FOUND = () -> {
        throw new ProblemException("source.not-found", "There is no such branch.", "");
    };

    @TempDir
    private Path disk;

    private EmbeddedServer server;
    private SshConnector connector;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedServer.start(disk);
        connector = new SshConnector(new HostKeys(List.of(), false));
    }

    @AfterEach
    void stop() throws Exception {
        connector.close();
        server.close();
    }

    private Doctor doctor() {
        Credentials credentials = new Credentials() {
            @Override
            public SshCredential ssh(String id) throws CredentialException {
                if (id != null) {
                    throw new CredentialException("There is no credential \"" + id + "\".");
                }
                return server.credential();
            }

            @Override
            public GitCredential git(String id) throws CredentialException {
                throw new CredentialException("There is no credential \"" + id + "\".");
            }

            @Override
            public Secret secret(String id) throws CredentialException {
                throw new CredentialException("There is no credential \"" + id + "\".");
            }
        };
        return new Doctor(credentials, connector, Clock.systemUTC());
    }

    private Configuration configuration(String more) throws Exception {
        return DeployFile.parse(
                        "deploy.toml", """
                        app = "shop"
                        [release]
                        path = "%s/srv/shop"
                        [environments.production]
                        targets = [{ host = "demo@127.0.0.1:%d", host_key = "%s" }]
                        %s
                        """.formatted(EmbeddedServer.ROOT, server.port(), server.hostKeyLine(), more))
                .configuration("production");
    }

    private static List<String> ids(Diagnosis diagnosis) {
        return diagnosis.problems().map(Problem::id).toList();
    }

    @Test
    void examinesARealTargetAndChangesNothing() throws Exception {
        Diagnosis diagnosis = doctor().examine(configuration(""), NOT_FOUND);

        assertThat(ids(diagnosis)).contains("source.not-found").doesNotContain("target.unreachable", "target.command");
        assertThat(diagnosis.targets().get(0).facts()).containsKeys("ssh", "clock", "path", "programs");
        try (var left = Files.list(disk)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void findsARealDirectoryNamedCurrent() throws Exception {
        Files.createDirectories(disk.resolve("srv/shop/current"));

        assertThat(ids(doctor().examine(configuration(""), NOT_FOUND))).contains("target.current");
    }

    @Test
    void tellsAnUnknownHostKeyFromATargetThatIsNotThere() throws Exception {
        Configuration unpinned = DeployFile.parse(
                        "deploy.toml",
                        "app = \"shop\"\n[release]\npath = \"/srv/shop\"\n[environments.production]\ntargets = [\"demo@127.0.0.1:"
                                + server.port() + "\"]\n")
                .configuration("production");
        assertThat(ids(doctor().examine(unpinned, NOT_FOUND))).contains("target.host-key");
        Configuration pinned = configuration("");
        server.close();
        assertThat(ids(doctor().examine(pinned, NOT_FOUND))).contains("target.unreachable");
    }

    @Test
    void goesOnWithoutACredentialToWhatCanBeTold() throws Exception {
        Diagnosis diagnosis = doctor().examine(
                        configuration("credentials = \"nobody\"\nvariables = { KEY = { secret = \"none\" } }"
                                + "\nstrategy = { kind = \"rolling\" }"),
                        NOT_FOUND);

        assertThat(ids(diagnosis))
                .containsExactly("config.not-built", "credential.missing", "credential.missing", "source.not-found");
        assertThat(diagnosis.targets()).isEmpty();
    }

    @Test
    void looksForProgramsWhereTasksLookForThem() throws Exception {
        Path bin = Files.createDirectories(disk.resolve("bin"));
        Path php = Files.writeString(bin.resolve("php"), """
                #!/bin/sh
                [ "$1" = -m ] && printf '[PHP Modules]\\nCore\\nintl\\n\\n[Zend Modules]\\nZend OPcache\\n\\n'
                """);
        Files.setPosixFilePermissions(php, PosixFilePermissions.fromString("rwxr-xr-x"));
        String asks =
                "requires = { commands = [\"php\", \"no-such-program\"], php_extensions = [\"INTL\", \"opcache\", \"gd\"] }";
        String path = "\nvariables = { PATH = \"" + EmbeddedServer.ROOT + "/bin:/usr/bin:/bin\" }";

        List<String> found = doctor().examine(configuration(asks + path), NOT_FOUND)
                .problems()
                .filter(problem -> problem.id().equals("target.command"))
                .map(Problem::message)
                .toList();

        assertThat(found).hasSize(2);
        assertThat(found.get(0)).contains(": no-such-program, which");
        assertThat(found.get(1)).contains("no extension gd (php -m)");
    }
}
