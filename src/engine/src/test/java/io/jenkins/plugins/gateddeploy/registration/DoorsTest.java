package io.jenkins.plugins.gateddeploy.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Freeze;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.config.Outside;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which times an attempt may go on, and who may go past them. */
class DoorsTest {
    private static final Place PRODUCTION = new Place("shop", "production");
    private static final Opening CHRISTMAS = new Opening(
            List.of(),
            List.of(new Freeze(LocalDate.of(2026, 12, 20), LocalDate.of(2027, 1, 3), "", ZoneOffset.UTC)),
            Outside.WAIT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // named by one | by the other  | kind   | may
                "alice          | alice         | PERSON | true",
                "@on-call       | alice         | PERSON | true",
                "alice          | bob           | PERSON | false",
                "@alice         | alice         | PERSON | false",
                "on-call        | alice         | PERSON | false",
                "               | alice         | PERSON | false",
                "alice          | alice         | TIMER  | false",
                "alice          | alice         | SCM    | false",
                "alice          | alice         | OTHER  | false",
            })
    void letPastWhomEveryRegistrationNames(String one, String other, Starter.Kind kind, boolean may) {
        Ruling ruling = on(kind, Act.DEPLOY, registration(one, List.of()), registration(other, List.of()));

        assertThat(ruling.doors().againstEmergency().isEmpty()).isEqualTo(may);
        assertThat(ruling.doors().againstEmergency())
                .extracting(Problem::id)
                .allMatch("registration.emergency"::equals);
        assertThat(ruling.doors().openings()).containsExactly(CHRISTMAS, CHRISTMAS);
    }

    @Test
    void letNobodyPastWhereNobodyHasRegisteredIt() {
        assertThat(on(Starter.Kind.PERSON, Act.DEPLOY).doors().againstEmergency())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("nobody has registered production of shop");
    }

    @Test
    void areShutByWhatCannotBeReadButLetBack() {
        Registration odd = registration("alice", List.of("But found \"x\"."));

        assertThat(on(Starter.Kind.PERSON, Act.DEPLOY, odd).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.id()).isEqualTo("registration.window");
                    assertThat(problem.message()).contains("But found \"x\".");
                });
        assertThat(on(Starter.Kind.PERSON, Act.ROLL_BACK, odd).problems()).isEmpty();
    }

    @Test
    void areThoseOfTheRegistrationsThatConcernTheJobAndThePlaceWhoeverStartsIt() {
        Registration everywhere = registration("alice", List.of());
        Registration ofFolder = new Registration(
                PRODUCTION,
                new Scope("a test", "team", List.of()),
                new Starts(List.of(), false, false),
                Optional.empty(),
                ForcingRules.none(),
                new Times(Opening.always(), List.of(), List.of()));
        List<Registration> all = List.of(everywhere, ofFolder);

        assertThat(Registration.openings(all, PRODUCTION, "team/job")).containsExactly(CHRISTMAS, Opening.always());
        assertThat(Registration.openings(all, PRODUCTION, "job")).containsExactly(CHRISTMAS);
        assertThat(Registration.openings(all, new Place("shop", "staging"), "team/job"))
                .isEmpty();
    }

    private static Registration registration(String emergency, List<String> unreadable) {
        return new Registration(
                PRODUCTION,
                new Scope("a test", "", List.of()),
                new Starts(List.of(), true, true),
                Optional.empty(),
                ForcingRules.none(),
                new Times(CHRISTMAS, emergency == null ? List.of() : List.of(emergency), unreadable));
    }

    private static Ruling on(Starter.Kind kind, Act act, Registration... registrations) {
        Actor alice = new Actor("alice", "Alice", Set.of("on-call"));
        return Ruling.on(
                new Attempt(PRODUCTION, act, "job", new Starter(kind, alice, true)), List.of(registrations), false);
    }
}
