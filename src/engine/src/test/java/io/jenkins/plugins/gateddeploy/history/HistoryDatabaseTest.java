package io.jenkins.plugins.gateddeploy.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.gateddeploy.fixture.Draft;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryDatabaseTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");
    private static final Owner US = new Owner("host-a", 100, 7);
    private static final Owner THEM = new Owner("host-b", 200, 0);

    @TempDir
    Path home;

    private HistoryDatabase history;

    @BeforeEach
    void open() {
        history = new HistoryDatabase(home.resolve("history"), HistoryDatabase.Settings.exclusive("test"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void beginsQueuedWithNumbersOfTheirOwnInEachEnvironment() {
        DeploymentRecord first = begin("shop", "production", NOON);
        DeploymentRecord second = begin("shop", "production", NOON.plusSeconds(1));
        DeploymentRecord staging = begin("shop", "staging", NOON);
        DeploymentRecord other = begin("blog", "production", NOON);

        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(staging.number()).isEqualTo(1);
        assertThat(other.number()).isEqualTo(1);
        assertThat(first.state()).isEqualTo(State.QUEUED);
        assertThat(first.started()).isEqualTo(NOON);
        assertThat(first.owner()).isEqualTo(US);
        assertThat(first.ended()).isEmpty();
        assertThat(history.find("shop", "production", 1)).contains(first);
        assertThat(history.find(second.id())).contains(second);
        assertThat(history.find("shop", "production", 3)).isEmpty();
        assertThat(history.events(first.id())).containsExactly(new Event(first.id(), NOON, State.QUEUED, ""));
    }

    @Test
    void givesEachNumberOnceWhenManyBeginAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> begun = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                begun.add(pool.submit(() -> begin("shop", "production", NOON).number()));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<Integer> one : begun) {
                numbers.add(one.get());
            }
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 40).boxed().toList());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void raisesANumberButNeverLowersIt() {
        DeploymentRecord first = begin("shop", "production", NOON);
        DeploymentRecord second = begin("shop", "production", NOON);

        assertThat(history.renumber(second.id(), 10)).isEqualTo(10);
        assertThat(history.renumber(second.id(), 4)).isEqualTo(10);
        assertThat(history.renumber(first.id(), 10)).isEqualTo(11);
        assertThat(begin("shop", "production", NOON).number()).isEqualTo(12);
    }

    @Test
    void keepsEveryEventInTheOrderOfWritingAndMovesTheState() {
        DeploymentRecord record = begin("shop", "production", NOON);

        history.event(new Event(record.id(), NOON.plusSeconds(9), State.CHECKING, ""));
        history.event(new Event(record.id(), NOON.plusSeconds(2), State.DEPLOYING, "the clock went back"));

        assertThat(history.events(record.id()))
                .extracting(Event::state)
                .containsExactly(State.QUEUED, State.CHECKING, State.DEPLOYING);
        assertThat(history.find(record.id()).orElseThrow().state()).isEqualTo(State.DEPLOYING);
    }

    @Test
    void findsWhatWasNotedOfTheDeploymentsOfAnEnvironmentByItsBeginning() {
        DeploymentRecord first = begin("shop", "production", NOON);
        DeploymentRecord second = begin("shop", "production", NOON);
        history.event(new Event(second.id(), NOON, State.DEPLOYING, "10%_of it"));
        history.event(new Event(first.id(), NOON, State.DEPLOYING, "10%_of all"));
        history.event(new Event(first.id(), NOON, State.DEPLOYING, "10 of all"));
        history.event(new Event(begin("shop", "staging", NOON).id(), NOON, State.DEPLOYING, "10%_of it"));

        assertThat(history.events("shop", "production", "10%_"))
                .extracting(Event::deployment, Event::message)
                .containsExactly(tuple(second.id(), "10%_of it"), tuple(first.id(), "10%_of all"));
    }

    @Test
    void aFinalEventEndsTheDeploymentAndALateOneDoesNotReviveIt() {
        DeploymentRecord record = begin("shop", "production", NOON);

        history.event(new Event(record.id(), NOON.plusSeconds(60), State.INTERRUPTED, "the host died"));
        history.event(new Event(record.id(), NOON.plusSeconds(61), State.DEPLOYING, "not dead yet"));

        DeploymentRecord ended = history.find(record.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(State.INTERRUPTED);
        assertThat(ended.duration()).contains(Duration.ofSeconds(60));
        assertThat(ended.message()).isEqualTo("the host died");
        assertThat(history.events(record.id())).hasSize(3);
    }

    @Test
    void keepsTheReasonWhateverIsSaidLater() {
        Asked asked = new Asked("shop", "production", Kind.DEPLOY, "main", "alice", Origin.none(), "Größe, #311");

        DeploymentRecord record = history.begin(asked, US, NOON);
        history.update(record.id(), r -> ended(r, State.SUCCEEDED));

        assertThat(record.reason()).isEqualTo("Größe, #311");
        assertThat(history.find(record.id())).map(DeploymentRecord::reason).contains("Größe, #311");
        assertThat(history.list(Filter.of("shop", "production", 1)))
                .extracting(DeploymentRecord::reason)
                .containsExactly("Größe, #311");
    }

    @Test
    void keepsEverythingThatAnUpdateSays() {
        DeploymentRecord record = begin("shop", "production", NOON);
        List<TargetOutcome> targets =
                List.of(new TargetOutcome("web-2", "r2", "switched"), new TargetOutcome("web-1", "", "cannot connect"));
        List<Problem> problems = List.of(
                Problem.error("toml.mismatch", "client_id differs", "Mend it.", new Location("shopify.app.toml", 3, 7)),
                Problem.warning("disk.low", "90% used", ""));
        DeploymentRecord wanted = Draft.like(record)
                .release("20260329T120000Z-abc1234")
                .commit("abc1234", "v1.2", "Größe 日本 😀", "Zoë <z@example.org>")
                .ended(NOON.plusSeconds(5))
                .state(State.FAILED, "web-1 could not be reached")
                .targets(targets)
                .judgement(new Judgement(
                        problems, new Forced(List.of("schema.data-loss", "target.disk"), "The table is empty")))
                .log(home.resolve("logs/1.log"))
                .passed(new Passed("gate-1", "Alice, Zoë"))
                .made(THEM);

        DeploymentRecord returned = history.update(record.id(), r -> wanted);

        assertThat(returned).isEqualTo(wanted);
        assertThat(history.find(record.id())).contains(wanted);
        assertThat(history.events(record.id()))
                .last()
                .isEqualTo(new Event(record.id(), NOON.plusSeconds(5), State.FAILED, "web-1 could not be reached"));
    }

    @Test
    void refusesAnUpdateOfWhatMustStayAndChangesNothing() {
        DeploymentRecord record = begin("shop", "production", NOON);

        assertThatThrownBy(() -> history.update(record.id(), r -> ended(r, State.DEPLOYING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by an event");
        assertThatThrownBy(() -> history.update("no-such-id", UnaryOperator.identity()))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("no-such-id");
        assertThatThrownBy(() -> history.event(new Event("no-such-id", NOON, State.CHECKING, "")))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("no-such-id");
        assertThat(history.find(record.id())).contains(record);
    }

    @Test
    void addsProblemsToThoseThatAreThere() {
        DeploymentRecord record = begin("shop", "production", NOON);
        Problem one = Problem.warning("a", "first", "");
        Problem two = Problem.error("b", "second", "Mend it.");

        history.problems(record.id(), List.of(one));
        history.problems(record.id(), List.of());
        history.problems(record.id(), List.of(two));

        assertThat(history.find(record.id()).orElseThrow().problems()).containsExactly(one, two);
    }

    @Test
    void onlyOneProcessTakesOverAndOnlyWhatHasNotEnded() {
        DeploymentRecord record = begin("shop", "production", NOON);

        assertThat(history.takeOver(record.id(), US, THEM)).isTrue();
        assertThat(history.takeOver(record.id(), US, new Owner("host-c", 300, 1)))
                .isFalse();
        assertThat(history.find(record.id()).orElseThrow().owner()).isEqualTo(THEM);

        history.event(new Event(record.id(), NOON, State.FAILED, ""));
        assertThat(history.takeOver(record.id(), THEM, US)).isFalse();
    }

    @Test
    void listsUnfinishedOldestFirst() {
        DeploymentRecord done = begin("shop", "production", NOON);
        DeploymentRecord first = begin("shop", "production", NOON);
        DeploymentRecord second = begin("shop", "production", NOON);
        begin("shop", "staging", NOON);
        for (State state : List.of(State.CHECKING, State.SUCCEEDED)) {
            history.event(new Event(done.id(), NOON, state, ""));
        }

        assertThat(history.unfinished("shop", "production"))
                .extracting(DeploymentRecord::number)
                .containsExactly(first.number(), second.number());
    }

    @Test
    void listsNewestFirstUpToTheLimit() {
        for (int i = 0; i < 5; i++) {
            begin("shop", "production", NOON.minusSeconds(i));
        }
        assertThat(history.list(Filter.of("shop", "production", 3)))
                .extracting(DeploymentRecord::number)
                .containsExactly(5, 4, 3);
        assertThatThrownBy(() -> history.list(Filter.of("shop", "production", 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filtersByEachPartAndAllTogether() {
        DeploymentRecord a = begin("shop", "production", NOON);
        DeploymentRecord b = history.begin("shop", "staging", Kind.ROLLBACK, "v2", "bob", US, NOON.plusSeconds(10));
        history.update(b.id(), r -> ended(r, State.SUCCEEDED));
        DeploymentRecord c = begin("blog", "production", NOON.plusSeconds(20));

        assertThat(numbersOf(filter("shop", null, null, null, null, null))).containsExactly(b.id(), a.id());
        assertThat(numbersOf(filter(null, "production", null, null, null, null)))
                .containsExactly(c.id(), a.id());
        assertThat(numbersOf(filter(null, null, State.SUCCEEDED, null, null, null)))
                .containsExactly(b.id());
        assertThat(numbersOf(filter(null, null, null, "bob", null, null))).containsExactly(b.id());
        assertThat(numbersOf(filter(null, null, null, null, NOON.plusSeconds(10), null)))
                .containsExactly(c.id(), b.id());
        assertThat(numbersOf(filter(null, null, null, null, null, NOON.plusSeconds(10))))
                .containsExactly(a.id());
        assertThat(numbersOf(filter("shop", "staging", State.SUCCEEDED, "bob", NOON, NOON.plusSeconds(11))))
                .containsExactly(b.id());
        assertThat(numbersOf(filter("sho_", null, null, null, null, null))).isEmpty();
    }

    @Test
    void findsWhatHasANumberInWhicheverPlace() {
        begin("shop", "production", NOON);
        DeploymentRecord second = begin("shop", "production", NOON);
        begin("shop", "staging", NOON);
        DeploymentRecord other = begin("shop", "staging", NOON);
        DeploymentRecord foreign = begin("blog", "production", NOON);

        assertThat(numbersOf(Filter.of(Optional.empty(), Optional.empty(), 2, 10)))
                .containsExactly(other.id(), second.id());
        assertThat(numbersOf(Filter.of(Optional.of("shop"), Optional.of("staging"), 2, 10)))
                .containsExactly(other.id());
        assertThat(numbersOf(Filter.of(Optional.of("blog"), Optional.empty(), 1, 10)))
                .containsExactly(foreign.id());
        assertThat(numbersOf(Filter.of(Optional.empty(), Optional.empty(), 3, 10)))
                .isEmpty();
    }

    @Test
    void searchesTextsAnywhereAndIdsAtTheirBeginning() {
        DeploymentRecord record = begin("shop", "production", NOON);
        history.update(record.id(), r -> described(r, "cafe12", "100% Übung_1! Done", "Ann O'Neil", "v1.0"));

        for (String hit : List.of("100%", "übung_1", "done", "o'neil", "V1.", "CAFE", "20260101", "_1!")) {
            assertThat(search(hit)).as(hit).hasSize(1);
        }
        for (String miss : List.of("fe12", "100_", "%Done", "Übung-1", "xyz", "\\", "' or '1'='1")) {
            assertThat(search(miss)).as(miss).isEmpty();
        }
    }

    @Test
    void cutsATextThatNoPersonWouldWrite() {
        DeploymentRecord record = begin("shop", "production", NOON);

        history.event(new Event(record.id(), NOON, State.FAILED, "x".repeat(2_000_000)));

        assertThat(history.find(record.id()).orElseThrow().message())
                .hasSize(60_000)
                .endsWith("x…");
    }

    @Test
    void isThereAgainAfterClosing() {
        DeploymentRecord record = begin("shop", "production", NOON);
        close();

        open();

        assertThat(history.find(record.id())).contains(record);
        assertThat(begin("shop", "production", NOON).number()).isEqualTo(2);
    }

    @Test
    void saysThatItWasClosed() {
        close();
        assertThatThrownBy(() -> begin("shop", "production", NOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private DeploymentRecord begin(String app, String environment, Instant started) {
        return history.begin(app, environment, Kind.DEPLOY, "main", "alice", US, started);
    }

    private List<String> numbersOf(Filter filter) {
        return history.list(filter).stream().map(DeploymentRecord::id).toList();
    }

    private List<DeploymentRecord> search(String text) {
        return history.list(new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                10));
    }

    private static Filter filter(
            String app, String environment, State state, String user, Instant since, Instant until) {
        return new Filter(
                Optional.ofNullable(app),
                Optional.ofNullable(environment),
                Optional.ofNullable(state),
                Optional.ofNullable(user),
                Optional.ofNullable(since),
                Optional.ofNullable(until),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10);
    }

    private static DeploymentRecord ended(DeploymentRecord r, State state) {
        return Draft.like(r).ended(r.started().plusSeconds(1)).state(state).made();
    }

    private static DeploymentRecord described(
            DeploymentRecord r, String commit, String subject, String author, String tag) {
        return Draft.like(r)
                .release("20260101T000000Z-cafe123")
                .commit(commit, tag, subject, author)
                .made();
    }
}
