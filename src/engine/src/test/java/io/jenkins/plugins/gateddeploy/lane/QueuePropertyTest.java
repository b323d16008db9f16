package io.jenkins.plugins.gateddeploy.lane;

import static io.jenkins.plugins.gateddeploy.lane.Made.LANE;
import static io.jenkins.plugins.gateddeploy.lane.Made.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds in every lane, whatever happens in whatever order. */
class QueuePropertyTest {
    enum Kind {
        JOIN,
        TAKE,
        FINISH,
        CANCEL,
        MOVE,
        PAUSE,
        RESUME
    }

    /** Something that happens to one of a few entries. */
    record Step(Kind kind, int entry, int place) {}

    @Property
    void neverTwoAtATimeNeverOneLostAndInOrder(@ForAll("steps") List<Step> steps) throws LaneException {
        Queue queue = Queue.empty(LANE);
        List<String> expected = new ArrayList<>();
        Optional<String> holder = Optional.empty();
        for (Step step : steps) {
            String id = "e" + step.entry();
            boolean waits = expected.contains(id);
            boolean holds = holder.filter(id::equals).isPresent();
            switch (step.kind()) {
                case JOIN -> {
                    queue = queue.joined(Made.entry(id));
                    if (!waits && !holds) {
                        expected.add(id);
                    }
                }
                case TAKE -> {
                    Optional<Queue> taken = queue.taken(id, NOON);
                    boolean itsTurn = holder.isEmpty()
                            && waits
                            && expected.indexOf(id) == 0
                            && queue.pause().isEmpty();
                    assertThat(taken.isPresent()).isEqualTo(itsTurn || holds);
                    if (itsTurn) {
                        expected.remove(0);
                        holder = Optional.of(id);
                    }
                    queue = taken.orElse(queue);
                }
                case FINISH -> {
                    if (holds) {
                        queue = queue.without(id);
                        holder = Optional.empty();
                    }
                }
                case CANCEL -> {
                    if (waits) {
                        queue = queue.without(id);
                        expected.remove(id);
                    }
                }
                case MOVE -> {
                    if (waits) {
                        queue = queue.moved(id, step.place());
                        expected.remove(id);
                        expected.add(Math.min(step.place() - 1, expected.size()), id);
                    }
                }
                case PAUSE -> queue = new Queue(LANE, Optional.of(new Pause("x", "meg", NOON)), queue.entries());
                case RESUME -> queue = new Queue(LANE, Optional.empty(), queue.entries());
            }
            assertThat(queue.entries().stream().filter(Entry::hasTurn).count()).isLessThanOrEqualTo(1);
            assertThat(queue.waiting()).extracting(Entry::id).isEqualTo(expected);
            assertThat(queue.holder().map(Entry::id)).isEqualTo(holder);
        }
        assertEachGetsItsTurnInTheEnd(new Queue(LANE, Optional.empty(), queue.entries()), expected);
    }

    private static void assertEachGetsItsTurnInTheEnd(Queue begun, List<String> expected) {
        List<String> order = new ArrayList<>();
        Queue queue = begun.holder().map(e -> begun.without(e.id())).orElse(begun);
        while (queue.next(NOON).isPresent()) {
            String id = queue.next(NOON).get().id();
            order.add(id);
            queue = queue.taken(id, NOON).orElseThrow().without(id);
        }
        assertThat(order).isEqualTo(expected);
        assertThat(queue.entries()).isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 7))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}
