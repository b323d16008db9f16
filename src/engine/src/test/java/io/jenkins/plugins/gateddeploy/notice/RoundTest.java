package io.jenkins.plugins.gateddeploy.notice;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.HistoryDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telling by a real history, with a clock that is moved. */
class RoundTest {
    @TempDir
    Path home;

    private final StandingClock clock = new StandingClock(NOON);
    private final List<String> log = new ArrayList<>();
    private HistoryDatabase history;

    @BeforeEach
    void open() {
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void tellsEachThingOnceAlsoAfterARestart() throws Exception {
        Told told = new Told();
        gate("g1", 2);

        run(told);
        run(told);
        close();
        open();
        run(told);
        assertThat(told.delivered()).containsExactly("gate:g1:opened");

        clock.move(Duration.ofMinutes(1));
        gates().decide("g1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), clock.instant());
        close();
        open();
        run(told);
        clock.move(Duration.ofMinutes(1));
        gates().decide("g1", Vote.onTheNewest(person("bob"), Verdict.APPROVE, ""), clock.instant());
        run(told);
        run(told);

        assertThat(told.delivered()).hasSize(3).last().isEqualTo("gate:g1:closed");
        assertThat(log).isEmpty();
    }

    @Test
    void triesAgainAfterLongerAndLongerPauses() throws Exception {
        Told told = new Told().failing(Undelivered.later("down"), Undelivered.later("down"));
        gate("g1", 1);

        assertThat(run(told)).isEqualTo(NOON.plusSeconds(10));
        clock.move(Duration.ofSeconds(9));
        run(told);
        assertThat(told.attempts()).isEqualTo(1);
        clock.move(Duration.ofSeconds(1));
        assertThat(run(told)).isEqualTo(clock.instant().plusSeconds(20));
        clock.move(Duration.ofSeconds(20));
        assertThat(run(told)).as("the deadline").isEqualTo(NOON.plus(Duration.ofHours(4)));

        assertThat(told.delivered()).containsExactly("gate:g1:opened");

        clock.move(Duration.ofHours(4));
        assertThat(run(told)).as("nothing can happen any more").isEqualTo(Instant.MAX);
        assertThat(Round.pause(30)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void givesUpAfterADayWithOneLine() throws Exception {
        Told told = new Told();
        gate("g1", 1);
        for (int i = 0; i < 40; i++) {
            told.failing(Undelivered.later("the server is down"));
            run(told);
            clock.move(Duration.ofHours(1));
        }

        assertThat(told.delivered()).isEmpty();
        assertThat(log)
                .last()
                .asString()
                .contains("gate:g1:closed", "told", "the server is down", "is not tried again");
        assertThat(log).filteredOn(line -> line.contains("is not tried again")).hasSize(1);
    }

    @Test
    void triesNothingAgainThatIsHopeless() throws Exception {
        Told told = new Told().failing(Undelivered.forGood("nobody there"));
        gate("g1", 1);

        run(told);
        clock.move(Duration.ofHours(2));
        run(told);

        assertThat(told.attempts()).isEqualTo(1);
        assertThat(log).singleElement().asString().contains("nobody there");
    }

    @Test
    void asksNobodyAnyMoreAtAGateThatHasClosed() throws Exception {
        Told told = new Told().failing(Undelivered.later("down"));
        gate("g1", 1);
        run(told);
        clock.move(Duration.ofMinutes(5));
        gates().decide("g1", Vote.onTheNewest(person("alice"), Verdict.REJECT, ""), clock.instant());

        run(told);
        clock.move(Duration.ofHours(30));
        run(told);

        assertThat(told.delivered()).containsExactly("gate:g1:closed");
        assertThat(log).singleElement().asString().contains("gate:g1:opened", "it is tried again: down");
    }

    @Test
    void saysOnceWhyItDoesNotWorkUntilItDoes() throws Exception {
        Told told = new Told().failing(Undelivered.later("down"), Undelivered.later("down"));
        Round round = round(told);
        gate("g1", 2);
        round.run(NOON);
        clock.move(Duration.ofSeconds(10));
        round.run(NOON);
        assertThat(log).hasSize(1);

        clock.move(Duration.ofSeconds(20));
        round.run(NOON);
        told.failing(Undelivered.later("down"));
        gates().decide("g1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), clock.instant());
        round.run(NOON);

        assertThat(log).hasSize(2);
    }

    @Test
    void tellsNothingThatHappenedBeforeTheChannelWasThere() throws Exception {
        Told told = new Told();
        gate("g1", 1);
        clock.move(Duration.ofMinutes(1));
        Instant since = clock.instant();

        round(told).run(since);
        assertThat(told.delivered()).isEmpty();

        gates().decide("g1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), clock.instant());
        round(told).run(since);
        assertThat(told.delivered()).containsExactly("gate:g1:closed");
    }

    @Test
    void remembersSinceWhenAChannelIsThereAndForgetsItWithTheChannel() {
        Outbox outbox = history.outbox();
        outbox.channels(Set.of("mail"), NOON);
        outbox.channels(Set.of("mail", "webhook"), NOON.plusSeconds(1));
        assertThat(outbox.channels(Set.of("mail", "webhook"), NOON.plusSeconds(2)))
                .containsEntry("mail", NOON)
                .containsEntry("webhook", NOON.plusSeconds(1));

        outbox.channels(Set.of("webhook"), NOON.plusSeconds(3));

        assertThat(outbox.channels(Set.of("mail", "webhook"), NOON.plusSeconds(4)))
                .containsEntry("mail", NOON.plusSeconds(4))
                .containsEntry("webhook", NOON.plusSeconds(1));
    }

    @Test
    void leavesAServerAloneThatFailsAgainAndAgain() throws Exception {
        Told told = new Told().failing(Undelivered.later("down"), Undelivered.later("down"), Undelivered.later("down"));
        for (int i = 0; i < 10; i++) {
            gate("g" + i, 1);
        }

        run(told);
        assertThat(told.attempts()).isEqualTo(3);

        clock.move(Duration.ofSeconds(10));
        run(told);
        assertThat(told.delivered()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void letsOneOfTwoProcessesTellIt() throws Exception {
        Told one = new Told();
        Told other = new Told();
        Gate gate = gate("g1", 1);
        Notice notice = Due.of(gate, NOON, Pages.linked()).get(0);

        assertThat(history.outbox().claim(notice, "told", 0, NOON.plusSeconds(300)))
                .isTrue();
        assertThat(history.outbox().claim(notice, "told", 0, NOON.plusSeconds(300)))
                .isFalse();
        run(other);
        assertThat(other.delivered()).isEmpty();

        // The first has died in the middle.
        clock.move(Duration.ofMinutes(6));
        assertThat(history.outbox().claim(notice, "told", 1, clock.instant())).isTrue();
        assertThat(history.outbox().claim(notice, "told", 1, clock.instant()))
                .as("two who found it at the same time")
                .isFalse();
        run(one);
        run(other);
        assertThat(one.delivered()).containsExactly("gate:g1:opened");
        assertThat(other.delivered()).isEmpty();
    }

    @Test
    void looksAtManyOpenGatesWithoutTellingAnybodyTwice() throws Exception {
        Told told = new Told();
        for (int i = 0; i < 200; i++) {
            gate("g" + i, 1);
        }

        run(told);
        run(told);

        assertThat(told.delivered()).hasSize(200).doesNotHaveDuplicates();
    }

    private Instant run(Channel channel) throws InterruptedException {
        return round(channel).run(NOON);
    }

    private Round round(Channel channel) {
        return new Round(channel, history.outbox(), Pages.linked(), clock, log::add);
    }

    private Gate gate(String id, int required) {
        return gates().open(Gate.opening(
                id,
                subject("", 0),
                new Rules(List.of(clause(required, "alice", "bob")), Set.of(), 0),
                clock.instant()));
    }

    private Gates gates() {
        return history.gates();
    }
}
