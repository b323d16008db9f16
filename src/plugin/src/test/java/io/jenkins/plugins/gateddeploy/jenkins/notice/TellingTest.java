package io.jenkins.plugins.gateddeploy.jenkins.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.tasks.Mailer;
import hudson.util.Secret;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.People;
import io.jenkins.plugins.gateddeploy.jenkins.gate.Decisions;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.registration.GatedDeployConfiguration;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import jenkins.model.JenkinsLocationConfiguration;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** By a real mail server and a real web server. */
class TellingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "t0ken-in-the-path";

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private GreenMail mail;
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/" + TOKEN, exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Gated-Deploy-Signature")));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        web.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
        web.stop(0);
    }

    @Test
    void tellsOfGatesByMailAndWebhookAlsoAfterARestart() throws Throwable {
        LogRecorder log = new LogRecorder()
                .record("io.jenkins.plugins.gateddeploy", Level.ALL)
                .capture(1000);
        session.then(jenkins -> {
            People.moveInto(jenkins);
            configure(jenkins);
            FreeStyleProject job = jenkins.createFreeStyleProject("shop");
            Gate before = gate("before", job);
            JenkinsHost.get().history().gates().open(before);

            NoticeConfiguration.get().setMail(true);
            NoticeConfiguration.get().setWebhookKey("hook-key");
            NoticeConfiguration.get().setWebhook("hook");
            JenkinsHost.get().history().gates().open(gate("g1", job));

            MimeMessage asked = received(1).get(0);
            assertThat(asked.getSubject()).isEqualTo("[shop to production] Approval needed: v2 \"Sort\"");
            assertThat(asked.getFrom()).extracting(Object::toString).containsExactly("jenkins@example.org");
            assertThat(Arrays.stream(asked.getAllRecipients()).map(Object::toString))
                    .containsExactlyInAnyOrder("release@example.org", "alice@example.org");
            assertThat(asked.getContent().toString())
                    .contains("Look and decide: " + jenkins.getURL() + "job/shop/7/deployment/gates/g1");
            Awaitility.await().atMost(PATIENCE).until(() -> posted.size() == 1);
            assertThat(posted.get(0)).contains("\"event\": \"opened\"", "job/shop/7/deployment/gates/g1");
            assertThat(signatures.get(0)).startsWith("sha256=");

            Decisions.decide(People.login("alice"), "g1", Verdict.APPROVE, "Ship it");
            assertThat(received(2).get(1).getSubject()).contains("Approved: v2");
            Awaitility.await().atMost(PATIENCE).until(() -> posted.size() == 2);

            // Nobody hears of this before Jenkins dies.
            mail.stop();
            JenkinsHost.get().history().gates().open(gate("g2", job));
            JenkinsHost.get().history().gates().cancel("g2", "The build was aborted.", Instant.now());
        });
        mail.start();
        session.then(jenkins -> {
            MailServer.at(mail.getSmtp().getPort());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> posted.stream()
                            .anyMatch(body -> body.contains("\"gate\": \"g2\"") && body.contains("cancelled")));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Arrays.stream(mail.getReceivedMessages())
                            .anyMatch(m -> TellingTest.subject(m).contains("Cancelled")));
        });
        // Its build is not there, so it is closed after the restart; that it was opened is older than the settings.
        assertThat(posted).noneMatch(body -> body.contains("gate:before:opened"));
        assertThat(posted.stream().filter(body -> body.contains("\"gate\": \"g1\"")))
                .as("g1 is not told again")
                .hasSize(2);
        assertThat(String.join("\n", log.getMessages())).doesNotContain(TOKEN);
    }

    private void configure(JenkinsRule jenkins) throws Exception {
        MailServer.at(mail.getSmtp().getPort());
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.org");
        User alice = User.getById("alice", true);
        alice.addProperty(new Mailer.UserProperty("alice@example.org"));
        RegisteredEnvironment production = new RegisteredEnvironment("shop", "production");
        production.setTell(List.of("release@example.org"));
        RegisteredEnvironment staging = new RegisteredEnvironment("shop", "staging");
        staging.setTell(List.of("nobody@example.org"));
        RegisteredEnvironment ofOthers = new RegisteredEnvironment("shop", "production");
        ofOthers.setJobs(List.of("elsewhere"));
        ofOthers.setTell(List.of("nobody@example.org"));
        GatedDeployConfiguration.get().setEnvironments(List.of(production, staging, ofOthers));
        secret("hook", "http://127.0.0.1:" + web.getAddress().getPort() + "/" + TOKEN);
        secret("hook-key", "s3cret");
        assertThat(jenkins.getURL()).isNotNull();
    }

    private static void secret(String id, String text) throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(text)));
        SystemCredentialsProvider.getInstance().save();
    }

    private List<MimeMessage> received(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> messages().size() >= count);
        return messages();
    }

    /** One message is kept for each reader; here each counts once. */
    private List<MimeMessage> messages() {
        Set<String> seen = new java.util.HashSet<>();
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> seen.add(subject(message)))
                .toList();
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Gate gate(String id, FreeStyleProject job) {
        Clause clause = new Clause(List.of("alice", "@qa"), 1, true, Duration.ofHours(4), Clause.Source.REGISTRATION);
        return Gate.opening(
                id,
                new Subject("shop", "production", "0".repeat(64), "v2 \"Sort\"", "Ship it?", "", job.getFullName(), 7),
                new Rules(List.of(clause), Set.of(), 0),
                Instant.now());
    }

    /** What the Mailer plugin is told. */
    private static final class MailServer {
        static void at(int port) {
            Mailer.descriptor().setSmtpHost("127.0.0.1");
            Mailer.descriptor().setSmtpPort(String.valueOf(port));
            Mailer.descriptor().save();
        }
    }
}
