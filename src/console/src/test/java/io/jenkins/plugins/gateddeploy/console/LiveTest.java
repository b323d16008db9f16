package io.jenkins.plugins.gateddeploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What streams tell, over a real database. */
class LiveTest {
    @TempDir
    private Path directory;

    private Shop shop;
    private Live live;
    private DeploymentRecord moving;
    private final AtomicBoolean allowed = new AtomicBoolean(true);

    @BeforeEach
    void openShop() {
        shop = Shop.open(new SampleHistory(directory), Instant.now());
        live = new Live(shop.sample().history(), new LogIndexes());
        moving = shop.sample()
                .begin("staging", Kind.DEPLOY, SampleHistory.Version.of("v9", "Nine", "Ada"), "ada", Instant.now());
    }

    @AfterEach
    void closeShop() {
        live.close();
        shop.close();
    }

    /** A connection whose other end keeps what it gets, and may stop reading. */
    private static final class Heard implements Wire {
        private final StringBuilder text = new StringBuilder();
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean reading = true;
        private volatile boolean valid = true;

        @Override
        public void write(byte[] bytes) throws IOException {
            if (!reading) {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("gone");
            }
            synchronized (text) {
                text.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }

        @Override
        public boolean isValid() {
            return valid;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        String all() {
            synchronized (text) {
                return text.toString();
            }
        }

        void forget() {
            synchronized (text) {
                text.setLength(0);
            }
        }

        boolean isClosed() {
            return closed.getCount() == 0;
        }

        boolean has(String event, String data) {
            return all().contains("event: " + event + "\ndata: " + data + "\n\n");
        }
    }

    private Request ask(Map<String, String> query) {
        Viewer viewer = new Viewer(
                new Actor("bob", "Bob", Set.of()),
                (act, app, environment) -> allowed.get() || environment.equals("production"));
        return new Request(Method.GET, List.of("events"), query, "", viewer);
    }

    private Heard open(Map<String, String> query) {
        Heard heard = new Heard();
        assertThat(live.refusal(ask(query))).isEmpty();
        live.open(ask(query), heard);
        await().until(() -> heard.has("hello", "{}"));
        return heard;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS);
    }

    private static String deployment(DeploymentRecord record) {
        return "{\"deployment\":\"" + record.id() + "\"}";
    }

    private static Map<String, String> of(DeploymentRecord record) {
        return Map.of("deployment", record.id());
    }

    @Test
    void tellsWhatHappensToADeploymentAndHowLongItsLogIs() {
        Heard heard = open(of(moving));
        await().until(() -> heard.has("log", log(0)) && heard.has("change", deployment(moving)));
        heard.forget();

        shop.sample().event(moving, State.DEPLOYING, "", Duration.ofMillis(5));
        await().until(() -> heard.has("change", deployment(moving)));
        shop.sample().log(moving, List.of("one", "two", "three"), "web-1");
        await().until(() -> heard.has("log", log(3)));
        heard.forget();
        shop.sample().doing(moving, "web-1", "install");
        await().until(() -> heard.has("change", deployment(moving)));
        heard.forget();
        shop.sample().end(moving, State.SUCCEEDED, "", Duration.ofMillis(1), List.of("web-1"));
        await().until(() -> heard.has("change", deployment(moving)));
        shop.sample().log(moving, List.of("four"), "");
        await().until(() -> heard.has("log", log(4)));
        assertThat(heard.all()).doesNotContain(shop.held().id());
    }

    private String log(int lines) {
        return new String(
                Json.bytes(new TreeMap<>(Map.of("deployment", moving.id(), "lines", lines))), StandardCharsets.UTF_8);
    }

    @Test
    void tellsOfGatesToThoseWhoLookAtTheirPlace() throws Exception {
        Heard production = open(Map.of("app", "storefront", "environment", "production"));
        Heard staging = open(Map.of("app", "storefront", "environment", "staging"));
        Heard everything = open(Map.of());
        Heard gate = open(Map.of("gate", shop.gate().id()));
        // Each has been looked at once.
        shop.sample().event(moving, State.CHECKING, "", Duration.ofMillis(5));
        await().until(() -> staging.has("change", deployment(moving)) && everything.has("change", deployment(moving)));

        shop.sample()
                .history()
                .gates()
                .decide(
                        shop.gate().id(),
                        Vote.onTheNewest(new Actor("alice", "Alice", Set.of()), Decision.Verdict.APPROVE, ""),
                        Instant.now());

        String news = "{\"gate\":\"" + shop.gate().id() + "\"}";
        await().until(() ->
                production.has("change", news) && everything.has("change", news) && gate.has("change", news));
        assertThat(staging.all()).doesNotContain(shop.gate().id());
        assertThat(production.all()).doesNotContain(moving.id());
    }

    @Test
    void asksForEveryEventWhetherTheViewerMayKnow() {
        Heard one = open(of(moving));
        Heard all = open(Map.of());
        await().until(() -> one.has("log", log(0)));
        one.forget();
        all.forget();

        allowed.set(false);
        shop.sample().event(moving, State.DEPLOYING, "secret", Duration.ofMillis(5));

        await().until(one::isClosed);
        assertThat(one.all()).isEmpty();
        assertThat(live.refusal(ask(of(moving))).orElseThrow().status()).isEqualTo(404);
        DeploymentRecord later = shop.sample()
                .begin("production", Kind.DEPLOY, SampleHistory.Version.of("v10", "Ten", "Ada"), "ada", Instant.now());
        await().until(() -> all.has("change", deployment(later)));
        assertThat(all.all()).doesNotContain(moving.id());
    }

    @Test
    void closesTheStreamOfASessionThatHasEnded() {
        Heard heard = open(Map.of());
        heard.valid = false;
        await().until(heard::isClosed);
        await().until(() -> live.streams() == 0);
    }

    @Test
    void isNotHeldUpByAViewerWhoDoesNotRead() {
        Heard stuck = new Heard();
        stuck.reading = false;
        live.open(ask(of(moving)), stuck);
        Heard heard = open(of(moving));

        shop.sample().event(moving, State.DEPLOYING, "", Duration.ofMillis(5));
        shop.sample().log(moving, List.of("one"), "");
        await().until(() -> heard.has("log", log(1)));
        // Let go after a while, and the thread that wrote is free.
        await().until(stuck::isClosed);
        await().until(() -> live.streams() == 1);
    }

    @Test
    void refusesWhatIsNotThereAndWhatMakesNoSense() {
        assertThat(live.refusal(ask(Map.of("deployment", "none"))).orElseThrow().status())
                .isEqualTo(404);
        assertThat(live.refusal(ask(Map.of("job", "x", "build", "y")))
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
        assertThat(Live.isWanted(ask(Map.of()))).isTrue();
    }

    @Test
    void runsNoThreadWhileNobodyLooks() {
        Heard heard = open(Map.of());
        assertThat(threads()).contains("gated-deploy live");
        heard.valid = false;
        await().until(heard::isClosed);
        await().until(() -> threads().stream().noneMatch(name -> name.startsWith("gated-deploy live")));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
