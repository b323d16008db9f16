package io.jenkins.plugins.gateddeploy.history;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.GateFilter;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates in a real file, decided by many at once. */
class GatesInFileTest {
    private static final Instant LATER = NOON.plusSeconds(60).plusNanos(1234);

    @TempDir
    Path home;

    private HistoryDatabase history;
    private Gates gates;

    @BeforeEach
    void open() {
        history = new HistoryDatabase(home, HistoryDatabase.Settings.exclusive("test"));
        gates = history.gates();
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void keepsAGateWithAllThatWasSaidAfterARestart() throws Exception {
        Gate gate = gates.open(gate(
                new Rules(List.of(clause(2, "alice", "@qa"), clause(1, "@ops")), Set.of("carol"), 1), "shop/main", 7));
        gates.decide(gate.id(), Vote.onTheNewest(person("alice", "ops"), Verdict.APPROVE, "Größe 日本 😀"), LATER);
        Gate before = gates.decide(gate.id(), Vote.onTheNewest(person("bob", "qa"), Verdict.REJECT, ""), LATER);

        close();
        open();
        Gate after = gates.find(gate.id()).orElseThrow();

        assertThat(after).isEqualTo(before);
        assertThat(after.subject()).isEqualTo(gate.subject());
        assertThat(after.rules()).isEqualTo(gate.rules());
        assertThat(after.standing(LATER)).isEqualTo(Standing.REJECTED);
        assertThat(after.decisions())
                .extracting(Decision::person, Decision::as, Decision::comment)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("alice", Set.of("alice", "@ops"), "Größe 日本 😀"),
                        org.assertj.core.groups.Tuple.tuple("bob", Set.of("@qa"), ""));
    }

    @Test
    void keepsAGateThatOpenedByItselfWithItsConditions() {
        Automation automation = new Automation(
                List.of(new Automation.Finding("build-success", true, "the build is successful so far")), List.of());
        Rules rules = new Rules(List.of(clause(Clause.Source.STEP, 1)), Set.of(), 0).with(automation);
        Gate opened = gates.open(gate(rules, "shop/main", 8));

        close();
        open();

        assertThat(gates.find(opened.id())).contains(opened);
        assertThat(opened.standing(LATER)).isEqualTo(Standing.APPROVED);
        assertThat(opened.rules().automation()).isEqualTo(automation);
        assertThat(gates.list(GateFilter.open(LATER, 10))).isEmpty();
    }

    @Test
    void opensAGateOnce() throws Exception {
        Gate gate = gates.open(gate(clause(2, "alice", "bob")));
        Gate decided = gates.decide(gate.id(), Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), LATER);

