package io.jenkins.plugins.gateddeploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.gateddeploy.fixture.RealPrograms;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "plain",
                "it's",
                "''",
                "'",
                "\"$(touch x)\"",
                "`id`",
                "a\nb\n",
                "\\",
                "--upload-pack=x",
                "*?[!]~#;&|",
                "ünïcödé ✓",
                "\t$HOME"
            })
    void keepsAValueAsItIs(String value) throws Exception {
        RealPrograms.require("sh");
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.quote(value)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(value);
    }

    @Test
    void refusesNul() {
        assertThatIllegalArgumentException().isThrownBy(() -> Shell.quote("a\0b"));
    }
}
