package io.jenkins.plugins.gateddeploy.history;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Former;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Gates;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.gate.Vote;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.Note;
import io.jenkins.plugins.gateddeploy.history.AuditEntry.What;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trail of what happened at gates, and what becomes of one that somebody changes. */
class AuditTest {
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Rules RULES = new Rules(List.of(clause(2, "alice", "bob")), Set.of(), 0).requestedBy("carol");
    private static final Subject OTHER =
            new Subject("shop", "production", "1".repeat(64), "v3 (def5678)", "Ship it?", "", "", 0);

    @TempDir
    private Path directory;

    private HistoryDatabase open() {
        return new HistoryDatabase(
                directory, new HistoryDatabase.Settings(Optional.empty(), Duration.ofSeconds(10), "test"));
    }

    /** Everything that can happen at a gate. */
    private void live(History history) throws Exception {
        Gates gates = history.gates();
        gates.open(Gate.opening("gate-1", subject("", 0), RULES, NOON));
        gates.decide("gate-1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, "Fine"), LATER);
        gates.withdraw("gate-1", person("alice"), LATER);
        gates.decide("gate-1", Vote.onTheNewest(person("bob"), Verdict.APPROVE, ""), LATER);
        gates.revise("gate-1", OTHER, RULES, LATER);
        gates.decide("gate-1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, ""), LATER);
        gates.decide("gate-1", Vote.onTheNewest(person("bob"), Verdict.APPROVE, ""), LATER);
        history.audit().add(new Note(LATER, "dora", What.EMERGENCY, "", "d-1", Map.of("reason", "fire")));
    }

    @Test
    void tellsEverythingThatHappensAtAGate() throws Exception {
        try (HistoryDatabase history = open()) {
            live(history);

            assertThat(history.audit().entries())
                    .extracting(e -> e.number() + " " + e.what() + " " + e.who())
                    .containsExactly(
                            "1 OPENED carol",
                            "2 APPROVED alice",
                            "3 WITHDRAWN alice",
                            "4 APPROVED bob",
                            "5 VOIDED ",
                            "6 REVISED ",
                            "7 APPROVED alice",
                            "8 APPROVED bob",
                            "9 CLOSED bob",
                            "10 EMERGENCY dora");
            assertThat(history.audit().faults()).isEmpty();
            assertThat(history.audit().head().number()).isEqualTo(10);
            Gate gate = history.gates().find("gate-1").orElseThrow();
            assertThat(gate.standing(LATER)).isEqualTo(Standing.APPROVED);
            assertThat(gate.subject()).isEqualTo(OTHER);
            assertThat(gate.former())
                    .extracting(f -> f.decision().person() + " " + f.end())
                    .containsExactly("alice " + Former.End.WITHDRAWN, "bob " + Former.End.VOIDED);
            assertThat(gate.decisions()).extracting(d -> d.person()).containsExactly("alice", "bob");
        }
    }

    /** Deadlines are kept to the microsecond; texts from outside can be of any length. */
    @Test
    void findsNothingWrongWithLongTextsAndFineTimes() throws Exception {
        String endless = "x\"y".repeat(Columns.LONGEST_TEXT);
        Instant fine = NOON.plusNanos(123_456_789);
        Subject subject = new Subject("shop", "production", "0".repeat(64), endless, endless, "", "", 0);
        Subject other = new Subject("shop", "production", "1".repeat(64), endless, endless, "", "", 0);
        try (HistoryDatabase history = open()) {
            Gates gates = history.gates();
            gates.open(Gate.opening("gate-1", subject, RULES, fine));
            gates.decide("gate-1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, endless), fine.plusNanos(1));
            gates.revise("gate-1", other, RULES, fine.plusNanos(2));
            gates.decide("gate-1", Vote.onTheNewest(person("bob"), Verdict.REJECT, endless), fine.plusNanos(3));

            assertThat(history.audit().faults()).isEmpty();
        }
        change("update gate set plan_digest = repeat('2', 64)");

        try (HistoryDatabase history = open()) {
            assertThat(history.audit().faults())
                    .singleElement()
                    .asString()
                    .contains("is not as the trail says: its plan changed; it stands REJECTED");
        }
    }

    @Test
    void isTheSameWhenTheFileIsOpenedAgain() throws Exception {
        List<AuditEntry> before;
        try (HistoryDatabase history = open()) {
            live(history);
            before = history.audit().entries();
        }
        try (HistoryDatabase history = open()) {
            assertThat(history.audit().entries()).isEqualTo(before);
            assertThat(history.audit().faults()).isEmpty();
        }
    }

    /** Whoever can write the file can change each of these; the last one has to be told by what is on targets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update audit set who = 'mallory' where entry = 2|Entry 2 (APPROVED by mallory",
                "update audit set details = replace(details, 'Fine', 'Good') where entry = 2|Entry 2 (APPROVED by alice",
                "update audit set happened = happened + interval '1' second where entry = 2|was changed after it was",
                "update audit set hash = repeat('0', 64) where entry = 9|Entry 9 (CLOSED by bob",
                "update audit set hash = repeat('0', 64) where entry = 9|Entry 10 does not follow",
                "delete from audit where entry = 3|Entry 3 is missing.",
                "delete from audit where entry in (3, 4)|Entries 3 to 4 are missing.",
                "delete from audit where entry = 1|Entry 1 is missing.",
                "delete from audit where entry > 8|Entries 9 to 10 are missing.",
                "delete from audit|Entries 1 to 10 are missing.",
                "update audit_head set entry = 9|was noted as the newest",
                "update gate set standing = 'REJECTED'|The gate gate-1 (v3 (def5678)) is not as the trail says",
                "update gate set plan_digest = repeat('2', 64)|is not as the trail says",
                "update gate set rules = replace(rules, '\"required\":2', '\"required\":1')|its rules changed",
                "update gate set rules = replace(rules, 'carol', 'nobody')|its rules changed",
                "update gate set deadline = deadline + interval '1' hour|its deadline changed",
                "update gate_decision set person = 'carol' where person = 'bob'|is not as the trail says",
                "delete from gate_decision where person = 'bob'|is not as the trail says",
            })
    void saysWhatSomebodyHasChangedInTheFile(String sql, String fault) throws Exception {
        try (HistoryDatabase history = open()) {
            live(history);
        }
        change(sql);

        try (HistoryDatabase history = open()) {
            assertThat(history.audit().faults()).anySatisfy(f -> assertThat(f).contains(fault));
        }
    }

    @Test
    void beginsWhereAnOlderHistoryGetsItsTables() throws Exception {
        try (HistoryDatabase history = open()) {
            history.gates().open(Gate.opening("gate-1", subject("", 0), RULES, NOON));
            history.gates().decide("gate-1", Vote.onTheNewest(person("alice"), Verdict.APPROVE, "Fine"), LATER);
        }
        for (String sql : List.of(
                "drop table audit",
                "drop table audit_head",
                "alter table gate_decision drop column ended",
                "alter table gate_decision drop column ended_how",
                "alter table gate_decision drop column ended_why")) {
            execute(sql);
        }
        change("delete from \"flyway_schema_history\" where cast(\"version\" as int) >= 5");

        try (HistoryDatabase history = open()) {
            assertThat(history.audit().head()).isEqualTo(Audit.Head.NONE);
            assertThat(history.gates().find("gate-1").orElseThrow().decisions()).hasSize(1);
            history.gates().decide("gate-1", Vote.onTheNewest(person("bob"), Verdict.APPROVE, ""), LATER);

            assertThat(history.audit().entries()).extracting(AuditEntry::what).containsExactly("APPROVED", "CLOSED");
            assertThat(history.audit().faults()).isEmpty();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private Connection connection() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:async:" + directory.toAbsolutePath().resolve("history"));
        source.setUser("sa");
        source.setPassword("");
        return source.getConnection();
    }

    @Test
    void hasOneEntryAfterTheOtherWhenManyDecideAtOnce() throws Exception {
        int crowd = 50;
        Rules everybody = new Rules(List.of(clause(crowd)), Set.of(), 0);
        try (HistoryDatabase history = open()) {
            Gates gates = history.gates();
            gates.open(Gate.opening("a", subject("", 0), everybody, NOON));
            gates.open(Gate.opening("b", subject("", 0), everybody, NOON));
            ExecutorService pool = Executors.newFixedThreadPool(crowd);
            try {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < crowd; i++) {
                    String who = "person-" + i;
                    String gate = i % 2 == 0 ? "a" : "b";
                    all.add(pool.submit((Callable<Gate>) () -> {
                        start.await();
                        return gates.decide(gate, Vote.onTheNewest(person(who), Verdict.APPROVE, ""), LATER);
                    }));
                }
                start.countDown();
                for (Future<?> one : all) {
                    one.get();
                }
            } finally {
                pool.shutdownNow();
            }

            assertThat(history.audit().head().number()).isEqualTo(2 + crowd);
            assertThat(history.audit().faults()).isEmpty();
        }
    }

    @Test
    void tellsOfARefusedDecisionNothing() throws Exception {
        try (HistoryDatabase history = open()) {
            Gates gates = history.gates();
            gates.open(Gate.opening("a", subject("", 0), RULES, NOON));
            gates.open(Gate.opening("a", subject("", 0), RULES, NOON));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> gates.decide("a", Vote.onTheNewest(person("mallory"), Verdict.APPROVE, ""), LATER)))
                    .isNotNull();
            gates.revise("a", subject("", 0), RULES, LATER);

            assertThat(history.audit().entries()).extracting(AuditEntry::what).containsExactly("OPENED");
        }
    }

    @Test
    void headIsReadBackFromWhatItWroteAndFromNothingElse() {
        Audit.Head head = new Audit.Head(12, "ab".repeat(32));

        assertThat(Audit.Head.parse(head.text())).contains(head);
        assertThat(Audit.Head.parse("12")).isEmpty();
        assertThat(Audit.Head.parse("x:" + "a".repeat(64))).isEmpty();
    }
}
