package io.jenkins.plugins.gateddeploy.notice;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static io.jenkins.plugins.gateddeploy.notice.MailTest.notice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POSTs to a real server. */
class WebhookTest {
    private static final String TOKEN = "t0ken-in-the-path";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private HttpServer server;

    private record Got(String path, String body, String signature, String key, String type) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsJsonWhateverACommitSays() throws Exception {
        String hostile = "\"},\"x\":{\"y\":\"</script>\n\r\t\\ \u2028 \u0000 😀 {{gate}}";

        webhook().deliver(notice("opened", hostile));

        JsonNode json = JSON.readTree(got.get(0).body);
        assertThat(json.get("title").asText()).isEqualTo(hostile);
        assertThat(json.get("x")).isNull();
        assertThat(json.get("event").asText()).isEqualTo("opened");
        assertThat(json.get("build").asInt()).isEqualTo(7);
        assertThat(json.get("link").asText()).isEqualTo("https://ci.example.org/g1");
        assertThat(got.get(0).body).doesNotContain("</script>", "\u2028");
        assertThat(got.get(0).type).startsWith("application/json");
        assertThat(got.get(0).key).isEqualTo("gate:g1:opened");
        assertThat(got.get(0).signature).isNull();
    }

    @Test
    void signsTheBody() throws Exception {
        webhook(Optional.of(Secret.of("It's a secret"))).deliver(notice("opened", "x"));

        String expected = "sha256="
                + Webhook.hmac(Secret.of("It's a secret"), got.get(0).body.getBytes(StandardCharsets.UTF_8));
        assertThat(got.get(0).signature).isEqualTo(expected);
        // RFC 4231, test case 2.
        assertThat(Webhook.hmac(Secret.of("Jefe"), "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void triesAgainUntilTheServerTakesIt(@TempDir Path home) throws Exception {
        answers.addAll(List.of(500, 503, 200));
        StandingClock clock = new StandingClock(NOON);
        List<String> log = new ArrayList<>();
        try (HistoryDatabase history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"))) {
            history.gates()
                    .open(Gate.opening(
                            "g1", subject("", 0), new Rules(List.of(clause(1, "alice")), Set.of(), 0), NOON));
        }
        for (int i = 0; i < 6; i++) {
            // Each turn as if the host had just been started.
            try (HistoryDatabase history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"))) {
                new Round(webhook(), history.outbox(), Pages.linked(), clock, log::add).run(NOON);
            }
            clock.move(Duration.ofSeconds(20));
        }

        assertThat(got).hasSize(3).extracting(Got::key).containsOnly("gate:g1:opened");
        assertThat(log).hasSize(2).noneMatch(line -> line.contains(TOKEN));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410})
    void givesUpWhenTheServerDoesNotWantIt(int status) {
        answers.add(status);

        assertThatThrownBy(() -> webhook().deliver(notice("opened", "x")))
                .isInstanceOfSatisfying(
                        Undelivered.class, e -> assertThat(e.hopeless()).isTrue())
                .message()
                .contains(String.valueOf(status))
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503})
    void triesAgainWhenTheServerCannotNow(int status) {
        answers.add(status);

        assertThatThrownBy(() -> webhook().deliver(notice("opened", "x")))
                .isInstanceOfSatisfying(
                        Undelivered.class, e -> assertThat(e.hopeless()).isFalse());
    }

    @Test
    void followsNoRedirect() {
        answers.add(307);

        assertThatThrownBy(() -> webhook().deliver(notice("opened", "x"))).hasMessageContaining("307");
        assertThat(got).hasSize(1);
    }

    @Test
    void neverSaysTheAddress() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (String url : List.of(
                "http://127.0.0.1:" + port + "/" + TOKEN,
                "http://" + TOKEN + ".invalid/",
                "https://127.0.0.1:" + server.getAddress().getPort() + "/" + TOKEN,
                "file:///" + TOKEN,
                "http://a b/" + TOKEN)) {
            assertThatThrownBy(() -> webhook(url, Optional.empty()).deliver(notice("opened", "x")))
                    .as(url)
                    .isInstanceOfSatisfying(
                            Undelivered.class, e -> assertThat(e.hopeless()).isFalse())
                    .message()
                    .doesNotContain(TOKEN);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            got.add(new Got(
                    exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst(Webhook.SIGNATURE),
                    exchange.getRequestHeaders().getFirst(Webhook.IDEMPOTENCY_KEY),
                    exchange.getRequestHeaders().getFirst("Content-Type")));
            int status = answers.isEmpty() ? 200 : answers.remove();
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private Webhook webhook() throws Exception {
        return webhook(Optional.empty());
    }

    private Webhook webhook(Optional<Secret> key) throws Exception {
        return webhook("http://127.0.0.1:" + server.getAddress().getPort() + "/" + TOKEN, key);
    }

    private static Webhook webhook(String url, Optional<Secret> key) throws Exception {
        Webhook.Address address = new Webhook.Address() {
            @Override
            public Secret url() {
                return Secret.of(url);
            }

            @Override
            public Optional<Secret> signingKey() {
                return key;
            }
        };
        return new Webhook(address, JsonTemplate.of("the usual one", JsonTemplate.USUAL), HttpClient.newBuilder());
    }
}
