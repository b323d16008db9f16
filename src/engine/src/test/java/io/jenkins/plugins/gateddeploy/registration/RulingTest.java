package io.jenkins.plugins.gateddeploy.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Clause.Source;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import io.jenkins.plugins.gateddeploy.registration.Starter.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulingTest {
    private static final Place PRODUCTION = new Place("shop", "production");
    private static final Starter ALICE = person("alice", "release-managers");

    @ParameterizedTest(name = "{0} among [{1}] below [{2}]: {3}")
    @CsvSource({
        "deploy,      '',                '',    ''",
        "deploy,      deploy,            '',    ''",
        "deploy,      'build deploy',    '',    ''",
        "deploy,      build,             '',    registration.job",
        "deploy2,     deploy,            '',    registration.job",
        "Deploy,      deploy,            '',    registration.job",
        "shop/main,   shop,              '',    ''",
        "shop/main,   shop/main,         '',    ''",
        "shop/PR-1,   shop/main,         '',    registration.job",
        "shop2/main,  shop,              '',    registration.job",
        "main,        shop/main,         '',    registration.job",
        "team/deploy, '',                team,  ''",
        "team/deploy, team/deploy,       team,  ''",
        "team/deploy, team/other,        team,  registration.job",
        "team/deploy, other/deploy,      team,  registration.job",
        "team2/x,     team2,             team,  registration.missing",
        "x,           x,                 team,  registration.missing"
    })
    void letsTheJobsThatAreNamed(String job, String jobs, String below, String problem) {
        Registration registration =
                new Registration(PRODUCTION, new Scope("the test", below, words(jobs)), everybody(), Optional.empty());

        assertThat(ids(new Attempt(PRODUCTION, Act.DEPLOY, job, ALICE), registration))
                .isEqualTo(words(problem));
    }

    @ParameterizedTest(name = "{0} in [{1}] among [{2}]: {3}")
    @CsvSource({
        "alice, '',     '',              ''",
        "alice, '',     alice,           ''",
        "alice, '',     'bob alice',     ''",
        "alice, '',     bob,             registration.person",
        "alice, qa,     @qa,             ''",
        "alice, qa,     '@dev @qa',      ''",
        "alice, '',     @alice,          registration.person",
        "qa,    '',     @qa,             registration.person",
        "alice, qa,     qa,              registration.person",
        "@qa,   '',     @qa,             registration.person",
        "alice, @qa,    @qa,             registration.person",
        "alice, alice,  @alice,          ''",
        "Alice, '',     alice,           registration.person"
    })
    void letsNamedPeopleAndGroupsAndNeverTakesOneForTheOther(
            String id, String groups, String deployers, String problem) {
        Registration registration =
                new Registration(PRODUCTION, anywhere(), new Starts(words(deployers), false, false), Optional.empty());
        Starter starter = person(id, groups.isEmpty() ? new String[0] : new String[] {groups});

        assertThat(ids(new Attempt(PRODUCTION, Act.DEPLOY, "deploy", starter), registration))
                .isEqualTo(words(problem));
    }

    @ParameterizedTest(name = "{0}, timer {1}, scm {2}: {3}")
    @CsvSource({
        "TIMER, true,  false, ''",
        "TIMER, false, true,  registration.timer",
        "SCM,   false, true,  ''",
        "SCM,   true,  false, registration.scm",
        "OTHER, true,  true,  registration.starter"
    })
    void letsMachinesOnlyWhenTheRegistrationSaysSo(Kind kind, boolean timer, boolean scm, String problem) {
        // Its name is among the deployers, which must not help.
        Registration registration = new Registration(
                PRODUCTION, anywhere(), new Starts(List.of("(machine)"), timer, scm), Optional.empty());
        Starter machine = new Starter(kind, new Actor("(machine)", "Machine", Set.of()), false);

        assertThat(ids(new Attempt(PRODUCTION, Act.DEPLOY, "deploy", machine), registration))
                .isEqualTo(words(problem));
    }

    @Test
    void asksEveryRegistrationThatConcernsTheJob() {
        Registration global = new Registration(
                PRODUCTION, new Scope("Jenkins", "", List.of("team")), deployers("alice", "bob"), approvals(1));
        Registration folder = new Registration(
                PRODUCTION, new Scope("team", "team", List.of()), deployers("bob", "carol"), approvals(2));

        assertThat(ids(deploy("team/deploy", person("bob")), global, folder)).isEmpty();
        assertThat(ids(deploy("team/deploy", person("alice")), global, folder)).containsExactly("registration.person");
        assertThat(ids(deploy("team/deploy", person("carol")), global, folder)).containsExactly("registration.person");
        assertThat(ids(deploy("other/deploy", person("bob")), global, folder)).containsExactly("registration.job");
        assertThat(Ruling.on(deploy("team/deploy", person("bob")), List.of(global, folder), false)
                        .clauses())
                .containsExactly(clause(1), clause(2));
    }

    @Test
    void passesOverOtherApplicationsAndEnvironments() {
        Registration staging =
                new Registration(new Place("shop", "staging"), anywhere(), deployers("nobody"), approvals(1));
        Registration blog =
                new Registration(new Place("blog", "production"), anywhere(), deployers("nobody"), approvals(1));

        Ruling ruling = Ruling.on(deploy("deploy", ALICE), List.of(staging, blog), false);

        assertThat(ruling.registrations()).isEmpty();
        assertThat(ruling.clauses()).isEmpty();
    }

    @Test
    void warnsOfWhatNobodyRegisteredAndRefusesItOnRequest() throws Exception {
        Ruling warned = Ruling.on(deploy("deploy", ALICE), List.of(), false);
        Ruling refused = Ruling.on(deploy("deploy", ALICE), List.of(), true);

        assertThat(warned.warnings())
                .singleElement()
                .satisfies(p -> assertThat(p.severity()).isEqualTo(Severity.WARNING))
                .satisfies(p -> assertThat(p.message()).contains("production of shop"));
        assertThatThrownBy(refused::warnings)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("production of shop")
                .hasMessageContaining("registration.missing");
    }

    @ParameterizedTest
    @CsvSource({"DEPLOY, Gated Deploy/Deploy", "ROLL_BACK, Gated Deploy/Roll back"})
    void needsThePermissionEvenWhereNobodyRegisteredAnything(Act act, String permission) {
        Starter mallory = new Starter(Kind.PERSON, new Actor("mallory", "Mallory", Set.of()), false);
        Ruling ruling = Ruling.on(new Attempt(PRODUCTION, act, "deploy", mallory), List.of(), false);

        assertThatThrownBy(ruling::warnings)
                .hasMessageContaining("Mallory (mallory)")
                .hasMessageContaining(permission);
    }

    @Test
    void namesEverythingThatStandsAgainstItAtOnce() {
        Registration registration = new Registration(
                PRODUCTION, new Scope("Jenkins", "", List.of("deploy")), deployers("bob"), Optional.empty());
        Starter mallory = new Starter(Kind.PERSON, new Actor("mallory", "Mallory", Set.of()), false);

        assertThat(ids(deploy("other", mallory), registration))
                .containsExactly("registration.permission", "registration.job", "registration.person");
    }

    private static Attempt deploy(String job, Starter starter) {
        return new Attempt(PRODUCTION, Act.DEPLOY, job, starter);
    }

    private static List<String> ids(Attempt attempt, Registration... registrations) {
        return Ruling.on(attempt, List.of(registrations), false).problems().stream()
                .map(Problem::id)
                .toList();
    }

    private static Starter person(String id, String... groups) {
        return new Starter(Kind.PERSON, new Actor(id, id, Set.of(groups)), true);
    }

    private static Scope anywhere() {
        return new Scope("the test", "", List.of());
    }

    private static Starts everybody() {
        return new Starts(List.of(), false, false);
    }

    private static Starts deployers(String... names) {
        return new Starts(List.of(names), false, false);
    }

    private static Clause clause(int required) {
        return new Clause(List.of(), required, false, Duration.ofDays(1), Source.REGISTRATION);
    }

    private static Optional<Clause> approvals(int required) {
        return Optional.of(clause(required));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}
