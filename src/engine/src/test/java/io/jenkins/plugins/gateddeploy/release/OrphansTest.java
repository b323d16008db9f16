package io.jenkins.plugins.gateddeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Owner;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.State;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deployments whose record has no end. */
class OrphansTest {
    /** This process, as it would be had it started at another time. */
    private static final Owner DEAD =
            new Owner(Processes.host(), ProcessHandle.current().pid(), 1);

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final World world = new World(() -> directory, 2);

    private static String orphan(State state) {
        String id = world.history()
                .begin(world.appName(), "production", Kind.DEPLOY, "main", "alice", DEAD, Instant.now())
                .id();
        world.history().event(new Event(id, Instant.now(), state, ""));
        return id;
    }

    private static State stateOf(String id) {
        return world.history().find(id).map(DeploymentRecord::state).orElseThrow();
    }

    @Test
    void oneThatWorkedOnOtherTargetsIsLeftUntilTheseAreLookedAt() throws Exception {
        String orphan = orphan(State.DEPLOYING);
        String onlyQueued = orphan(State.CHECKING);
        world.file("version.txt", "1");
        Deployer.Request one =
                new Deployer.Request(world.configuration(""), java.util.List.of(world.name(0)), java.util.Set.of());
        assertThat(world.deployer().deploy(one, world.version()).record().state())
                .as(world.log())
                .isEqualTo(State.SUCCEEDED);

        assertThat(stateOf(orphan)).isEqualTo(State.DEPLOYING);
        assertThat(stateOf(onlyQueued)).isEqualTo(State.INTERRUPTED);

        world.succeed("2", "");
        assertThat(stateOf(orphan)).isEqualTo(State.INTERRUPTED);
    }

    @Test
    void oneWhoseTargetsCannotEvenBeOpenedEnds() throws Exception {
        world.meddling().opening(() -> {
            throw new IllegalStateException("no agent");
        });
        world.file("version.txt", "1");

        assertThatThrownBy(() -> world.deploy(world.configuration(""))).hasMessage("no agent");
        assertThat(world.last().state()).isEqualTo(State.FAILED);
        assertThat(world.last().message()).isEqualTo("The host could not go on: no agent");
    }
}