        assertThat(gates.open(gate)).isEqualTo(decided);
    }

    @Test
    void leavesTheGateAsItWasWhenADecisionIsRefused() {
        Gate gate = gates.open(gate(clause(1, "alice")));

        assertThatThrownBy(
                        () -> gates.decide(gate.id(), Vote.onTheNewest(person("mallory"), Verdict.REJECT, ""), LATER))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("[gate.not-an-approver]");
        assertThatThrownBy(() ->
                        gates.decide("no-such-gate", Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), LATER))
                .hasMessageContaining("There is no gate with the id no-such-gate.");
        assertThat(gates.find(gate.id())).contains(gate);
    }

    @Test
    void countsEachPersonOnceWhenFiftyDecideAtOnce() throws Exception {
        Gate gate = gates.open(gate(clause(50)));
        List<Callable<Boolean>> deciding = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String id = "user" + i / 2;
            deciding.add(() -> {
                try {
                    gates.decide(gate.id(), Vote.onTheNewest(person(id), Verdict.APPROVE, ""), LATER);
                    return true;
                } catch (GateException e) {
                    return false;
                }
            });
        }

        List<Boolean> taken = atOnce(deciding);

        Gate after = gates.find(gate.id()).orElseThrow();
        assertThat(taken).filteredOn(t -> t).hasSize(50);
        assertThat(after.decisions())
                .extracting(Decision::person)
                .doesNotHaveDuplicates()
                .hasSize(50);
        assertThat(after.standing(LATER)).isEqualTo(Standing.APPROVED);
    }

    @Test
    void closesOnceWhenTheDecisionTheDeadlineAndAnAbortMeet() throws Exception {
        for (int round = 0; round < 20; round++) {
            Gate gate = gates.open(gate(clause(1)));
            List<Standing> seen = atOnce(List.of(
                    () -> {
                        try {
                            return gates.decide(
                                            gate.id(), Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), LATER)
                                    .standing(LATER);
                        } catch (GateException e) {
                            return gates.find(gate.id()).orElseThrow().standing(LATER);
                        }
                    },
                    () -> gates.expire(gate.id(), gate.deadline()).standing(LATER),
                    () -> gates.cancel(gate.id(), "aborted", LATER).standing(LATER)));

            Standing end = gates.find(gate.id()).orElseThrow().standing(LATER);
            assertThat(end).isIn(Standing.APPROVED, Standing.TIMED_OUT, Standing.CANCELLED);
            assertThat(seen).containsOnly(end);
        }
    }

    @Test
    void takesNoDecisionThatComesAfterTheGateWasExpiredThoughItsClockIsBehind() throws Exception {
        Gate gate = gates.open(gate(clause(1, "alice")));

        assertThat(gates.expire(gate.id(), gate.deadline().minusMillis(1)).closed())
                .isEmpty();
        gates.expire(gate.id(), gate.deadline());

        assertThatThrownBy(() -> gates.decide(gate.id(), Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), LATER))
                .hasMessageContaining("Nobody decided in time");
    }

    @Test
    void countsEachPersonOnceWhenTwoProcessesDecide() throws Exception {
        Instant now = Instant.now();
        Rules rules = new Rules(List.of(clause(20)), Set.of(), 0);
        Gate gate = gates.open(Gate.opening(UUID.randomUUID().toString(), subject("", 0), rules, now));
        close();

        try (ChildProcess one = ChildProcess.start(GateDecider.class, home.toString(), gate.id(), "a", "10");
                ChildProcess two = ChildProcess.start(GateDecider.class, home.toString(), gate.id(), "b", "10")) {
            assertThat(one.line()).isEqualTo("10");
            assertThat(two.line()).isEqualTo("10");
        }
        open();

        Gate after = gates.find(gate.id()).orElseThrow();
        assertThat(after.decisions())
                .extracting(Decision::person)
                .doesNotHaveDuplicates()
                .hasSize(20);
        assertThat(after.standing(now)).isEqualTo(Standing.APPROVED);
    }

    @Test
    void listsWhatIsOpenAndWhatBelongsToABuild() throws Exception {
        Gate first = gates.open(gate(new Rules(List.of(clause(1)), Set.of(), 0), "shop", 1));
        Gate second = gates.open(gate(new Rules(List.of(clause(1)), Set.of(), 0), "shop", 2));
        Clause brief = new Clause(List.of(), 1, false, Duration.ofSeconds(1), Clause.Source.STEP);
        Gate over = gates.open(gate(new Rules(List.of(brief), Set.of(), 0), "shop", 2));
        Gate rejected = gates.open(gate(clause(1)));
        gates.decide(rejected.id(), Vote.onTheNewest(person("bob"), Verdict.REJECT, ""), LATER);

        assertThat(ids(GateFilter.open(LATER, 10))).containsExactly(second.id(), first.id());
        assertThat(ids(GateFilter.open(LATER, 1))).containsExactly(second.id());
        assertThat(ids(GateFilter.ofBuild("shop", 2, 10))).containsExactly(over.id(), second.id());
        assertThat(ids(GateFilter.of("shop", "production", 10)))
                .containsExactly(rejected.id(), over.id(), second.id(), first.id());
        assertThat(ids(GateFilter.of("shop", "staging", 10))).isEmpty();
        assertThat(ids(GateFilter.ofDeployment("none", 10))).isEmpty();
    }

    @Test
    void listsThoseOfJobsBelowAnotherWhenAsked() {
        Gate branch = gates.open(gate(new Rules(List.of(clause(1)), Set.of(), 0), "team_a/shop/main", 1));
        gates.open(gate(new Rules(List.of(clause(1)), Set.of(), 0), "teamXa/shop", 1));
        gates.open(gate(new Rules(List.of(clause(1)), Set.of(), 0), "team_a/shopping", 1));

        assertThat(ids(ofJob("team_a/shop", true))).containsExactly(branch.id());
        assertThat(ids(ofJob("team_a/shop", false))).isEmpty();
    }

    private static GateFilter ofJob(String job, boolean below) {
        return new GateFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(job), below, 0, Optional.empty(), 9);
    }

    @Test
    void movesWithItsJob() {
        Gate gate = gates.open(gate(new Rules(List.of(clause(1)), Set.of(), 0), "old/app/main", 2));

        history.moved("old", "new/place");

        assertThat(gates.find(gate.id()).orElseThrow().subject().job()).isEqualTo("new/place/app/main");
    }

    private List<String> ids(GateFilter filter) {
        return gates.list(filter).stream().map(Gate::id).toList();
    }

    private static Gate gate(Clause clause) {
        return gate(new Rules(List.of(clause), Set.of(), 0), "", 0);
    }

    private static Gate gate(Rules rules, String job, int build) {
        return Gate.opening(UUID.randomUUID().toString(), subject(job, build), rules, NOON);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(50, calls.size()));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
