package io.jenkins.plugins.gateddeploy.history;

import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.notice.Channel;
import io.jenkins.plugins.gateddeploy.notice.Notice;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told when the process that told it was killed. */
@Timeout(180)
class OutboxInFileTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private record Kept(List<String> told) implements Channel {
        @Override
        public String name() {
            return "printer";
        }

        @Override
        public void deliver(Notice notice) {
            told.add(notice.key().toString());
        }
    }

    @Test
    void tellsAgainWhatAProcessWasTellingWhenItWasKilled() throws Exception {
        Instant now = Instant.now();
        try (HistoryDatabase history = history()) {
            open(history, "told-half", now);
        }
        try (ChildProcess child = ChildProcess.start(NoticeSender.class, home.toString())) {
            assertThat(child.line()).isEqualTo("gate:told-half:opened");
            child.kill();
        }

        List<String> told = new CopyOnWriteArrayList<>();
        try (HistoryDatabase history = history()) {
            open(history, "meanwhile", now);
            // Who had begun counts as alive for a while, and others are told all the same.
            run(history, told, Clock.systemUTC(), 1);
            assertThat(told).containsExactly("gate:meanwhile:opened");
            run(history, told, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(6)), 2);
        }

        assertThat(told).containsExactly("gate:meanwhile:opened", "gate:told-half:opened");
    }

    @Test
    void tellsOfADecisionAfterTheProcessDiedThatTookIt() throws Exception {
        Instant now = Instant.now();
        List<String> told = new CopyOnWriteArrayList<>();
        try (HistoryDatabase history = history()) {
            open(history, "g1", now);
            run(history, told, Clock.systemUTC(), 1);
        }
        try (ChildProcess child = ChildProcess.start(GateDecider.class, home.toString(), "g1", "alice", "1")) {
            // It decided, and nobody was told: it has no teller.
            assertThat(child.line()).isEqualTo("1");
            child.kill();
        }

        try (HistoryDatabase history = history()) {
            run(history, told, Clock.systemUTC(), 2);
        }

        assertThat(told).containsExactly("gate:g1:opened", "gate:g1:closed");
    }

    @Test
    void looksAtGatesThatWereOpenLately() throws Exception {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        try (HistoryDatabase history = history()) {
            open(history, "long-over", now.minus(Duration.ofDays(30)));
            open(history, "closed-long-ago", now.minus(Duration.ofDays(3)));
            history.gates()
                    .decide(
                            "closed-long-ago",
                            Vote.onTheNewest(person("alice0"), Verdict.APPROVE, ""),
                            now.minus(Duration.ofDays(3)));
            open(history, "closed-lately", now);
            history.gates()
                    .decide(
                            "closed-lately",
                            Vote.onTheNewest(person("alice0"), Verdict.APPROVE, ""),
                            now.plusSeconds(9));
            open(history, "open", now);

            assertThat(history.outbox().gates(now.minus(Duration.ofDays(1))))
                    .extracting(Gate::id)
                    .containsExactly("closed-lately", "open");
        }
    }

    private static void run(HistoryDatabase history, List<String> told, Clock clock, int expected)
            throws InterruptedException {
        Teller teller =
                new Teller(history.outbox(), List.of(new Kept(told)), new NoticeSender.Nowhere(), clock, told::add);
        teller.start(new Teller.Pace(Instant.EPOCH, Duration.ofSeconds(1)));
        await().atMost(SOON).until(() -> told.size() >= expected);
        teller.stop();
        teller.await(SOON);
    }

    private HistoryDatabase history() {
        return new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
    }

    private static void open(HistoryDatabase history, String id, Instant time) {
        Rules rules = new Rules(List.of(clause(1, "alice0")), Set.of(), 0);
        history.gates().open(Gate.opening(id, subject("", 0), rules, time));
    }
}
