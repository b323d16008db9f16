package io.jenkins.plugins.gateddeploy.lane;

import static io.jenkins.plugins.gateddeploy.lane.Made.LANE;
import static io.jenkins.plugins.gateddeploy.lane.Made.NOON;
import static io.jenkins.plugins.gateddeploy.lane.Made.entry;
import static io.jenkins.plugins.gateddeploy.lane.Made.ofRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueTest {
    @Test
    void givesTurnsInTheOrderInWhichTheyJoined() {
        Queue queue = queue(entry("a"), entry("b"));

        assertThat(queue.taken("b", NOON)).isEmpty();
        Queue first = queue.taken("a", NOON).orElseThrow();
        assertThat(first.holder()).map(Entry::id).hasValue("a");
        assertThat(first.next(NOON)).isEmpty();
        assertThat(first.taken("a", NOON.plusSeconds(1))).hasValue(first);
        assertThat(first.without("a").next(NOON)).map(Entry::id).hasValue("b");
    }

    @Test
    void givesNobodyATurnWhileItIsPaused() {
        Queue queue = new Queue(LANE, Optional.of(new Pause("fire", "meg", NOON)), List.of(entry("a")));

        assertThat(queue.next(NOON)).isEmpty();
        assertThat(queue.taken("a", NOON)).isEmpty();
    }

    @Test
    void letsOthersPassWhoMayNotStartYetOrHasWaitedTooLong() {
        Queue queue = queue(Made.notBefore(NOON.plusSeconds(60), "a"), Made.until(NOON, "b"), entry("c"));

        assertThat(queue.next(NOON)).map(Entry::id).hasValue("c");
        assertThat(queue.next(NOON.plusSeconds(60))).map(Entry::id).hasValue("a");
        assertThat(queue.find("b").orElseThrow().isOverdue(NOON)).isTrue();
        assertThat(queue.find("b").orElseThrow().isOverdue(NOON.minusSeconds(1)))
                .isFalse();
    }

    @Test
    void letsOneAtATimeGoUnderTheTurnOfAPieceOfAScript() {
        Queue queue = queue(Made.piece("block"), entry("a"))
                .taken("block", NOON)
                .orElseThrow()
                .joined(Made.under("block", "x"))
                .joined(Made.under("block", "y"));

        assertThat(queue.waiting()).extracting(Entry::id).containsExactly("x", "y", "a");
        Queue inside = queue.taken("x", NOON).orElseThrow();
        assertThat(inside.holder()).map(Entry::id).hasValue("block");
        assertThat(inside.taken("y", NOON)).isEmpty();
        assertThat(inside.without("x").next(NOON)).map(Entry::id).hasValue("y");
        assertThat(inside.without("x").without("y").next(NOON)).isEmpty();
        assertThat(queue.without("block").next(NOON)).map(Entry::id).hasValue("a");
    }

    @Test
    void movesOneThatWaitsAndNoOther() throws LaneException {
        Queue queue = queue(entry("a"), entry("b"), entry("c"), entry("d"))
                .taken("a", NOON)
                .orElseThrow();

        assertThat(queue.moved("d", 1).waiting()).extracting(Entry::id).containsExactly("d", "b", "c");
        assertThat(queue.moved("b", 2).waiting()).extracting(Entry::id).containsExactly("c", "b", "d");
        assertThat(queue.moved("b", 99).waiting()).extracting(Entry::id).containsExactly("c", "d", "b");
        assertThat(queue.moved("b", -1)).isEqualTo(queue);
        assertThatThrownBy(() -> queue.moved("a", 2)).hasMessageContaining("[lane.has-turn]");
        assertThatThrownBy(() -> queue.moved("nobody", 2)).hasMessageContaining("[lane.gone]");
    }

    @Test
    void knowsWhatANewerOneOfTheSameReferenceMakesPointless() {
        Queue queue = queue(ofRef("main", "a"), ofRef("main", "b"), ofRef("other", "c"), ofRef("", "d"))
                .taken("a", NOON)
                .orElseThrow();

        assertThat(queue.outdatedBy(ofRef("main", "new"))).extracting(Entry::id).containsExactly("b");
        assertThat(queue.outdatedBy(ofRef("", "new"))).isEmpty();
    }

    @Test
    void joinsOnceHoweverOftenItIsAsked() {
        Queue queue = queue(entry("a"), entry("b"));

        assertThat(queue.joined(entry("a"))).isEqualTo(queue);
    }

    @Test
    void expectsEachToTakeAsLongAsTheMedianOfThoseBefore() {
        Queue queue = queue(entry("a"), entry("b"), Made.notBefore(NOON.plusSeconds(500), "c"), entry("d"))
                .taken("a", NOON)
                .orElseThrow();
        List<Duration> durations = List.of(Duration.ofSeconds(1), Duration.ofSeconds(100), Duration.ofSeconds(900));

        assertThat(Forecast.of(queue, durations, NOON.plusSeconds(30)))
                .containsEntry("b", NOON.plusSeconds(100))
                .containsEntry("c", NOON.plusSeconds(500))
                .containsEntry("d", NOON.plusSeconds(600));
        assertThat(Forecast.of(queue, durations, NOON.plusSeconds(300))).containsEntry("b", NOON.plusSeconds(300));
        assertThat(Forecast.of(queue, List.of(), NOON)).isEmpty();
    }

    private static Queue queue(Entry... entries) {
        return new Queue(LANE, Optional.empty(), List.of(entries));
    }
}
