package io.jenkins.plugins.gateddeploy.history;

import static io.jenkins.plugins.gateddeploy.lane.Made.LANE;
import static io.jenkins.plugins.gateddeploy.lane.Made.NOON;
import static io.jenkins.plugins.gateddeploy.lane.Made.manager;
import static io.jenkins.plugins.gateddeploy.lane.Made.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.lane.Bounds;
import io.jenkins.plugins.gateddeploy.lane.Claim;
import io.jenkins.plugins.gateddeploy.lane.Entry;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.lane.LaneException;
import io.jenkins.plugins.gateddeploy.lane.Lanes;
import io.jenkins.plugins.gateddeploy.lane.Made;
import io.jenkins.plugins.gateddeploy.lane.Queue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lanes as they are kept. */
@Timeout(300)
class LanesInFileTest {
    private static final Owner OWNER = new Owner("host", 1, 1);

    @TempDir
    Path home;

    private HistoryDatabase history;

    @BeforeEach
    void open() {
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("a test"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void isTheSameLaneAfterARestart() throws LaneException {
        List<Entry> entries = List.of(announced("main"), announced("main"), announced("v2"));
        entries.forEach(e -> history.lanes().join(e, false));
        assertThat(history.lanes().take(entries.get(0).id(), NOON)).isTrue();
        history.lanes().move(entries.get(2).id(), 1, manager(), NOON);
        history.lanes().pause(LANE, "the database is moved", manager(), NOON);
        Queue before = history.lanes().queue(LANE);

        history.close();
        open();

        Queue after = history.lanes().queue(LANE);
        assertThat(after).isEqualTo(before);
        assertThat(after.holder()).map(Entry::id).hasValue(entries.get(0).id());
        assertThat(after.waiting())
                .extracting(Entry::id)
                .containsExactly(entries.get(2).id(), entries.get(1).id());
        assertThat(after.pause().orElseThrow().why()).isEqualTo("the database is moved");
        assertThat(history.lanes().all()).containsExactly(after);
    }

    @Test
    void isFreeOnlyWhenTheDeploymentThatHoldsItHasItsEnd() {
        Entry first = announced("main");
        Entry second = announced("main");
        history.lanes().join(first, false);
        history.lanes().join(second, false);
        history.lanes().take(first.id(), NOON);
        state(first, State.CHECKING);
        state(first, State.DEPLOYING);

        history.close();
        open();
        List<Lane> heard = new CopyOnWriteArrayList<>();
        history.onLaneChange(heard::add);

        assertThat(history.lanes().take(second.id(), NOON)).isFalse();
        heard.clear();
        state(first, State.INTERRUPTED);
        assertThat(heard).containsExactly(LANE);
        assertThat(history.lanes().find(first.id())).isEmpty();
        assertThat(history.lanes().take(second.id(), NOON)).isTrue();
    }

    @Test
    void letsTheOwnerTakeOutWhatWaitsAndSaysSoInTheTrail() throws LaneException {
        Entry mine = announced("main");
        history.lanes().join(mine, false);

        assertThatThrownBy(() -> history.lanes().cancel(mine.id(), person("eve"), "", NOON))
                .hasMessageContaining("eve (eve) may not take")
                .hasMessageContaining("[lane.permission]");
        assertThat(history.lanes().find(mine.id())).isPresent();

        history.lanes().cancel(mine.id(), person("ada"), "wrong branch", NOON);

        DeploymentRecord record = history.find(mine.claim().deployment()).orElseThrow();
        assertThat(record.state()).isEqualTo(State.CANCELLED);
        assertThat(record.message()).isEqualTo("Taken out of the lane by ada (ada): wrong branch");
        assertThat(history.lanes().queue(LANE).entries()).isEmpty();
        AuditEntry entry = history.audit().entries().get(0);
        assertThat(entry.what()).isEqualTo("LANE_CANCELLED");
        assertThat(entry.who()).isEqualTo("ada");
        assertThat(entry.deployment()).isEqualTo(record.id());
        assertThat(history.audit().faults()).isEmpty();
    }

    @Test
    void letsNobodyButAManagerReorderOrPause() throws LaneException {
        Entry mine = announced("main");
        Entry other = announced("main");
        history.lanes().join(other, false);
        history.lanes().join(mine, false);

        assertThatThrownBy(() -> history.lanes().move(mine.id(), 1, person("ada"), NOON))
                .hasMessageContaining("[lane.permission]");
        assertThatThrownBy(() -> history.lanes().pause(LANE, "because", person("ada"), NOON))
                .hasMessageContaining("[lane.permission]");
        assertThatThrownBy(() -> history.lanes().resume(LANE, person("ada"), NOON))
                .hasMessageContaining("[lane.permission]");
        assertThatThrownBy(() -> history.lanes().pause(LANE, " ", manager(), NOON))
                .hasMessageContaining("[lane.reason]");
        assertThat(history.audit().entries()).isEmpty();

        history.lanes().move(mine.id(), 1, manager(), NOON);
        history.lanes().pause(LANE, "because", manager(), NOON);
        history.lanes().resume(LANE, manager(), NOON);
        assertThat(history.audit().entries())
                .extracting(AuditEntry::what)
                .containsExactly("LANE_MOVED", "LANE_PAUSED", "LANE_RESUMED");
        assertThat(history.audit().entries().get(0).details()).contains("\"from\":2", "\"to\":1");
    }

    @Test
    void keepsOnlyTheLatestOfAReferenceWhereThatIsWanted() {
        Entry running = announced("main");
        Entry older = announced("main");
        Entry other = announced("v2");
        Entry newer = announced("main");
        history.lanes().join(running, true);
        history.lanes().take(running.id(), NOON);
        history.lanes().join(older, true);
        history.lanes().join(other, true);
        history.lanes().join(newer, true);
        history.lanes().join(newer, true);

        assertThat(history.lanes().queue(LANE).entries())
                .extracting(Entry::id)
                .containsExactly(running.id(), other.id(), newer.id());
        DeploymentRecord replaced = history.find(older.claim().deployment()).orElseThrow();
        assertThat(replaced.state()).isEqualTo(State.CANCELLED);
        assertThat(replaced.message()).isEqualTo("Replaced by a newer one of main: deployment of main #4.");
    }

    @Test
    void endsWhatHasWaitedTooLong() {
        Entry patient = announced("main");
        Entry entry = announced("main", Optional.of(NOON.plusSeconds(60)));
        history.lanes().join(patient, false);
        history.lanes().join(entry, false);

        history.lanes().expire(entry.id(), NOON.plusSeconds(59));
        assertThat(history.lanes().find(entry.id())).isPresent();
        history.lanes().expire(entry.id(), NOON.plusSeconds(60));
        history.lanes().expire(patient.id(), NOON.plusSeconds(60));

        assertThat(history.lanes().queue(LANE).entries()).extracting(Entry::id).containsExactly(patient.id());
        DeploymentRecord record = history.find(entry.claim().deployment()).orElseThrow();
        assertThat(record.state()).isEqualTo(State.CANCELLED);
        assertThat(record.message()).contains("queue_timeout");
    }

    @Test
    void measuresFromTheTurnOnHowLongDeploymentsTook() {
        for (int seconds : List.of(30, 10)) {
            Entry entry = announced("main");
            String id = entry.claim().deployment();
            history.event(new Event(id, NOON.plusSeconds(1000), State.CHECKING, ""));
            history.event(new Event(id, NOON.plusSeconds(1000 + seconds), State.SUCCEEDED, ""));
        }
        state(announced("main"), State.FAILED);

        assertThat(history.lanes().durations(LANE)).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    @Test
    void givesOneTurnAtATimeInOrderHoweverManyThreadsAsk() throws Exception {
        int count = 40;
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(announced("main"));
            history.lanes().join(entries.get(i), false);
        }
        List<String> order = new CopyOnWriteArrayList<>();
        AtomicInteger atATime = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int first = i;
                work.add(() -> {
                    Lanes lanes = history.lanes();
                    while (order.size() < count) {
                        for (int e = first; e < count; e += 4) {
                            Entry entry = entries.get(e);
                            // Two threads ask for each entry; the one that adds it to the list goes.
                            if (lanes.take(entry.id(), NOON) && claim(order, entry.id())) {
                                most.accumulateAndGet(atATime.incrementAndGet(), Math::max);
                                atATime.decrementAndGet();
                                state(entry, State.SUCCEEDED);
                            }
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(order).isEqualTo(entries.stream().map(Entry::id).toList());
        assertThat(most).hasValue(1);
        assertThat(history.lanes().queue(LANE).entries()).isEmpty();
    }

    @Test
    void goesWithAJobThatGetsAnotherName() {
        Entry entry = announced("main");
        history.lanes().join(entry, false);

        history.moved("shop", "folder/shop");

        assertThat(history.lanes()
                        .find(entry.id())
                        .orElseThrow()
                        .claim()
                        .asker()
                        .job())
                .isEqualTo("folder/shop");
    }

    private static boolean claim(List<String> order, String id) {
        synchronized (order) {
            return !order.contains(id) && order.add(id);
        }
    }

    private Entry announced(String ref) {
        return announced(ref, Optional.empty());
    }

    private Entry announced(String ref, Optional<Instant> until) {
        Asked asked =
                new Asked(LANE.app(), LANE.environment(), Kind.DEPLOY, ref, "ada", new Origin("shop", 7, "shop #7"));
        DeploymentRecord record = history.begin(asked, OWNER, NOON);
        Claim claim = new Claim(
                record.id(),
                "",
                "deployment of " + ref + " #" + record.number(),
                ref,
                Made.entry("x").claim().asker(),
                NOON);
        return Entry.waiting(UUID.randomUUID().toString(), LANE, claim, new Bounds(Optional.empty(), until));
    }

    private void state(Entry entry, State state) {
        history.event(new Event(entry.claim().deployment(), NOON, state, ""));
    }
}
