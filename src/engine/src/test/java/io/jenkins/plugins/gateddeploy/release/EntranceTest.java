package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Freeze;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.config.Outside;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Forcing;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments at times at which none may start, on a real server. */
class EntranceTest {
    private static final String FROZEN =
            "freezes = [{ from = \"2020-01-01\", until = \"2999-12-31\", reason = \"Ice age\" }]\n";
    private static final String WAITING = "outside = \"wait\"\n";

    @TempDir
    static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 1);

    @BeforeEach
    void current() throws Exception {
        world.file("version.txt", "one").succeed(world.configuration(""));
        world.file("version.txt", "two");
    }

    @Test
    void refusesBeforeAnythingIsConnectedAndSaysWhenItOpens() throws Exception {
        for (String settings : List.of(FROZEN, FROZEN + WAITING)) {
            assertThatThrownBy(() -> world.deploy(world.configuration(settings)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(
                            "the freeze \"Ice age\" from 2020-01-01 until 2999-12-31 (Z), says deploy.toml")
                    .hasMessageContaining("It opens next at 3000-01-01 00:00 (Z)")
                    .hasMessageContaining("[window.closed]");
        }
        assertThat(world.everywhere("version.txt")).containsExactly("one");
    }

    @Test
    void isPartOfThePlanAsAnErrorOrWhereItMayWaitAsAWarning() throws Exception {
        Plan refusing = plan(Host.request(world.configuration(FROZEN)));
        Plan waiting = plan(Host.request(world.configuration(FROZEN + WAITING)));

        assertThat(refusing.judgement().standing()).extracting(Problem::id).containsExactly("window.closed");
        assertThat(waiting.judgement().standing()).isEmpty();
        assertThat(waiting.problems()).extracting(Problem::id).containsExactly("window.closed");
    }

    @Test
    void cannotBeForced() throws Exception {
        Configuration configuration = world.configuration(FROZEN);

        Plan plan = plan(Host.request(configuration).with(Host.forcing(Forcing.all("I want to"))));

        assertThat(plan.judgement().standing()).extracting(Problem::id).containsExactly("window.closed");
    }

    @Test
    void isClosedByTheRegistrationWhateverTheCommitSays() throws Exception {
        Deployer.Request request = at(new Timing(List.of(iceAge()), Optional.empty(), ""));

        assertThatThrownBy(() -> world.deployer().deploy(request, world.version()))
                .hasMessageContaining("says the environment's registration");
    }

    @Test
    void letsInWhatTheHostBeganWithInTime() throws Exception {
        Deployer.Request request =
                at(new Timing(List.of(iceAge()), Optional.empty(), "").begunAt(Instant.parse("2019-12-31T23:59:59Z")));

        Result result = world.deployer().deploy(request, world.version());

        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(result.record().reason()).isEmpty();
    }

    @Test
    void goesPastItInAnEmergencyWhichIsWrittenDownForGood() throws Exception {
        String why = "Emergency, outside the times for deployments: Shop is down";
        Deployer.Request request = at(new Timing(List.of(iceAge()), Optional.empty(), " Shop is down "));

        Plan plan = plan(request);
        Result result = world.deployer().deploy(request, world.version());

        assertThat(plan.judgement().standing()).isEmpty();
        assertThat(plan.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("In an emergency it goes on: Shop is down"));
        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(world.history().find(result.record().id()).orElseThrow().reason())
                .isEqualTo(why);
        List<AuditEntry> entries = world.history().audit().entries();
        assertThat(entries.get(entries.size() - 1)).satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("EMERGENCY");
            assertThat(entry.deployment()).isEqualTo(result.record().id());
            assertThat(entry.details()).contains(why, "says the environment's registration");
        });
        assertThat(world.everywhere("../../.gated-deploy/releases.jsonl")).allMatch(lines -> lines.contains(why));
    }

    @Test
    void writesNoEmergencyDownWhenItIsOpen() throws Exception {
        int before = world.history().audit().entries().size();

        Result result =
                world.deployer().deploy(at(new Timing(List.of(), Optional.empty(), "Just in case")), world.version());

        assertThat(result.record().reason()).isEmpty();
        assertThat(world.history().audit().entries()).hasSize(before);
    }

    @Test
    void letsGoBackAtAnyTime() throws Exception {
        world.succeed(world.configuration(""));

        Result result = world.rollback(world.configuration(FROZEN), "previous");

        assertThat(result.record().state()).isEqualTo(State.SUCCEEDED);
        assertThat(world.everywhere("version.txt")).containsExactly("one");
    }

    private static Deployer.Request at(Timing timing) throws Exception {
        Deployer.Request request = Host.request(world.configuration(""));
        return request.with(request.mandate().at(timing));
    }

    private static Plan plan(Deployer.Request request) throws Exception {
        return world.deployer().plan(request, world.version());
    }

    private static Opening iceAge() {
        Freeze freeze = new Freeze(LocalDate.of(2020, 1, 1), LocalDate.of(2999, 12, 31), "Ice age", ZoneOffset.UTC);
        return new Opening(List.of(), List.of(freeze), Outside.REFUSE);
    }
}
