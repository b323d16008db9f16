package io.jenkins.plugins.gateddeploy.gate;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.gate;
import static io.jenkins.plugins.gateddeploy.gate.Made.lettingAuthors;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of a gate, one after the other. */
class GateTest {
    private static final Instant LATER = NOON.plusSeconds(60);

    /**
     * Clauses are {@code required:approver+approver}, several with {@code &}; people are {@code id/group}, in the order
     * in which they approve.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // clauses            | authors   | extra | who approves          | standing
                "1:alice              | -         | 0     | alice                 | APPROVED",
                "2:alice              | -         | 0     | alice                 | OPEN",
                "2:alice+bob          | -         | 0     | alice bob             | APPROVED",
                "1:@qa                | -         | 0     | alice/qa              | APPROVED",
                "2:@qa+bob            | -         | 0     | alice/qa bob          | APPROVED",
                "1:                   | -         | 0     | anybody               | APPROVED",
                "2:                   | -         | 0     | anybody               | OPEN",
                "1:@qa & 1:@ops       | -         | 0     | alice/qa              | OPEN",
                "1:@qa & 1:@ops       | -         | 0     | alice/qa bob/ops      | APPROVED",
                "1:@qa & 1:@ops       | -         | 0     | alice/qa+ops          | APPROVED",
                "1:@qa & 2:           | -         | 0     | alice/qa              | OPEN",
                "1:@qa & 2:           | -         | 0     | alice/qa bob          | APPROVED",
                "1:@qa & 2:           | -         | 0     | carol bob             | OPEN",
                "1:@qa                | alice     | 0     | bob/qa                | APPROVED",
                "1:@qa & a1:alice     | alice     | 0     | alice/qa              | OPEN",
                "a1:@qa               | alice     | 0     | alice/qa              | APPROVED",
                "1:@qa                | -         | 1     | bob/qa                | OPEN",
                "1:@qa                | -         | 1     | bob/qa carol/qa       | APPROVED",
                "a1:@qa               | -         | 1     | bob/qa                | APPROVED",
                "1:@qa & 1:@ops       | -         | 1     | a/qa+ops b/qa         | OPEN",
                "1:@qa & 1:@ops       | -         | 1     | a/qa+ops b/qa c/ops   | APPROVED",
            })
    void opensWhenEveryClauseIsMet(String clauses, String authors, int extra, String people, Standing expected)
            throws Exception {
        Gate gate = gate(new Rules(
                Arrays.stream(clauses.split("&")).map(c -> parsed(c.strip())).toList(),
                authors == null ? Set.of() : Set.of(authors.split(" ")),
                extra));
        for (String who : people.split(" ")) {
            gate = gate.decided(actor(who), Verdict.APPROVE, "", LATER);
        }

        assertThat(gate.standing(LATER)).isEqualTo(expected);
        assertThat(gate.needed().isEmpty()).isEqualTo(expected == Standing.APPROVED);
    }

    private static Clause parsed(String text) {
        boolean authors = text.startsWith("a");
        String[] parts = (authors ? text.substring(1) : text).split(":", -1);
        String[] approvers = parts[1].isBlank() ? new String[0] : parts[1].split("\\+");
        Clause clause = clause(Integer.parseInt(parts[0]), approvers);
        return authors ? lettingAuthors(clause) : clause;
    }

    private static Actor actor(String text) {
        String[] parts = text.split("/");
        return person(parts[0], parts.length > 1 ? parts[1].split("\\+") : new String[0]);
    }

    @Test
    void takesAUserForNoGroupAndAGroupForNoUser() {
        Gate gate = gate(clause(1, "alice", "@qa"));

        assertThat(gate.mayDecide(person("alice"))).isTrue();
        assertThat(gate.mayDecide(person("bob", "qa"))).isTrue();
        assertThat(gate.mayDecide(person("bob", "alice"))).isFalse();
        assertThat(gate.mayDecide(person("qa"))).isFalse();
        assertThat(gate.mayDecide(person("@qa"))).isFalse();
        assertThat(gate.mayDecide(person("bob", "@qa"))).isFalse();
        assertThat(gate.mayDecide(person("Alice"))).isFalse();
    }

    @Test
    void saysWhoMayDecideToSomebodyWhoMayNot() {
        Gate gate = gate(clause(1, "alice", "@qa"));

        assertThatThrownBy(() -> gate.decided(person("mallory"), Verdict.APPROVE, "", LATER))
                .isInstanceOf(GateException.class)
                .hasMessage("Mallory (mallory) may not decide on the deployment of shop to production."
                        + " These people may: one of @qa, alice. [gate.not-an-approver]");
        assertThatThrownBy(() -> gate.decided(person("mallory"), Verdict.REJECT, "", LATER))
                .hasMessageContaining("[gate.not-an-approver]");
    }

    @Test
    void letsNoAuthorDecideUnlessAClauseSaysSo() {
        Rules rules = new Rules(List.of(clause(1, "@qa")), Set.of("alice"), 0);

        assertThatThrownBy(() -> gate(rules).decided(person("alice", "qa"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("Alice (alice) wrote a part of this change")
                .hasMessageContaining("[gate.author]");
        assertThatThrownBy(() -> gate(rules).decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("[gate.not-an-approver]");
    }

    @Test
    void countsEachPersonOnce() throws Exception {
        Gate gate = gate(clause(2, "alice", "bob")).decided(person("alice"), Verdict.APPROVE, "", LATER);

        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("Alice has decided already: approved at 2026-03-29T12:01:00Z.")
                .hasMessageContaining("[gate.decided-already]");
        assertThat(gate.needed()).extracting(Gate.Need::missing).containsExactly(1);
        assertThat(gate.needed().get(0).words())
                .isEqualTo("1 approval more by one of alice, bob (deploy.toml of the new commit)");
    }

    @Test
    void saysOnceWhatSeveralRulesNeed() {
        Clause step = clause(Clause.Source.STEP, 1, "alice");

        assertThat(gate(clause(1, "alice"), clause(2, "bob"), step).needed())
                .extracting(Gate.Need::words)
                .containsExactly(
                        "1 approval more by alice (deploy.toml of the new commit, the step)",
                        "2 approvals more by bob (deploy.toml of the new commit)");
    }

    @Test
    void closesAtOneRejection() throws Exception {
        Gate gate = gate(clause(2, "alice", "bob"))
                .decided(person("alice"), Verdict.APPROVE, "", LATER)
                .decided(person("bob"), Verdict.REJECT, "Not on Friday", LATER);

        assertThat(gate.standing(LATER)).isEqualTo(Standing.REJECTED);
        assertThat(gate.closed().orElseThrow().why()).isEqualTo("Rejected by Bob: Not on Friday");
        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("This gate is closed: Rejected by Bob: Not on Friday")
                .hasMessageContaining("[gate.closed]");
    }

    @Test
    void takesTheShortestTimeOfAllClausesAndNothingAfterIt() {
        Clause hour = new Clause(List.of("alice"), 1, false, Duration.ofHours(1), Clause.Source.STEP);
        Gate gate = gate(clause(1, "alice"), hour);
        Instant end = NOON.plus(Duration.ofHours(1));

        assertThat(gate.deadline()).isEqualTo(end);
        assertThat(gate.standing(end.minusNanos(1))).isEqualTo(Standing.OPEN);
        assertThat(gate.standing(end)).isEqualTo(Standing.TIMED_OUT);
        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", end))
                .hasMessageContaining("its time was over at 2026-03-29T13:00:00Z.");
        assertThat(gate.expired(end.minusNanos(1))).isSameAs(gate);
        assertThat(gate.expired(end).closed().orElseThrow().why()).contains("still needed: 1 approval more by alice");
    }

    @Test
    void staysApprovedAfterItsDeadline() throws Exception {
        Gate gate = gate(clause(1, "alice")).decided(person("alice"), Verdict.APPROVE, "", LATER);
        Instant muchLater = NOON.plus(Duration.ofDays(9));

        assertThat(gate.standing(muchLater)).isEqualTo(Standing.APPROVED);
        assertThat(gate.expired(muchLater)).isSameAs(gate);
        assertThat(gate.cancelled("aborted", muchLater)).isSameAs(gate);
        assertThat(gate.approvers()).isEqualTo("Alice");
    }

    @Test
    void isTakenBackByWhoeverOpenedIt() {
        Gate gate = gate(clause(1, "alice")).cancelled("The build was aborted.", LATER);

        assertThat(gate.standing(LATER)).isEqualTo(Standing.CANCELLED);
        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("The build was aborted. (CANCELLED at 2026-03-29T12:01:00Z)");
    }

    @Test
    void speaksOfWhatIsDecidedOnAlsoWhenThatIsNoDeployment() {
        Subject build = new Subject("nightly", "", "", "nightly #7 (FULL=true)", "", "", "nightly", 0);
        Gate gate = Gate.opening("gate-1", build, new Rules(List.of(clause(1, "alice")), Set.of(), 0), NOON);

        assertThat(gate.refusal(person("bob"), LATER).orElseThrow().message())
                .isEqualTo("Bob (bob) may not decide on nightly #7 (FULL=true).");
        assertThat(gate(clause(1, "alice"))
                        .refusal(person("bob"), LATER)
                        .orElseThrow()
                        .message())
                .isEqualTo("Bob (bob) may not decide on the deployment of shop to production.");
    }

    @Test
    void refusesRulesThatWouldBeOpenAtOnce() {
        assertThatThrownBy(() -> new Rules(List.of(), Set.of(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clause(0, "alice")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rules(List.of(clause(1)), Set.of(), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
