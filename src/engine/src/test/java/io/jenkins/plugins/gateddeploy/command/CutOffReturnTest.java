package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back of a rollback that had set shared files back, cut off and sent again. */
class CutOffReturnTest {
    private static final String BEFORE = "releases/before";

    @TempDir
    private Path base;

    private Commands commands;

    /** The rollback has switched to the old release and has given it its shared file. */
    @BeforeEach
    void switched() throws Exception {
        RealPrograms.require("sh");
        commands = new Commands(new Layout(base.toString()), "token", "deployment");
        Files.createDirectories(base.resolve("releases/before"));
        Files.createDirectories(base.resolve("releases/old"));
        Files.createSymbolicLink(base.resolve("current"), Path.of(BEFORE));
        assertThat(run("", commands.lock("{}", false).script())).isZero();
        Files.createDirectories(base.resolve(".gated-deploy/kept/old"));
        Files.writeString(base.resolve(".gated-deploy/kept/old/.env"), "KEY=old");
        Files.writeString(env(), "KEY=before");
        Beginning beginning = new Beginning("old", BEFORE, "ROLLBACK", List.of(".env"));
        assertThat(run("", commands.beginSwitch(beginning).script())).isZero();
        assertThat(env()).hasContent("KEY=old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -KILL $$; command mv \"$@\"", "command mv \"$@\"; kill -KILL $$"})
    void setsSharedFilesBackThoughItIsCutOffAtTheLink(String atTheLink) throws Exception {
        String cut =
                "mv() { case \"$*\" in *" + base + "/current) " + atTheLink + " ;; *) command mv \"$@\" ;; esac; }\n";
        assertThat(run(cut, goBack())).isNotZero();

        assertThat(run("", goBack())).isZero();
        assertThat(Files.readSymbolicLink(base.resolve("current"))).hasToString(BEFORE);
        assertThat(env()).hasContent("KEY=before");
    }

    @Test
    void goesBackThoughASharedFileCannotBeSetBackAndSaysSo() throws Exception {
        Files.createDirectories(base.resolve("shared/.env.restored/in the way"));

        assertThat(run("", goBack())).isZero();
        assertThat(Files.readSymbolicLink(base.resolve("current"))).hasToString(BEFORE);
        assertThat(Files.readAllLines(base.resolve("output"))).contains("unrestored .env", "returned");
    }

    private Path env() {
        return base.resolve("shared/.env");
    }

    private String goBack() {
        return commands.goBack("old", BEFORE, List.of(".env")).script();
    }

    private int run(String meddling, String script) throws Exception {
        return new ProcessBuilder("sh", "-c", meddling + script)
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("output").toFile())
                .start()
                .waitFor();
    }
}
