package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.fixture.SamplePlan;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The gates of plans. */
class SubmissionTest {
    private static final Instant NOON = Instant.parse("2030-05-01T12:00:00Z");
    private static final Origin BUILD = new Origin("shop/main", 42, "shop » main #42");
    private static final Clause PEOPLE =
            new Clause(List.of("alice"), 1, false, Duration.ofHours(4), Clause.Source.REGISTRATION);

    @Test
    void aGateIsAboutThePlanAndAsksWhatItsRulesAsk() {
        Plan plan = plan(PEOPLE);
        Submission submission = new Submission(plan, new Submission.Writers(Set.of("bob"), false), BUILD, "carol");

        Gate gate = submission.gate("gate-1", "deployment-1", plan.facts(Optional.empty(), Optional.empty()), NOON);

        assertThat(gate.subject())
                .isEqualTo(new Subject(
                        "shop", "production", plan.digest(), plan.revision(), "", "deployment-1", "shop/main", 42));
        assertThat(gate.rules().clauses()).containsExactly(PEOPLE);
        assertThat(gate.rules().authors()).containsExactly("bob");
        assertThat(gate.rules().required(PEOPLE)).isEqualTo(1);
        assertThat(gate.rules().requester()).isEqualTo("carol");
        assertThat(gate.rules().automation()).isEqualTo(Automation.none());
        assertThat(gate.deadline()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        assertThat(gate.standing(NOON)).isEqualTo(Standing.OPEN);
    }

    @Test
    void strangersAmongTheWritersMakeItNeedOneMore() {
        Plan plan = plan(PEOPLE);

        assertThat(new Submission(plan, Submission.Writers.unknown(plan), BUILD, "")
                        .rules(List.of())
                        .required(PEOPLE))
                .isEqualTo(2);
    }

    @Test
    void whoeverAsksForMoreAddsToWhatThePlanAsksFor() {
        Clause own = new Clause(List.of("@qa"), 2, true, Duration.ofHours(1), Clause.Source.STEP);
        Submission submission = new Submission(plan(PEOPLE), new Submission.Writers(Set.of(), false), BUILD, "carol");

        Gate gate = submission.gate("gate-1", own, "Ship it?", Automation.none(), NOON);

        assertThat(gate.rules().clauses()).containsExactly(PEOPLE, own);
        assertThat(gate.subject().message()).isEqualTo("Ship it?");
        assertThat(gate.subject().deployment()).isEmpty();
        assertThat(gate.deadline()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void opensWithoutPeopleWhereAllWhoAskForThemAllowThat() {
        Clause automatic = new Clause(
                List.of(), 1, true, Duration.ofHours(4), Clause.Source.COMMIT, Terms.none(), List.of("no-problems"));
        Submission.Writers nobody = new Submission.Writers(Set.of(), false);

        Plan lenient = plan(automatic);
        Facts known = lenient.facts(Optional.empty(), Optional.empty());
        assertThat(new Submission(lenient, nobody, BUILD, "")
                        .gate("gate-1", "", known, NOON)
                        .standing(NOON))
                .isEqualTo(Standing.APPROVED);

        Plan strict = plan(automatic, PEOPLE);
        Facts same = strict.facts(Optional.empty(), Optional.empty());
        assertThat(new Submission(strict, nobody, BUILD, "")
                        .gate("gate-1", "", same, NOON)
                        .standing(NOON))
                .isEqualTo(Standing.OPEN);
    }

    private static Plan plan(Clause... rules) {
        return SamplePlan.of("c1", NOON, rules);
    }
}
