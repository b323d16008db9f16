package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import io.jenkins.plugins.gateddeploy.target.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command is on its way, or half done, when its deployment is cancelled or loses its lock. */
class LateCommandTest {
    private static final String CURRENT = "releases/before";

    @TempDir
    private Path base;

    private Commands commands;

    @BeforeEach
    void lock() throws Exception {
        RealPrograms.require("sh", "setsid", "timeout");
        commands = commands("token");
        Files.createDirectories(base.resolve("releases/before"));
        Files.createDirectories(base.resolve("releases/new"));
        Files.createSymbolicLink(base.resolve("current"), Path.of(CURRENT));
        assertThat(run("", commands.lock("{}", false))).isZero();
    }

    private Commands commands(String token) {
        return new Commands(new Layout(base.toString()), token, "deployment");
    }

    @Test
    void switchesWhenNothingHappens() throws Exception {
        assertThat(run("", commands.switchTo("new", CURRENT))).isZero();
        assertCurrent("releases/new");
    }

    @Test
    void doesNotSwitchOnceItIsCancelled() throws Exception {
        assertThat(run(before("mv", commands.cancel(List.of("token"))), commands.switchTo("new", CURRENT)))
                .isEqualTo(75);
        assertCurrent(CURRENT);
    }

    @Test
    void doesNotSwitchOnceSomebodyElseHasTheLock() throws Exception {
        Command takeOver = commands("other").takeOver("token", true, Duration.ofMinutes(1), "{}");

        assertThat(run(before("mv", takeOver), commands.switchTo("new", CURRENT)))
                .isEqualTo(75);
        assertCurrent(CURRENT);
        assertThat(run("", commands("other").switchTo("new", CURRENT))).isZero();
    }

    @Test
    void doesNotSwitchOnceTheLockIsGivenBack() throws Exception {
        assertThat(run(before("mv", commands.unlock(List.of("token"))), commands.switchTo("new", CURRENT)))
                .isEqualTo(75);
        assertCurrent(CURRENT);
    }

    @Test
    void isCancelledForGoodThoughTheLinkIsMadeWhileTheWayIsRemoved() throws Exception {
        assertThat(run(before("mv", met(commands.cancel(List.of("token")))), commands.switchTo("new", CURRENT)))
                .isEqualTo(75);
        assertThat(base.resolve("meanwhile.ok")).exists();
        assertCurrent(CURRENT);
    }

    @Test
    void losesItsLockForGoodThoughTheLinkIsMadeWhileTheWayIsRemoved() throws Exception {
        assertThat(run(before("mv", met(commands.unlock(List.of("token")))), commands.switchTo("new", CURRENT)))
                .isEqualTo(75);
        assertThat(base.resolve(".gated-deploy/lock/token")).doesNotExist();
        assertCurrent(CURRENT);
    }

    @Test
    void endsForGoodThoughTheLinkIsMadeWhileTheWayIsRemoved() throws Exception {
        Ending ending = new Ending("FAILED", "", List.of(), List.of());

        assertThat(run(before("mv", met(commands.end(ending))), commands.switchTo("new", CURRENT)))
                .isEqualTo(75);
        assertThat(base.resolve(".gated-deploy/lock/token")).doesNotExist();
        assertCurrent(CURRENT);
    }

    /** {@return a script whose removals find a link in the way's directory that was not there when they began} */
    private String met(Command command) {
        return "rm() { shift; c=0; for x; do case $x in */way.*) c=1 ;; *) command rm -rf \"$x\" ;; esac; done; return $c; }\n"
                + "( " + command.script() + "\n) && : >'" + base.resolve("meanwhile.ok") + "'\n";
    }

    @Test
    void startsNoTaskOnceItIsCancelledButThoseOfTheWayBack() throws Exception {
        assertThat(run(after("mkdir", commands.cancel(List.of("token"))), commands.run(task("1", false))))
                .isEqualTo(75);
        assertThat(base.resolve("ran")).doesNotExist();
        assertThat(base.resolve(".gated-deploy/run/token.1")).doesNotExist();

        assertThat(run("", commands.run(task("2", true)))).isZero();
        assertThat(base.resolve("ran")).exists();
    }

    private TaskRun task(String sequence, boolean back) {
        List<TaskRun.Step> steps = List.of(new TaskRun.Step("build", "touch " + base + "/ran", Duration.ofMinutes(1)));
        return new TaskRun(sequence, "new", steps, TaskRun.variables(Map.of()), back);
    }

    /** {@return a shell function in place of a program, which lets another command happen first} */
    private String before(String program, Command command) throws Exception {
        return before(program, command.script());
    }

    private String before(String program, String script) throws Exception {
        return program + "() { sh '" + kept(script) + "'; command " + program + " \"$@\"; }\n";
    }

    private String after(String program, Command command) throws Exception {
        return program + "() { command " + program + " \"$@\"; sh '" + kept(command.script()) + "'; }\n";
    }

    private Path kept(String script) throws Exception {
        return Files.writeString(base.resolve("meanwhile"), script);
    }

    private int run(String meddling, Command command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", meddling + command.script())
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("output").toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write(TaskRun.variables(Map.of()).bytes());
        }
        return process.waitFor();
    }

    private void assertCurrent(String release) throws Exception {
        assertThat(Files.readSymbolicLink(base.resolve("current"))).hasToString(release);
    }
}
