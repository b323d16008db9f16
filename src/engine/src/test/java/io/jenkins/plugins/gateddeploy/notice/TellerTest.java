package io.jenkins.plugins.gateddeploy.notice;

import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TellerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** A server that takes the connection and says nothing more. */
    private record Hanging(CountDownLatch reached, CountDownLatch released) implements Channel {
        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public void deliver(Notice notice) throws InterruptedException {
            reached.countDown();
            released.await();
        }
    }

    @Test
    void holdsUpNeitherGatesNorOtherChannelsWhenAServerHangs() throws Exception {
        Told told = new Told();
        Hanging hanging = new Hanging(new CountDownLatch(1), new CountDownLatch(1));
        try (HistoryDatabase history = history()) {
            Teller teller = teller(history, hanging, told);
            teller.start(new Teller.Pace(Instant.EPOCH, Duration.ofHours(1)));
            history.onGateChange(teller::wake);
            open(history);
            hanging.reached.await();

            // It hangs from here to the end.
            Gate decided =
                    history.gates().decide("g1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), Instant.now());

            assertThat(decided.closed()).isPresent();
            await().atMost(SOON).until(() -> told.delivered().contains("gate:g1:closed"));
            teller.stop();
            teller.await(Duration.ofMillis(1));
            await().atMost(SOON).until(TellerTest::nobodyTells);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void tellsAfterAnotherStartWhatHappenedMeanwhile() throws Exception {
        Told told = new Told();
        try (HistoryDatabase history = history()) {
            Teller teller = teller(history, told);
            teller.start(new Teller.Pace(Instant.EPOCH, Duration.ofHours(1)));
            history.onGateChange(teller::wake);
            open(history);
            await().atMost(SOON).until(() -> told.delivered().size() == 1);
            teller.stop();
            teller.await(SOON);
            history.gates().decide("g1", Vote.onTheNewest(person("alice"), Verdict.REJECT, ""), Instant.now());
        }

        try (HistoryDatabase history = history()) {
            Teller teller = teller(history, told);
            // Although it says that it begins now, the channel has been there before.
            teller.start(new Teller.Pace(Instant.now(), Duration.ofHours(1)));
            await().atMost(SOON).until(() -> told.delivered().size() == 2);
            teller.stop();
            teller.await(SOON);
        }
        assertThat(told.delivered()).containsExactly("gate:g1:opened", "gate:g1:closed");
    }

    @Test
    void tellsOnceForAProcessThatDoesNotStay() throws Exception {
        Told told = new Told();
        Instant began = Instant.now();
        try (HistoryDatabase history = history()) {
            open(history);
            teller(history, told).once(began, SOON);
            assertThat(told.delivered()).containsExactly("gate:g1:opened");

            history.gates().decide("g1", vote(Verdict.REJECT), Instant.now());
            teller(history, told).once(Instant.now(), SOON);
            assertThat(told.delivered()).containsExactly("gate:g1:opened", "gate:g1:closed");
            teller(history, told).once(Instant.now(), SOON);
            assertThat(told.attempts()).isEqualTo(2);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void tellsOnceByOneChannelWhileAnotherHangs() throws Exception {
        Told told = new Told();
        Hanging hanging = new Hanging(new CountDownLatch(1), new CountDownLatch(1));
        try (HistoryDatabase history = history()) {
            Instant began = Instant.now();
            open(history);
            Thread once = new Thread(() -> once(teller(history, hanging, told), began, SOON));
            once.start();
            await().atMost(SOON).until(() -> !told.delivered().isEmpty());
            hanging.released.countDown();
            once.join();
        }
        assertThat(log).isEmpty();
    }

    @Test
    void doesNotStayForAServerThatHangsAndLeavesItToTheNext() throws Exception {
        Hanging hanging = new Hanging(new CountDownLatch(1), new CountDownLatch(1));
        try (HistoryDatabase history = history()) {
            Instant began = Instant.now();
            open(history);
            Thread once = new Thread(() -> once(teller(history, hanging), began, Duration.ofSeconds(1)));
            once.start();
            once.join(SOON.toMillis());
            assertThat(once.isAlive()).isFalse();
            assertThat(log)
                    .containsExactly(
                            "Telling people by hanging takes too long; what is left is told at the next occasion.");
            await().atMost(SOON).until(TellerTest::nobodyTells);

            hanging.released.countDown();
            teller(history, hanging).once(began, SOON);
            assertThat(history.outbox().entries("hanging", Instant.EPOCH).values())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.state()).isEqualTo(Outbox.State.DELIVERED));
        }
    }

    private void once(Teller teller, Instant since, Duration patience) {
        try {
            teller.once(since, patience);
        } catch (InterruptedException e) {
            log.add("interrupted");
        }
    }

    private static boolean nobodyTells() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("gated-deploy notices by hanging"));
    }

    private static Vote vote(Verdict verdict) {
        return Vote.onTheNewest(person("alice"), verdict, "");
    }

    @Test
    void saysOnceThatTheHistoryCannotBeHad() throws Exception {
        HistoryDatabase history = history();
        history.close();
        Teller teller = teller(history, new Told());
        teller.start(new Teller.Pace(Instant.EPOCH, Duration.ofHours(1)));
        await().atMost(SOON).until(() -> !log.isEmpty());
        teller.wake();
        teller.stop();
        teller.await(SOON);
        assertThat(log).singleElement().asString().contains("told");
    }

    private HistoryDatabase history() {
        return new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
    }

    private Teller teller(HistoryDatabase history, Channel... channels) {
        return new Teller(history.outbox(), List.of(channels), Pages.linked(), Clock.systemUTC(), log::add);
    }

    private static void open(HistoryDatabase history) {
        history.gates()
                .open(Gate.opening(
                        "g1", subject("", 0), new Rules(List.of(clause(1, "alice")), Set.of(), 0), Instant.now()));
    }
}
