package io.jenkins.plugins.gateddeploy.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForcingTest {
    private static final Problem LOSS = Problem.error("schema.data-loss", "Orders go.", "");
    private static final Problem DISK = Problem.error("target.disk", "It is full.", "");
    private static final Problem HELD = Problem.warning("release.held", "It is held.", "");

    private static ForcingRules not(String... ids) {
        return new ForcingRules(Set.of(ids), false);
    }

    private static List<String> standing(Judgement judgement) {
        return judgement.standing().stream().map(Problem::id).toList();
    }

    @Test
    void letsNothingPassUnasked() {
        Judgement judgement = Forcing.none().judge(List.of(LOSS, HELD), ForcingRules.none());

        assertThat(standing(judgement)).containsExactly("schema.data-loss");
        assertThat(judgement.forced().isNothing()).isTrue();
        assertThatThrownBy(judgement::require)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Orders go.")
                .hasMessageNotContaining("held");
    }

    @Test
    void letsPassWhatIsNamedAndWasFound() {
        Judgement judgement = new Forcing(Set.of("schema.data-loss", "toml.mismatch", "release.held"), " agreed ")
                .judge(List.of(LOSS, HELD), ForcingRules.none());

        assertThat(judgement.forced()).isEqualTo(new Forced(List.of("schema.data-loss"), "agreed"));
        assertThat(judgement.problems()).containsExactly(LOSS, HELD);
        assertThatCode(judgement::require).doesNotThrowAnyException();
    }

    @Test
    void allMeansAllThatMayBeForcedAndNothingElse() {
        Judgement judgement = Forcing.all("").judge(List.of(LOSS, DISK), not("schema.data-loss"));

        assertThat(standing(judgement)).containsExactly("schema.data-loss");
        assertThat(judgement.forced().ids()).containsExactly("target.disk");
    }

    @Test
    void saysSoWhenSomebodyForcesWhatNobodyMay() {
        Judgement judgement = new Forcing(Set.of("schema.data-loss"), "").judge(List.of(LOSS), not("*"));

        assertThat(standing(judgement)).containsExactly("schema.data-loss", "problem.not-forceable");
        assertThat(judgement.problems().get(1).message()).contains("schema.data-loss");
    }

    @Test
    void neverLetsPassWhatADeploymentCannotGoOnPast() {
        Problem section = Problem.error("config.not-built", "strategy", "");

        assertThat(standing(Forcing.all("").judge(List.of(section), ForcingRules.none())))
                .containsExactly("config.not-built");
    }

    @Test
    void wantsAReasonWhereTheRegistrationSaysSo() {
        ForcingRules rules = new ForcingRules(Set.of(), true);

        assertThat(standing(Forcing.all("  ").judge(List.of(LOSS), rules))).containsExactly("problem.reason");
        assertThat(standing(Forcing.all("agreed").judge(List.of(LOSS), rules))).isEmpty();
        assertThat(standing(Forcing.all("").judge(List.of(HELD), rules))).isEmpty();
    }

    @Test
    void rulesOfTwoAreTheStrictestOfBoth() {
        ForcingRules both = not("a").and(new ForcingRules(Set.of("b"), true));

        assertThat(both).isEqualTo(new ForcingRules(Set.of("a", "b"), true));
    }
}
