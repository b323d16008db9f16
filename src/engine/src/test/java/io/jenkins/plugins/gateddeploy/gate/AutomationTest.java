package io.jenkins.plugins.gateddeploy.gate;

import static io.jenkins.plugins.gateddeploy.gate.Made.NOON;
import static io.jenkins.plugins.gateddeploy.gate.Made.clause;
import static io.jenkins.plugins.gateddeploy.gate.Made.person;
import static io.jenkins.plugins.gateddeploy.gate.Made.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a gate opens without people. */
class AutomationTest {
    private static final Facts WELL = facts("good", "good", "", "Sort by price", "");

    /** Outcomes are {@code good}, {@code bad} or not known; each id stands for a problem that was found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // conditions                          | build | tests | problems    | message             | asked by
                //  | not held                  | opens
                "build-success                         | good  | ''    | ''          | Sort by price       | ''           | ''                        | true",
                "build-success                         | bad   | good  | ''          | Sort by price       | ''           | build-success             | false",
                "build-success                         | ''    | good  | ''          | Sort by price       | ''           | build-success             | false",
                "tests-pass                            | bad   | good  | one         | Sort by price       | ''           | ''                        | true",
                "tests-pass                            | good  | bad   | ''          | Sort by price       | ''           | tests-pass                | false",
                "tests-pass                            | good  | ''    | ''          | Sort by price       | ''           | tests-pass                | false",
                "no-problems                           | bad   | bad   | ''          | Sort by price       | ''           | ''                        | true",
                "no-problems                           | good  | good  | one         | Sort by price       | ''           | no-problems               | false",
                "build-success tests-pass no-problems  | good  | good  | ''          | Sort by price       | ''           | ''                        | true",
                "build-success tests-pass no-problems  | bad   | bad   | one two     | Sort by price       | ''           | build-success tests-pass no-problems | false",
                "build-success full-moon               | good  | good  | ''          | Sort by price       | ''           | full-moon                 | false",
                "build-success                         | good  | good  | ''          | [HOLD] Sort         | ''           | ''                        | false",
                "build-success                         | good  | good  | ''          | ' [hold] Sort'      | ''           | ''                        | false",
                "build-success                         | good  | good  | ''          | Sort, not [HOLD]    | ''           | ''                        | true",
                "build-success                         | good  | good  | ''          | ''                  | ''           | ''                        | true",
                "build-success                         | good  | good  | ''          | Sort by price       | REGISTRATION | ''                        | false",
                "build-success                         | good  | good  | ''          | Sort by price       | COMMIT       | ''                        | false",
                "build-success                         | good  | good  | ''          | Sort by price       | CURRENT_RELEASE | ''                     | false",
                "''                                    | good  | good  | ''          | Sort by price       | ''           | ''                        | false",
            })
    void opensWhenEveryConditionHoldsAndNothingStandsAgainstIt(
            String conditions,
            String build,
            String tests,
            String problems,
            String message,
            String askedBy,
            String notHeld,
            boolean opens) {
        Automation automation = Automation.of(words(conditions), facts(build, tests, problems, message, askedBy));

        assertThat(automation.opens()).isEqualTo(opens);
        assertThat(automation.findings())
                .extracting(Automation.Finding::condition)
                .isEqualTo(words(conditions));
        assertThat(automation.findings())
                .filteredOn(f -> !f.held())
                .extracting(Automation.Finding::condition)
                .isEqualTo(words(notHeld));
        assertThat(automation.reasons().isEmpty()).isEqualTo(opens || conditions.isEmpty());
    }

    @Test
    void saysWhyPeopleHaveToDecide() {
        Automation automation = Automation.usual(facts("bad", "bad", "toml.mismatch", "[HOLD] Sort", "COMMIT"));

        assertThat(automation.reasons())
                .containsExactly(
                        "the build is bad.",
                        "the tests are bad.",
                        "toml.mismatch was found Mend it. [toml.mismatch].",
                        "the commit's message begins with [HOLD].",
                        "deploy.toml of the new commit asks for approval.");
    }

    @Test
    void looksAtTestsWhereNobodyStatedConditionsOnlyIfThereAreSome() {
        assertThat(Automation.usual(WELL).findings())
                .extracting(Automation.Finding::condition)
                .containsExactly("build-success", "tests-pass", "no-problems");
        assertThat(Automation.usual(facts("good", "", "", "", "")).findings())
                .extracting(Automation.Finding::condition)
                .containsExactly("build-success", "no-problems");
    }

    @Test
    void opensAGateAtOnceAndSaysWhichConditionsHeld() {
        Gate gate = gate(Automation.usual(WELL), step());

        assertThat(gate.standing(NOON)).isEqualTo(Standing.APPROVED);
        assertThat(gate.closed().orElseThrow().why())
                .isEqualTo("It opened by itself: build-success (the build is good), tests-pass (the tests are good),"
                        + " no-problems (none was found).");
        assertThat(gate.decisions()).isEmpty();
        assertThat(gate.refusal(person("alice"), NOON).orElseThrow().id()).isEqualTo("gate.closed");
    }

    @Test
    void leavesAGateThatCannotPassToPeopleAndKeepsWhy() {
        Gate gate = gate(Automation.usual(facts("bad", "good", "", "", "")), step());

        assertThat(gate.standing(NOON)).isEqualTo(Standing.OPEN);
        assertThat(gate.rules().automation().reasons()).containsExactly("the build is bad.");
        assertThat(gate.refusal(person("alice"), NOON)).isEmpty();
    }

    /** Whatever whoever made the automation forgot to tell it. */
    @Test
    void neverOpensAGateByItselfAtWhichOthersThanTheStepAsk() {
        for (Clause.Source source : Clause.Source.values()) {
            Gate gate = gate(Automation.usual(WELL), step(), clause(source, 1, "alice"));

            assertThat(gate.standing(NOON))
                    .as(source.words())
                    .isEqualTo(source == Clause.Source.STEP ? Standing.APPROVED : Standing.OPEN);
        }
    }

    @Test
    void isReadBackAndIsNothingInWhatWasWrittenBeforeItWasThere() {
        Rules rules = new Rules(List.of(step()), Set.of("bob"), 1).with(Automation.usual(WELL));
        String before = CanonicalJson.write(rules).replaceFirst("\"automation\":\\{.*?\\]\\},(?=\"clauses\")", "");

        assertThat(CanonicalJson.read(CanonicalJson.write(rules), Rules.class)).isEqualTo(rules);
        assertThat(before).doesNotContain("automation");
        assertThat(CanonicalJson.read(before, Rules.class)).isEqualTo(rules.with(Automation.none()));
    }

    private static Clause step() {
        return clause(Clause.Source.STEP, 1, "alice");
    }

    private static Gate gate(Automation automation, Clause... clauses) {
        return Gate.opening("gate-1", subject("", 0), new Rules(List.of(clauses), Set.of(), 0).with(automation), NOON);
    }

    private static Facts facts(String build, String tests, String problems, String message, String askedBy) {
        return new Facts(
                outcome("the build is ", build),
                outcome("the tests are ", tests),
                words(problems).stream()
                        .map(id -> Problem.warning(id, id + " was found", "Mend it."))
                        .toList(),
                message,
                words(askedBy).stream()
                        .map(source -> clause(Clause.Source.valueOf(source), 1, "alice"))
                        .toList());
    }

    private static Optional<Facts.Outcome> outcome(String what, String how) {
        return how.isEmpty() ? Optional.empty() : Optional.of(new Facts.Outcome(how.equals("good"), what + how));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(w -> !w.isEmpty()).toList();
    }
}
