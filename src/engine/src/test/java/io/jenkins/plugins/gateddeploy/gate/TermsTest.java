package io.jenkins.plugins.gateddeploy.gate;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.gate;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.config.Hours;
import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clauses ask for beside a number of approvals. NOON is a Sunday, 14:00 in Berlin. */
class TermsTest {
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);

    /** People are {@code id/group+group}, in the order in which they approve; bob asked for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // required | approvers | all of        | requester may | who approves                    | standing
                "1 | ''       | '@qa @security' | false | 'alice/qa'                          | OPEN",
                "1 | ''       | '@qa @security' | false | 'alice/qa carol/qa'                 | OPEN",
                "1 | ''       | '@qa @security' | false | 'alice/qa carol/security'           | APPROVED",
                "1 | ''       | '@qa @security' | false | 'alice/qa+security'                 | APPROVED",
                "2 | ''       | '@qa @security' | false | 'alice/qa+security'                 | OPEN",
                "2 | ''       | '@qa @security' | false | 'alice/qa+security carol/qa'        | APPROVED",
                "3 | ''       | '@qa @security' | false | 'alice/qa carol/security'           | OPEN",
                "2 | 'dan'    | '@qa'           | false | 'alice/qa dan'                      | APPROVED",
                "2 | 'dan'    | '@qa'           | false | 'alice/qa carol/qa'                 | APPROVED",
                "1 | 'dan'    | '@qa'           | false | 'dan'                               | OPEN",
                "1 | ''       | 'alice'         | false | 'alice'                             | APPROVED",
                "1 | ''       | '@qa'           | false | 'alice/qa'                          | APPROVED",
                "1 | '@qa'    | ''              | true  | 'bob/qa'                            | APPROVED",
                "1 | ''       | ''              | true  | 'bob'                               | APPROVED",
                "2 | '@qa'    | ''              | false | 'alice/qa carol/qa'                 | APPROVED",
            })
    void opensWhenEveryNameHasGivenAnApproval(
            int required, String approvers, String allOf, boolean requester, String people, Standing expected)
            throws Exception {
        Clause clause = clause(required, words(approvers))
                .with(Terms.none().withAllOf(List.of(words(allOf))).withRequester(requester));
        Gate gate = gate(new Rules(List.of(clause), Set.of(), 0).requestedBy("bob"));
        for (String who : words(people)) {
            gate = gate.decided(actor(who), Verdict.APPROVE, "", LATER);
        }

        assertThat(gate.standing(LATER)).isEqualTo(expected);
        assertThat(gate.needed().isEmpty()).isEqualTo(expected == Standing.APPROVED);
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ");
    }

    private static Actor actor(String text) {
        String[] parts = text.split("/");
        return person(parts[0], parts.length > 1 ? parts[1].split("\\+") : new String[0]);
    }

    @Test
    void saysWhichNamesHaveNotSpokenAndHowManyMoreAreNeeded() throws Exception {
        Clause clause = clause(3).with(Terms.none().withAllOf(List.of("@qa", "@security")));
        Gate gate = gate(clause);

        assertThat(gate.needed())
                .extracting(n -> n.missing() + " " + n.who())
                .containsExactly("1 @qa", "1 @security", "3 one of @qa, @security");
        gate = gate.decided(person("alice", "qa"), Verdict.APPROVE, "", LATER)
                .decided(person("dan", "qa"), Verdict.APPROVE, "", LATER);

        assertThat(gate.needed()).extracting(Gate.Need::who).containsExactly("@security");
    }

    @Test
    void letsTheRequesterDecideOnlyWhereAClauseSaysSo() {
        Rules rules = new Rules(List.of(clause(1, "@qa")), Set.of(), 0).requestedBy("bob");
        Rules nobody = new Rules(List.of(clause(1, "@qa")), Set.of(), 0).requestedBy("");

        assertThatThrownBy(() -> gate(rules).decided(person("bob", "qa"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("Bob (bob) asked for this and may not decide on it.")
                .hasMessageContaining("[gate.requester]");
        assertThatThrownBy(() -> gate(rules).decided(person("bob", "qa"), Verdict.REJECT, "", LATER))
                .hasMessageContaining("[gate.requester]");
        assertThat(gate(nobody).mayDecide(person("bob", "qa"))).isTrue();
        assertThat(gate(rules).mayDecide(person("alice", "qa"))).isTrue();
    }

    @Test
    void countsARequesterWhoIsWantedByOneClauseForThatOneAlone() throws Exception {
        Clause letting = clause(Clause.Source.STEP, 1, "@qa").with(Terms.none().withRequester(true));
        Gate gate = gate(new Rules(List.of(clause(1, "@qa"), letting), Set.of(), 0).requestedBy("bob"))
                .decided(person("bob", "qa"), Verdict.APPROVE, "", LATER);

        assertThat(gate.needed()).extracting(Gate.Need::from).containsExactly(List.of(Clause.Source.COMMIT));
    }

    @Test
    void letsOthersApproveForTheClauseThatEscalatesOnly() throws Exception {
        Clause escalating = clause(1, "@qa").with(Terms.none().withEscalation(HOUR, List.of("@heads")));
        Gate gate = gate(escalating, clause(Clause.Source.REGISTRATION, 1, "@ops"));
        Actor head = person("hedy", "heads");
        Instant then = NOON.plus(HOUR);

        assertThat(gate.mayDecide(head)).isFalse();
        assertThatThrownBy(() -> gate.decided(head, Verdict.APPROVE, "", then.minusNanos(1000)))
                .hasMessageContaining("[gate.not-an-approver]");
        assertThat(gate.mayDecide(head, then)).isTrue();
        assertThat(gate.needed(then)).extracting(Gate.Need::who).containsExactly("one of @heads, @qa", "@ops");
        assertThat(gate.decided(head, Verdict.APPROVE, "", then).needed(then))
                .extracting(Gate.Need::who)
                .containsExactly("@ops");
        assertThat(gate.decided(head, Verdict.REJECT, "", then).standing(then)).isEqualTo(Standing.REJECTED);
    }

    /** Otherwise time alone would open a gate. */
    @Test
    void countsWhatWasSaidBeforeEscalationAsWhoWasAskedThen() throws Exception {
        Clause escalating = clause(1, "@qa").with(Terms.none().withEscalation(HOUR, List.of("@heads")));
        Gate gate = gate(escalating, clause(Clause.Source.REGISTRATION, 1, "@ops"));
        Actor both = person("hedy", "heads", "ops");

        Gate early = gate.decided(both, Verdict.APPROVE, "", LATER);

        assertThat(early.needed(NOON.plus(HOUR))).extracting(Gate.Need::who).containsExactly("one of @heads, @qa");
        Instant then = NOON.plus(HOUR);
        assertThat(early.withdrawn(both, then)
                        .decided(both, Verdict.APPROVE, "", then)
                        .standing(then))
                .isEqualTo(Standing.APPROVED);
    }

    @Test
    void neverAsksAnybodyLessBecauseOfAnEscalation() {
        Clause everybody = clause(1).with(Terms.none().withEscalation(HOUR, List.of("@heads")));

        assertThat(gate(everybody).mayDecide(person("alice"), NOON.plus(HOUR))).isTrue();
        assertThat(gate(everybody).escalations()).isEmpty();
    }

    @Test
    void escalationDoesNotStandInForANameThatHasToApprove() throws Exception {
        Clause clause = clause(1).with(Terms.none().withAllOf(List.of("@qa")).withEscalation(HOUR, List.of("@heads")));
        Instant then = NOON.plus(HOUR);

        Gate gate = gate(clause).decided(person("hedy", "heads"), Verdict.APPROVE, "", then);

        assertThat(gate.needed(then)).extracting(Gate.Need::who).containsExactly("@qa");
    }

    @Test
    void takesApprovalsInTheHoursOfAllClausesOnlyAndRejectionsAlways() throws Exception {
        Hours week = new Hours(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(9, 0),
                LocalTime.of(17, 0),
                ZoneId.of("Europe/Berlin"));
        Hours evening = new Hours(
                EnumSet.allOf(DayOfWeek.class), LocalTime.of(16, 0), LocalTime.of(20, 0), ZoneId.of("Europe/Berlin"));
        Clause days = lasting(Duration.ofDays(3), clause(1, "alice"))
                .with(Terms.none().withHours(week));
        Clause evenings = lasting(Duration.ofDays(3), clause(1, "alice"))
                .with(Terms.none().withHours(evening));
        Gate gate = gate(days, evenings);
        Instant monday = Instant.parse("2026-03-30T14:00:00Z");

        assertThat(gate.hours(LATER)).contains(monday);
        assertThat(gate.hours(monday)).contains(monday);
        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("Approvals are taken mon, tue, wed, thu, fri from 09:00 until 17:00")
                .hasMessageContaining("They begin again at 2026-03-30T14:00:00Z.")
                .hasMessageContaining("[gate.hours]");
        assertThat(gate.refusal(person("alice"), LATER)).isEmpty();
        assertThat(gate.decided(person("alice"), Verdict.REJECT, "", LATER).standing(LATER))
                .isEqualTo(Standing.REJECTED);
        assertThat(gate.decided(person("alice"), Verdict.APPROVE, "", monday).standing(monday))
                .isEqualTo(Standing.APPROVED);
    }

    @Test
    void letsTheTimeRunOnOutsideTheHoursAndSaysWhenTheyBeginTooLate() {
        Gate gate = gate(clause(1, "alice").with(Terms.none().withHours(hours(8, 9))));

        assertThat(gate.deadline()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("begin again at 2026-03-30T08:00:00Z, which is after this gate's time is over.");
    }

    @Test
    void saysThatHoursNeverMeet() {
        Gate gate = gate(
                clause(1, "alice").with(Terms.none().withHours(hours(8, 9))),
                clause(1, "alice").with(Terms.none().withHours(hours(13, 14))));

        assertThat(gate.hours(LATER)).isEmpty();
        assertThatThrownBy(() -> gate.decided(person("alice"), Verdict.APPROVE, "", LATER))
                .hasMessageContaining("These never meet.");
    }

    private static Hours hours(int from, int until) {
        return new Hours(
                EnumSet.allOf(DayOfWeek.class), LocalTime.of(from, 0), LocalTime.of(until, 0), ZoneId.of("UTC"));
    }

    @Test
    void opensByItselfWithinTheHoursAloneAndOnlyWhenEverySourceThatAsksAllowsIt() {
        Facts well =
                new Facts(Optional.of(new Facts.Outcome(true, "good")), Optional.empty(), List.of(), "Sort", List.of());
        Clause auto = clause(1, "alice").opening(List.of("build-success"));
        Clause strict = clause(Clause.Source.CURRENT_RELEASE, 1, "alice").opening(List.of("tests-pass"));
        Clause people = clause(Clause.Source.REGISTRATION, 1, "alice");
        Clause sleeping = auto.with(Terms.none().withHours(hours(8, 9)));

        assertThat(opened(well, auto).standing(NOON)).isEqualTo(Standing.APPROVED);
        assertThat(opened(well, auto, strict).rules().automation().reasons()).containsExactly("no tests are known of.");
        assertThat(opened(well, auto, people).rules().automation().reasons())
                .containsExactly("the environment's registration asks for approval.");
        assertThat(opened(well, sleeping).rules().automation().reasons())
                .containsExactly("it is outside the hours in which approvals are taken.");
        for (Gate gate : List.of(opened(well, auto, strict), opened(well, auto, people), opened(well, sleeping))) {
            assertThat(gate.standing(NOON)).isEqualTo(Standing.OPEN);
            assertThat(gate.rules().needNobody()).isFalse();
        }
        // Whatever whoever made the automation forgot to tell it.
        assertThat(gate(new Rules(List.of(auto, strict), Set.of(), 0)
                                .with(Automation.of(List.of("build-success"), well)))
                        .standing(NOON))
                .isEqualTo(Standing.OPEN);
    }

    private static Gate opened(Facts known, Clause... clauses) {
        Facts facts = new Facts(known.build(), known.tests(), known.problems(), known.message(), List.of(clauses));
        return gate(new Rules(List.of(clauses), Set.of(), 0).with(Automation.of(List.of(), facts)));
    }

    @Test
    void computesWhenPeopleAreRemindedAndWhenOthersMayApprove() {
        Clause reminding = clause(1, "@qa")
                .with(Terms.none()
                        .withReminders(List.of(Duration.ofMinutes(10), HOUR))
                        .withEscalation(HOUR, List.of("@heads")));
        Clause shorter = lasting(Duration.ofHours(2), clause(Clause.Source.STEP, 1, "@qa"))
                .with(Terms.none()
                        .withReminders(List.of(HOUR, Duration.ofHours(3)))
                        .withEscalation(Duration.ofHours(3), List.of("@late")));
        Gate gate = gate(reminding, shorter);

        assertThat(gate.reminders()).containsExactly(NOON.plus(HOUR), NOON.plus(Duration.ofMinutes(110)));
        assertThat(gate.escalations())
                .containsExactly(new Gate.Widening(NOON.plus(HOUR), List.of("@heads"), Clause.Source.COMMIT));
    }

    @Test
    void takesBackAnApprovalWhichStaysInTheRecordAndMayBeGivenAgain() throws Exception {
        Actor alice = person("alice");
        Gate gate = gate(clause(2, "alice", "bob")).decided(alice, Verdict.APPROVE, "Fine", LATER);

        Gate back = gate.withdrawn(alice, LATER.plusSeconds(1));

        assertThat(back.decisions()).isEmpty();
        assertThat(back.former()).hasSize(1);
        assertThat(back.former().get(0).decision().comment()).isEqualTo("Fine");
        assertThat(back.former().get(0).end()).isEqualTo(Former.End.WITHDRAWN);
        assertThat(back.decided(person("bob"), Verdict.APPROVE, "", LATER).standing(LATER))
                .isEqualTo(Standing.OPEN);
        assertThat(back.decided(alice, Verdict.APPROVE, "Yes", LATER).decisions())
                .hasSize(1);
        assertThatThrownBy(() -> back.withdrawn(alice, LATER)).hasMessageContaining("[gate.nothing-to-withdraw]");
        assertThatThrownBy(() -> gate.withdrawn(person("bob"), LATER))
                .hasMessageContaining("[gate.nothing-to-withdraw]");
        assertThatThrownBy(() -> gate.withdrawn(alice, NOON.plus(Duration.ofHours(4))))
                .hasMessageContaining("[gate.closed]");
    }

    @Test
    void waitsAnewForAnotherPlanWithoutWhatWasSaidToTheFirst() throws Exception {
        Rules rules = new Rules(List.of(clause(2, "alice", "bob")), Set.of(), 0);
        Gate gate = gate(rules).decided(person("alice"), Verdict.APPROVE, "Fine", LATER);
        Subject other = new Subject("shop", "production", "1".repeat(64), "v3", "Ship it?", "", "", 0);

        Gate revised = gate.revised(other, rules, LATER);

        assertThat(revised.subject()).isEqualTo(other);
        assertThat(revised.decisions()).isEmpty();
        assertThat(revised.opened()).isEqualTo(NOON);
        assertThat(revised.deadline()).isEqualTo(LATER.plus(Duration.ofHours(4)));
        assertThat(revised.former()).extracting(Former::end).containsExactly(Former.End.VOIDED);
        assertThat(revised.former().get(0).why()).isEqualTo("The plan changed from v2 (abc1234) \"Sort\" to v3.");
        assertThat(revised.decided(person("bob"), Verdict.APPROVE, "", LATER).standing(LATER))
                .isEqualTo(Standing.OPEN);
        assertThat(gate.revised(subject("", 0), rules, LATER)).isEqualTo(gate);
        Gate over = gate.decided(person("bob"), Verdict.REJECT, "", LATER);
        assertThat(over.revised(other, rules, LATER)).isEqualTo(over);
    }

    @Test
    void takesNoDecisionFromSomebodyWhoHasSeenAnotherPlan() throws Exception {
        Gate gate = gate(clause(1, "alice"));
        Vote stale = new Vote(person("alice"), Verdict.APPROVE, "", Optional.of("1".repeat(64)));

        assertThatThrownBy(() -> gate.decided(stale, LATER)).hasMessageContaining("[gate.plan-changed]");
        assertThat(gate.decided(
                                new Vote(
                                        person("alice"),
                                        Verdict.APPROVE,
                                        "",
                                        Optional.of(gate.subject().plan())),
                                LATER)
                        .standing(LATER))
                .isEqualTo(Standing.APPROVED);
    }

    @Test
    void areReadBackAndAreNothingInWhatWasWrittenBeforeTheyWereThere() {
        Terms terms = Terms.none()
                .withAllOf(List.of("@qa"))
                .withReminders(List.of(HOUR))
                .withEscalation(HOUR, List.of("@heads"))
                .withHours(hours(8, 9));
        Rules rules = new Rules(List.of(clause(1, "alice").with(terms).opening(List.of("no-problems"))), Set.of(), 0)
                .requestedBy("bob");
        String older = "{\"authors\":[],\"clauses\":[{\"approvers\":[\"alice\"],\"authorMayApprove\":false,"
                + "\"from\":\"COMMIT\",\"required\":1,\"timeout\":\"PT4H\"}],\"extra\":0}";

        assertThat(CanonicalJson.read(CanonicalJson.write(rules), Rules.class)).isEqualTo(rules);
        assertThat(CanonicalJson.read(older, Rules.class))
                .isEqualTo(new Rules(List.of(clause(1, "alice")), Set.of(), 0));
    }

    private static Clause lasting(Duration timeout, Clause clause) {
        return new Clause(clause.approvers(), clause.required(), false, timeout, clause.from());
    }

    /** For {@link #opensWhenEveryNameHasGivenAnApproval}: the table names its people in the order in which they come. */
    @Test
    void doesNotMindTheOrder() throws Exception {
        Clause clause = clause(2).with(Terms.none().withAllOf(List.of("@qa", "@security")));
        List<String> people = Arrays.asList("alice/qa", "carol/security");
        for (List<String> order : List.of(people, List.of(people.get(1), people.get(0)))) {
            Gate gate = gate(clause);
            for (String who : order) {
                gate = gate.decided(actor(who), Verdict.APPROVE, "", LATER);
            }
            assertThat(gate.standing(LATER)).isEqualTo(Standing.APPROVED);
        }
    }
}
