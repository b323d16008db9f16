package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Stdin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Run by the shell of this machine. */
class BundleTest {

    @Test
    void eachPartIsWhatItWouldBeAlone() throws Exception {
        Bundle bundle = Bundle.of(List.of(
                part("x=1; cd /; echo first; echo problem >&2; exit 3"),
                part("echo ${x-unset}; [ \"$PWD\" != / ] && printf 'no line end'"),
                part("cat; exec sh -c 'exit 7'"),
                part("set -u; echo $unset")));

        List<Outcome> outcomes = bundle.outcomes(run(bundle.command()));

        assertThat(outcomes.subList(0, 3))
                .containsExactly(
                        new Outcome.Exited(3, "first\n", "problem\n"),
                        new Outcome.Exited(0, "unset\nno line end", ""),
                        new Outcome.Exited(7, "", ""));
        assertThat(outcomes.get(3)).isInstanceOfSatisfying(Outcome.Exited.class, failed -> {
            assertThat(failed.code()).isEqualTo(2);
            assertThat(failed.stderr()).contains("unset");
        });
    }

    @Test
    void whatAPartPrintsIsNotTakenForAnEnd() throws Exception {
        Bundle bundle = Bundle.of(List.of(part("printf '\\036word 0\\036\\036'"), part("echo second")));

        assertThat(bundle.outcomes(run(bundle.command())))
                .containsExactly(
                        new Outcome.Exited(0, "\036word 0\036\036", ""), new Outcome.Exited(0, "second\n", ""));
    }

    @Test
    void whatTheShellDidNotGetToHasNotSucceeded() {
        Bundle bundle = Bundle.of(List.of(part("echo one"), part("echo two")));

        assertThat(bundle.outcomes(new Outcome.Exited(0, "", "nothing here runs scripts")))
                .allSatisfy(outcome -> assertThat(outcome.ok()).isFalse());
        Outcome lost = new Outcome.Unreached(Outcome.Reason.LOST, "The connection was lost.", "");
        assertThat(bundle.outcomes(lost)).containsExactly(lost, lost);
    }

    @Test
    void hasToBeDoneInTheTimeOfTheMostImpatient() {
        Command bundle = Bundle.of(List.of(part("true"), part("true").within(Duration.ofSeconds(2))))
                .command();

        assertThat(bundle.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(bundle.name()).isEqualTo("part, part");
    }

    @Test
    void takesNothingThatReadsOrRunsApart() {
        Command reading =
                new Command("read", "cat", Stdin.of("x".getBytes(StandardCharsets.UTF_8), "x"), Duration.ofSeconds(1));

        assertThatThrownBy(() -> Bundle.of(List.of(reading))).hasMessageContaining("\"read\"");
        assertThatThrownBy(() -> Bundle.of(List.of(part("true").apart()))).hasMessageContaining("\"part\"");
    }

    private static Command part(String script) {
        return Command.of("part", script, Duration.ofSeconds(30));
    }

    private static Outcome run(Command command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command.script()).start();
        shell.getOutputStream().close();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome.Exited(shell.waitFor(), out, errors);
    }
}
