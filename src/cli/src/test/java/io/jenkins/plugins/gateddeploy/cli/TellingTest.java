package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.cli.host.Home;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What notify.toml has a home do, by a real mail server and a real web server. */
class TellingTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private Host host;

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void tellsByMailAndWebhook() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        HttpServer web = web();
        try {
            mail.setUser("deploy@example.org", "deploy", "s3cret");
            write("credentials.toml", "[chat-hook]\nsecret = { env = \"HOOK\" }\n");
            write("chat.json", "{\"say\": \"{{title}}\"}");
            write("notify.toml", """
                    [mail]
                    host = "127.0.0.1"
                    port = %d
                    tls = "none"
                    from = "deploy@example.org"
                    to = ["ops@example.org"]
                    user = "deploy"
                    password = { env = "SMTP_PASSWORD" }
                    [mail.people]
                    alice = "alice@example.org"
                    bob = "bob@example.org"
                    [webhook]
                    url = { secret = "chat-hook" }
                    template = "chat.json"
                    """.formatted(mail.getSmtp().getPort()));
            Teller teller = host(Map.of(
                            "SMTP_PASSWORD",
                            "s3cret",
                            "HOOK",
                            "http://127.0.0.1:" + web.getAddress().getPort() + "/t0ken"))
                    .teller(said::add);
            teller.start(new Teller.Pace(Instant.now(), Duration.ofHours(1)));
            open();

            // One for each reader.
            Awaitility.await().atMost(SOON).until(() -> mail.getReceivedMessages().length == 2);
            assertThat(Arrays.stream(mail.getReceivedMessages()[0].getAllRecipients())
                            .map(Object::toString))
                    .containsExactly("ops@example.org", "alice@example.org");
            assertThat(mail.getReceivedMessages()[0].getContent().toString()).contains("gated-deploy serve", "g1");
            Awaitility.await().atMost(SOON).until(() -> !posted.isEmpty());
            assertThat(posted).containsExactly("{\"say\": \"[shop to production] Approval needed: v2\"}");
            teller.stop();
            teller.await(SOON);
            assertThat(said).isEmpty();
        } finally {
            mail.stop();
            web.stop(0);
        }
    }

    @Test
    void tellsNobodyWithoutAFile() throws Exception {
        Teller teller = host(Map.of()).teller(said::add);

        teller.start(new Teller.Pace(Instant.now(), Duration.ofHours(1)));
        teller.stop();
        teller.await(SOON);

        assertThat(said).isEmpty();
    }

    @Test
    void refusesToBeginWithWhatCannotWork() throws Exception {
        write("notify.toml", "[webhook]\nurl = { env = \"HOOK\" }\n");
        assertThatThrownBy(() -> host(Map.of()).teller(said::add))
                .hasMessageContaining("The environment variable HOOK is not set.")
                .hasMessageContaining("[notice.secret]");

        write("notify.toml", "[webhook]\nurl = { env = \"HOOK\" }\ntemplate = \"chat.json\"\n");
        assertThatThrownBy(() -> host(Map.of("HOOK", "http://127.0.0.1/")).teller(said::add))
                .hasMessageContaining("chat.json")
                .hasMessageContaining("[notice.template]");

        write("notify.toml", "[webhok]\n");
        assertThatThrownBy(() -> host(Map.of()).teller(said::add))
                .hasMessageContaining("notify.toml:1:")
                .hasMessageContaining("Did you mean webhook?");
    }

    private HttpServer web() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/t0ken", exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        web.start();
        return web;
    }

    private void open() {
        Clause clause = new Clause(List.of("alice", "@qa"), 1, true, Duration.ofHours(4), Clause.Source.COMMIT);
        host.history()
                .gates()
                .open(Gate.opening(
                        "g1",
                        new Subject("shop", "production", "0".repeat(64), "v2", "", "", "", 0),
                        new Rules(List.of(clause), Set.of(), 0),
                        Instant.now()));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Host host(Map<String, String> environment) throws Exception {
        close();
        host = new Host(new Host.Setup(
                new Home(directory), Optional.empty(), Optional.empty(), directory, environment, "a test"));
        return host;
    }
}
