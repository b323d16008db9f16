package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.fixture.Keys;
import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that outlive their deployment for a while, to a real sshd. */
@Timeout(120)
class IdleConnectionsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    private OpenSshServer server;
    private Path knownHosts;
    private SshConnector connector;

    @BeforeEach
    void start() throws Exception {
        RealPrograms.require("sshd", "ssh-keygen");
        server = OpenSshServer.start(directory.resolve("server"));
        knownHosts = Files.writeString(directory.resolve("known_hosts"), server.knownHosts());
        connector = SshConnector.keeping(HostKeys.knownHosts(knownHosts));
    }

    @AfterEach
    void end() {
        if (server != null) {
            connector.close();
            server.close();
        }
    }

    @Test
    void nextOneGetsTheSameConnection() throws Exception {
        String first = connection(LONG);

        assertThat(connection(LONG)).isEqualTo(first);
        assertThat(connection(LONG)).isEqualTo(first);
    }

    @Test
    void twoAtOnceHaveOneEach() throws Exception {
        String first = connection(LONG);
        try (Targets one = open(LONG);
                Targets two = open(LONG)) {
            assertThat(connection(one)).isEqualTo(first);
            assertThat(connection(two)).isNotEqualTo(first);
        }
        assertThat(connector.idle()).isEqualTo(2);
    }

    @Test
    void nothingIsKeptWhenNobodyWantsThat() throws Exception {
        String first = connection(Duration.ZERO);

        assertThat(connector.idle()).isZero();
        assertThat(connection(LONG)).isNotEqualTo(first);
        connector.close();
        connector = new SshConnector(HostKeys.knownHosts(knownHosts));
        first = connection(LONG);
        assertThat(connection(LONG)).isNotEqualTo(first);
    }

    @Test
    void endsWhenItsTimeIsOver() throws Exception {
        String sshd;
        try (Targets targets = open(Duration.ofMillis(200))) {
            sshd = otherEnd(targets);
        }

        await().until(() -> connector.idle() == 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> !isAlive(sshd));
    }

    @Test
    void isNotUsedForEver() throws Exception {
        connector.close();
        connector = SshConnector.keeping(HostKeys.knownHosts(knownHosts), Duration.ofNanos(1));
        String first = connection(LONG);

        assertThat(connector.idle()).isZero();
        assertThat(connection(LONG)).isNotEqualTo(first);
    }

    @Test
    void anotherKeyDoesNotGetItEvenUnderTheSameName() throws Exception {
        connection(LONG);
        SshCredential own = server.credential();
        SshCredential.PrivateKey stranger = Keys.generate(directory, "stranger", "ed25519")
                .credential(OpenSshServer.user())
                .keys()
                .get(0);

        Outcome outcome =
                ask(server.target(), new SshCredential(own.id(), own.user(), List.of(stranger), own.password()));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unreached.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION));
    }

    @Test
    void anotherUserDoesNotGetIt() throws Exception {
        connection(LONG);
        Target own = server.target();

        Outcome outcome = ask(
                new Target("nobody-here", own.host(), own.port(), own.roles(), own.hostKeys()), server.credential());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unreached.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION));
    }

    @Test
    void oneWithAnotherPinDoesNotGetIt() throws Exception {
        connection(LONG);
        Target own = server.target();
        String wrong = Keys.generate(directory, "other", "ed25519").publicLine();

        Outcome outcome =
                ask(new Target(own.user(), own.host(), own.port(), Set.of(), List.of(wrong)), server.credential());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unreached.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY));
    }

    @Test
    void isNotUsedAgainWhenTheHostKeyIsNoLongerTrusted() throws Exception {
        connection(LONG);
        Files.writeString(knownHosts, "");

        Outcome outcome = ask(server.target(), server.credential());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unreached.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.HOST_KEY));
    }

    @Test
    void oneThatBrokeIsOpenedAnew() throws Exception {
        for (int i = 0; i < 5; i++) {
            String before = connection(LONG);
            server.cutConnections();

            assertThat(connection(LONG)).isNotEqualTo(before);
        }
    }

    @Test
    void oneThatAnswersNoMoreIsGivenUp() throws Exception {
        String first;
        try (Targets targets = open(LONG)) {
            first = connection(targets);
            String sshd = otherEnd(targets);
            // From now on it takes what comes and says nothing.
            assertThat(new ProcessBuilder("kill", "-STOP", sshd).start().waitFor())
                    .isZero();
        }

        assertThat(connection(LONG)).isNotEqualTo(first);
    }

    @Test
    void oneOnWhichSomethingRunsIsEnded() throws Exception {
        Path mark = directory.resolve("running");
        Targets targets = open(LONG);
        CompletableFuture<Outcome> running = inBackground(targets, "touch " + mark + "; sleep 60");
        await().until(() -> Files.exists(mark));

        targets.close();

        assertThat(connector.idle()).isZero();
        assertThat(running.get(30, TimeUnit.SECONDS).ok()).isFalse();
    }

    @Test
    void oneOnWhichACommandTookTooLongIsEnded() throws Exception {
        try (Targets targets = open(LONG)) {
            Given.only(targets, server.target(), Command.of("wait", "sleep 60", Duration.ofMillis(300)));
        }

        assertThat(connector.idle()).isZero();
    }

    @Test
    void allEndWithTheConnector() throws Exception {
        String sshd;
        try (Targets targets = open(LONG)) {
            sshd = otherEnd(targets);
        }
        assertThat(isAlive(sshd)).isTrue();

        connector.close();

        assertThat(connector.idle()).isZero();
        await().atMost(Duration.ofSeconds(30)).until(() -> !isAlive(sshd));
    }

    /** The client's end of the connection that a deployment of its own gets, as the server sees it. */
    private String connection(Duration keep) throws InterruptedException {
        try (Targets targets = open(keep)) {
            return connection(targets);
        }
    }

    private String connection(Targets targets) throws InterruptedException {
        Outcome outcome = Given.only(targets, server.target(), Given.script("echo $SSH_CONNECTION"));
        assertThat(outcome.ok()).as(outcome.describe()).isTrue();
        return ((Outcome.Exited) outcome).stdout();
    }

    /** The number of the process at the other end. */
    private String otherEnd(Targets targets) throws InterruptedException {
        Outcome outcome =
                Given.only(targets, server.target(), Given.script("echo $PPID").apart());
        return ((Outcome.Exited) outcome).stdout().strip();
    }

    private static boolean isAlive(String process) {
        return ProcessHandle.of(Long.parseLong(process))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    private Targets open(Duration keep) {
        return open(server.target(), server.credential(), keep);
    }

    private Targets open(Target target, SshCredential credential, Duration keep) {
        Targets.Settings usual = Given.settings();
        Targets.Settings settings =
                new Targets.Settings(usual.connectTimeout(), usual.keepAlive(), usual.parallel(), null, keep);
        return connector.open(new Targets.Access(List.of(target), credential, settings));
    }

    private Outcome ask(Target target, SshCredential credential) throws InterruptedException {
        try (Targets targets = open(target, credential, LONG)) {
            return Given.only(targets, target, Given.script("true"));
        }
    }

    private CompletableFuture<Outcome> inBackground(Targets targets, String script) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Given.only(targets, server.target(), Given.script(script));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
