package io.jenkins.plugins.gateddeploy.notice;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jenkins.plugins.gateddeploy.config.MailSettings;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail to a real server. */
class MailTest {
    private final List<String> log = new ArrayList<>();
    private GreenMail server;

    @BeforeEach
    void start() {
        server = server(0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsPlainTextThatMachinesDoNotAnswer() throws Exception {
        mail(to("ops@example.org", "alice@example.org")).deliver(notice("opened", "Größe 日本 ready?"));

        MimeMessage mail = received(2).get(0);
        assertThat(mail.getSubject()).isEqualTo("Größe 日本 ready?");
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.getContent().toString()).contains("Needed: größte Vorsicht");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("List-Id")).containsExactly("<gated-deploy.example.org>");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("deploy@example.org");
        assertThat(mail.getAllRecipients()).hasSize(2);
    }

    @Test
    void keepsTheMailsOfOneGateTogether() throws Exception {
        Mail mail = mail(to("ops@example.org"));
        mail.deliver(notice("opened", "one"));
        mail.deliver(notice("closed", "two"));

        List<MimeMessage> mails = received(2);
        String first = mails.get(0).getMessageID();
        assertThat(mails.get(0).getHeader("References")).isNull();
        assertThat(mails.get(1).getHeader("References")).containsExactly(first);
        assertThat(mails.get(1).getHeader("In-Reply-To")).containsExactly(first);
        assertThat(mails.get(1).getMessageID()).isNotEqualTo(first);
    }

    @Test
    void letsNobodyWriteHeadersByTheSubjectOfACommit() throws Exception {
        String hostile = "Fix\r\nBcc: victim@example.org\r\n\r\nclick here\u2028X-Evil: 1";

        mail(to("ops@example.org")).deliver(notice("opened", hostile));

        MimeMessage mail = received(1).get(0);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("X-Evil")).isNull();
        assertThat(mail.getSubject()).isEqualTo("Fix Bcc: victim@example.org click here X-Evil: 1");
        assertThat(mail.getContent().toString()).startsWith("Needed:");
    }

    @Test
    void logsInWhereTheServerAsksForIt() throws Exception {
        server.setUser("deploy@example.org", "deploy", "s3cret");
        MailSettings settings = settings(server.getSmtp().getPort(), Optional.of("deploy"));

        new Mail(account(SmtpServer.session(settings, Optional.of(Secret.of("s3cret"))), "ops@example.org"), log::add)
                .deliver(notice("opened", "x"));

        assertThat(received(1)).hasSize(1);
        Mail wrong = new Mail(
                account(SmtpServer.session(settings, Optional.of(Secret.of("wr0ng"))), "ops@example.org"), log::add);
        assertThatThrownBy(() -> wrong.deliver(notice("closed", "x")))
                .isInstanceOf(Undelivered.class)
                .message()
                .doesNotContain("wr0ng");
    }

    @Test
    void saysWhoCannotBeReached() {
        assertThatThrownBy(() -> mail(to()).deliver(notice("opened", "x")))
                .isInstanceOfSatisfying(
                        Undelivered.class, e -> assertThat(e.hopeless()).isTrue())
                .hasMessageContaining("no address is known");
        assertThatThrownBy(() -> mail(to("no address")).deliver(notice("opened", "x")))
                .hasMessageContaining("no address");
    }

    @Test
    void doesNotSendWithoutTlsWhereItIsAskedFor() {
        MailSettings plain = settings(server.getSmtp().getPort(), Optional.empty());
        MailSettings secure = new MailSettings(
                plain.host(),
                plain.port(),
                MailSettings.Tls.STARTTLS,
                plain.from(),
                plain.to(),
                plain.people(),
                plain.user(),
                plain.password());

        Mail mail = new Mail(account(SmtpServer.session(secure, Optional.empty()), "ops@example.org"), log::add);

        assertThatThrownBy(() -> mail.deliver(notice("opened", "x"))).isInstanceOf(Undelivered.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void deliversOnceWhenTheServerIsThereAgain(@TempDir Path home) throws Exception {
        int port = server.getSmtp().getPort();
        StandingClock clock = new StandingClock(NOON);
        server.stop();
        try (HistoryDatabase history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"))) {
            history.gates()
                    .open(Gate.opening(
                            "g1", subject("", 0), new Rules(List.of(clause(1, "alice")), Set.of(), 0), NOON));
            Mail mail = new Mail(account(session(port), "ops@example.org"), log::add);
            Round round = new Round(mail, history.outbox(), Pages.linked(), clock, log::add);
            round.run(NOON);
            clock.move(Duration.ofSeconds(10));
            round.run(NOON);

            server = server(port);
            server.start();
            clock.move(Duration.ofSeconds(20));
            round.run(NOON);
            clock.move(Duration.ofMinutes(2));
            round.run(NOON);
        }

        assertThat(received(1)).hasSize(1);
        assertThat(log).singleElement().asString().contains("it is tried again");
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Session session = session(mute.getLocalPort());
            session.getProperties().put("mail.smtp.timeout", "200");

            assertThatThrownBy(() ->
                            new Mail(account(session, "ops@example.org"), log::add).deliver(notice("opened", "x")))
                    .isInstanceOfSatisfying(
                            Undelivered.class, e -> assertThat(e.hopeless()).isFalse());
        }
    }

    private List<MimeMessage> received(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> server.getReceivedMessages().length >= count);
        return List.of(server.getReceivedMessages());
    }

    private static GreenMail server(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        return server;
    }

    private static String[] to(String... addresses) {
        return addresses;
    }

    private Mail mail(String... to) {
        return new Mail(account(session(server.getSmtp().getPort()), to), log::add);
    }

    private static Session session(int port) {
        return SmtpServer.session(settings(port, Optional.empty()), Optional.empty());
    }

    private static MailSettings settings(int port, Optional<String> user) {
        return new MailSettings(
                "127.0.0.1",
                port,
                MailSettings.Tls.NONE,
                "deploy@example.org",
                List.of(),
                Map.of(),
                user,
                Optional.empty());
    }

    private static MailAccount account(Session session, String... to) {
        return new MailAccount() {
            @Override
            public Session session() {
                return session;
            }

            @Override
            public String from() {
                return "deploy@example.org";
            }

            @Override
            public List<String> recipients(Notice notice) {
                return List.of(to);
            }
        };
    }

    static Notice notice(String event, String title) {
        return new Notice(
                new Notice.Key("gate:g1", event),
                Notice.Kind.OPENED,
                new Notice.About(
                        "g1",
                        "shop",
                        "production",
                        title,
                        "shop/main",
                        7,
                        Set.of("alice"),
                        Optional.of(URI.create("https://ci.example.org/g1"))),
                new Notice.Text(title, List.of("Needed: größte Vorsicht", "", title)),
                Instant.parse("2026-03-01T12:00:00Z"));
    }
}
