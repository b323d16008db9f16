package io.jenkins.plugins.gateddeploy.notice;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.notice.Notice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DueTest {
    private static final Instant LATER = NOON.plusSeconds(60);

    @Test
    void asksPeopleWhenAGateOpens() {
        Notice notice = due(gate(clause(2, "alice", "@qa", "bob")), LATER).get(0);

        assertThat(notice.key()).hasToString("gate:g1:opened");
        assertThat(notice.kind()).isEqualTo(Kind.OPENED);
        assertThat(notice.time()).isEqualTo(NOON);
        assertThat(notice.about().people()).containsExactlyInAnyOrder("alice", "bob");
        assertThat(notice.about().link()).hasToString("Optional[https://ci.example.org/gates/g1]");
        assertThat(notice.text().title()).contains("Approval needed", "shop to production", "v2 (abc1234)");
        assertThat(String.join("\n", notice.text().lines()))
                .contains("Needed: 2 approvals more by one of @qa, alice, bob", "https://ci.example.org/gates/g1");
    }

    @Test
    void saysWhereToGoWhenThereIsNoAddress() {
        Notice notice = Due.of(gate(clause(1, "alice")), LATER, new Pages(Optional.empty()))
                .get(0);

        assertThat(notice.about().link()).isEmpty();
        assertThat(notice.text().lines()).contains("Look at the page of the build.");
    }

    @Test
    void tellsOfAnApprovalThatIsNotEnough() throws Exception {
        Gate gate = gate(clause(2, "alice", "bob")).decided(person("alice"), Verdict.APPROVE, "Fine", LATER);

        List<Notice> due = due(gate, LATER);

        assertThat(due).extracting(Notice::kind).containsExactly(Kind.OPENED, Kind.DECIDED);
        assertThat(due.get(1).text().lines()).anyMatch(line -> line.endsWith(": Fine"));
    }

    @Test
    void tellsOnlyTheEndOfAGateThatHasClosed() throws Exception {
        Gate open = gate(clause(1, "alice", "bob"));

        assertThat(due(open.decided(person("alice"), Verdict.APPROVE, "", LATER), LATER))
                .extracting(Notice::kind, n -> n.key().toString(), Notice::time)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.APPROVED, "gate:g1:closed", LATER));
        assertThat(due(open.decided(person("alice"), Verdict.REJECT, "No", LATER), LATER))
                .extracting(Notice::kind)
                .containsExactly(Kind.REJECTED);
        assertThat(due(open.cancelled("The build was aborted.", LATER), LATER))
                .extracting(Notice::kind)
                .containsExactly(Kind.CANCELLED);
    }

    @Test
    void tellsOnceThatTheTimeWasOverWhetherSomebodyHasLookedOrNot() {
        Gate gate = gate(clause(1, "alice"));
        Instant over = gate.deadline().plusSeconds(90);

        List<Notice> before = due(gate, over);
        List<Notice> after = due(gate.expired(over), over);

        assertThat(before).extracting(Notice::kind).containsExactly(Kind.TIMED_OUT);
        assertThat(after)
                .extracting(Notice::key, Notice::time)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(before.get(0).key(), gate.deadline()));
    }

    @Test
    void tellsOfAGateThatOpenedByItself() {
        Automation automation = new Automation(
                List.of(new Automation.Finding("build-success", true, "the build is successful so far")), List.of());
        Gate gate = Gate.opening(
                "g1",
                subject("", 0),
                new Rules(List.of(clause(Clause.Source.STEP, 1)), Set.of(), 0).with(automation),
                NOON);

        assertThat(due(gate, LATER)).extracting(Notice::kind).containsExactly(Kind.APPROVED);
    }

    @Test
    void remindsOfTheLastTimeOnlyWhenSeveralHavePassed() {
        Gate gate = gate(clause(1, "alice")
                .with(Terms.none().withReminders(List.of(Duration.ofHours(2), Duration.ofMinutes(30)))));

        assertThat(kinds(gate, NOON.plus(Duration.ofMinutes(119)))).containsExactly(Kind.OPENED);
        assertThat(due(gate, NOON.plus(Duration.ofHours(2))))
                .extracting(n -> n.key().toString())
                .containsExactly("gate:g1:opened", "gate:g1:reminded@2026-03-29T14:00:00Z");
        assertThat(due(gate, NOON.plus(Duration.ofMinutes(211))))
                .extracting(n -> n.key().toString())
                .containsExactly("gate:g1:opened", "gate:g1:reminded@2026-03-29T15:30:00Z");
        assertThat(Due.next(gate, NOON)).contains(NOON.plus(Duration.ofHours(2)));
        assertThat(Due.next(gate, NOON.plus(Duration.ofMinutes(211)))).contains(gate.deadline());
        assertThat(Due.next(gate, gate.deadline())).isEmpty();
    }

    @Test
    void asksFurtherPeopleWhenTheyMayApproveToo() {
        Gate gate = gate(clause(1, "alice")
                .with(Terms.none()
                        .withAllOf(List.of("dora"))
                        .withEscalation(Duration.ofHours(1), List.of("carol", "@managers"))));

        List<Notice> due = due(gate, NOON.plus(Duration.ofHours(1)));

        assertThat(due).extracting(Notice::kind).containsExactly(Kind.OPENED, Kind.ESCALATED);
        assertThat(due.get(0).about().people()).containsExactlyInAnyOrder("alice", "dora");
        assertThat(due.get(1).about().people()).containsExactlyInAnyOrder("alice", "dora", "carol");
        assertThat(due.get(1).text().lines()).contains("By now @managers, carol may approve as well.");
    }

    @Test
    void asksAnewWhenThePlanChanges() throws Exception {
        Gate open = gate(clause(2, "alice", "bob"));
        Subject other = new Subject("shop", "production", "1".repeat(64), "v3", "Ship it?", "", "", 0);

        Gate untouched = open.revised(other, open.rules(), LATER);
        Gate approved = open.decided(person("alice"), Verdict.APPROVE, "Fine", LATER)
                .revised(other, open.rules(), LATER.plusSeconds(1));

        assertThat(due(untouched, LATER))
                .extracting(Notice::kind, n -> n.key().toString(), Notice::time)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        Kind.VOIDED, "gate:g1:revised@2026-03-29T12:01:00Z", LATER));
        assertThat(due(approved, LATER.plusSeconds(1))).extracting(Notice::kind).containsExactly(Kind.VOIDED);
        assertThat(due(approved, LATER.plusSeconds(1)).get(0).text().lines())
                .anyMatch(line -> line.startsWith("No longer counts: Alice approved"))
                .anyMatch(line -> line.contains("Needed: 2 approvals more"));
    }

    @Test
    void tellsWhenSomebodyTakesADecisionBack() throws Exception {
        Gate gate = gate(clause(2, "alice", "bob"))
                .decided(person("alice"), Verdict.APPROVE, "", LATER)
                .withdrawn(person("alice"), LATER.plusSeconds(1));

        assertThat(kinds(gate, LATER.plusSeconds(1))).containsExactly(Kind.OPENED, Kind.WITHDRAWN);
    }

    private static List<Kind> kinds(Gate gate, Instant now) {
        return due(gate, now).stream().map(Notice::kind).toList();
    }

    private static List<Notice> due(Gate gate, Instant now) {
        return Due.of(gate, now, Pages.linked());
    }

    private static Gate gate(Clause... clauses) {
        return Gate.opening("g1", subject("", 0), new Rules(List.of(clauses), Set.of(), 0), NOON);
    }
}
