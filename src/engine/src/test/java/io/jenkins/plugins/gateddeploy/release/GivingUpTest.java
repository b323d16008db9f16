package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.lane.Steward;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments whose host has died, and that people give up, on real servers of which one may be gone. */
class GivingUpTest {
    private static final Steward MANAGER = new Steward(new Actor("meg", "Meg", Set.of()), true);
    private static final Steward OTHER = new Steward(new Actor("otto", "Otto", Set.of()), false);

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 3);

    private Dynasty dynasty;
    private boolean gone;

    @BeforeEach
    void fresh() {
        dynasty = new Dynasty(world, directory);
    }

    @AfterEach
    void everyServerIsBack() {
        if (gone) {
            world.server(2).restart();
            gone = false;
        }
    }

    private String dead() throws Exception {
        dynasty.release("1");
        world.file("version.txt", "2");
        dynasty.die("deploy", "before end");
        try (Host host = dynasty.host()) {
            return dynasty.history(host).get(0).id();
        }
    }

    private void lastServerGoes() {
        world.server(2).kill();
        gone = true;
    }

    @Test
    void endsWhatCannotBeSettledAndSaysWhatIsNotKnown() throws Exception {
        String dead = dead();
        lastServerGoes();
        try (Host host = dynasty.host()) {
            Configuration configuration = world.configuration(Dynasty.QUICK);
            assertThat(host.deployer().settle(configuration, dead).done()).isFalse();

            GivingUp.Outcome outcome =
                    new GivingUp(host.ports()).end(configuration, dead, MANAGER, "web-3 was scrapped");

            assertThat(outcome.over()).isTrue();
            DeploymentRecord ended = host.history().find(dead).orElseThrow();
            assertThat(ended.state()).isEqualTo(State.INTERRUPTED);
            assertThat(ended.message())
                    .startsWith("Given up by Meg (meg): web-3 was scrapped. It could not be settled: ")
                    .isEqualTo(outcome.message());
            assertThat(ended.targets()).hasSize(3);
            TargetOutcome unknown = ended.targets().get(2);
            assertThat(unknown.current()).isEmpty();
            assertThat(unknown.message()).startsWith("What is current there is not known: ");
            assertThat(ended.targets().subList(0, 2))
                    .allSatisfy(t -> assertThat(t.current()).isEqualTo(world.currentRelease(0)))
                    .allSatisfy(t -> assertThat(t.message()).startsWith("Not settled"));
            AuditEntry entry = host.history().audit().entries().get(0);
            assertThat(entry.what()).isEqualTo("GIVEN_UP");
            assertThat(entry.who()).isEqualTo("meg");
            assertThat(entry.deployment()).isEqualTo(dead);
            assertThat(entry.details()).contains("web-3 was scrapped");

            everyServerIsBack();
            world.file("version.txt", "3");
            assertThat(host.deploy(configuration, world.version()).record().state())
                    .as(host.log())
                    .isEqualTo(State.SUCCEEDED);
            dynasty.assertServed("3");
            world.assertTidy();
            assertThat(dynasty.history(host))
                    .extracting(DeploymentRecord::state)
                    .containsExactly(State.SUCCEEDED, State.INTERRUPTED, State.SUCCEEDED);
        }
    }

    @Test
    void settlesWhatCanBeSettledAfterAll() throws Exception {
        String dead = dead();
        try (Host host = dynasty.host()) {
            GivingUp.Outcome outcome = new GivingUp(host.ports())
                    .end(world.configuration(Dynasty.QUICK), dead, MANAGER, "it takes too long");

            assertThat(outcome.over()).isTrue();
            assertThat(host.history().find(dead).orElseThrow())
                    .returns(State.INTERRUPTED, DeploymentRecord::state)
                    .returns("The host died; what was current before is current.", DeploymentRecord::message);
            assertThat(host.history().audit().entries()).isEmpty();
            dynasty.assertServed("1");
            world.assertTidy();
        }
    }

    @Test
    void refusesWhoeverMayNotAndWhatGoesOnOrWaits() throws Exception {
        String dead = dead();
        lastServerGoes();
        try (Host host = dynasty.host()) {
            Configuration configuration = world.configuration(Dynasty.QUICK);
            GivingUp givingUp = new GivingUp(host.ports());
            assertThatThrownBy(() -> givingUp.end(configuration, dead, OTHER, "I want to go on"))
                    .hasMessageContaining("Otto (otto) may not give up deployment #2")
                    .hasMessageContaining("[lane.permission]");
            assertThatThrownBy(() -> givingUp.end(configuration, dead, MANAGER, " "))
                    .hasMessageContaining("[lane.reason]");
            DeploymentRecord waiting =
                    new Waiting(host.ports()).announce(configuration, Kind.DEPLOY, "v3", Mandate.none());
            assertThatThrownBy(() -> givingUp.end(configuration, waiting.id(), MANAGER, "why not"))
                    .hasMessageContaining("is not under way")
                    .hasMessageContaining("[lane.gone]");
            Process other = new ProcessBuilder("sleep", "600").start();
            try {
                DeploymentRecord record = host.history().find(dead).orElseThrow();
                assertThat(host.history().takeOver(dead, record.owner(), new Owner(Processes.host(), other.pid(), 0)))
                        .isTrue();
                assertThat(givingUp.end(configuration, dead, MANAGER, "why not"))
                        .isEqualTo(new GivingUp.Outcome(false, "The process that works on it is alive."));
            } finally {
                other.destroyForcibly();
            }
            assertThat(host.history().find(dead).orElseThrow().state().isFinal())
                    .isFalse();
            assertThat(host.history().audit().entries()).isEmpty();
        }
    }
}
