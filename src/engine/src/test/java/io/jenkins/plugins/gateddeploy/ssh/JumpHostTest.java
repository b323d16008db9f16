package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.OpenSshServer;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Targets that are reached through another server. */
@Timeout(120)
class JumpHostTest {
    @TempDir
    private Path directory;

    @RegisterExtension
    private final SshServers ssh = new SshServers(() -> directory);

    @Test
    void reachesTargetsThroughAJumpHost() throws Exception {
        try (OpenSshServer jump = ssh.another("jump");
                OpenSshServer second = ssh.another("second");
                Targets targets = ssh.through(jump.pinned(), ssh.server().pinned(), second.pinned())) {
            Map<Target, Outcome> outcomes = targets.send(
                    Given.onEach(List.of(ssh.server().pinned(), second.pinned()), Given.script("wc -c")),
                    Given.mebibytes(20));

            assertThat(outcomes).hasSize(2);
            assertThat(outcomes.values()).containsOnly(new Outcome.Exited(0, (20 << 20) + "\n", ""));
            assertThat(jump.log().split("Accepted publickey", -1))
                    .as("one login at the jump host")
                    .hasSize(2);
        }
    }

    @Test
    void verifiesTheJumpHostAndWhatIsBehindIt() throws Exception {
        try (OpenSshServer jump = ssh.another("jump");
                Targets wrongJump =
                        ssh.through(wronglyPinned(jump), ssh.server().pinned());
                Targets wrongTarget = ssh.through(jump.pinned(), wronglyPinned(ssh.server()))) {
            Outcome atJump = Given.only(wrongJump, ssh.server().pinned(), Given.script("true"));
            Outcome behind = Given.only(wrongTarget, wronglyPinned(ssh.server()), Given.script("true"));

            assertThat(Given.reason(atJump)).isEqualTo(Reason.HOST_KEY);
            assertThat(atJump.describe()).startsWith(jump.pinned().name());
            assertThat(Given.reason(behind)).isEqualTo(Reason.HOST_KEY);
            assertThat(behind.describe()).startsWith(ssh.server().pinned().name());
        }
    }

    @Test
    void saysThatTheJumpHostDoesNotReachTheTarget() throws Exception {
        try (OpenSshServer jump = ssh.another("jump");
                Targets targets = ssh.through(jump.pinned(), Given.nobodyListens())) {
            Outcome outcome = Given.only(targets, Given.nobodyListens(), Given.script("true"));

            assertThat(Given.reason(outcome)).isEqualTo(Reason.REFUSED);
            assertThat(outcome.describe())
                    .contains("through the jump host " + jump.pinned().name());
        }
    }

    private Target wronglyPinned(OpenSshServer of) {
        return new Target(
                OpenSshServer.user(),
                "127.0.0.1",
                of.port(),
                Set.of(),
                List.of(ssh.server().userKey().publicLine()));
    }
}
