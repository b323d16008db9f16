package io.jenkins.plugins.gateddeploy.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a terminal is spared. */
class StyleTest {
    @Test
    void takesOutWhatATerminalWouldObey() {
        assertThat(Style.plain("a\u001b[2Jb\u001b]0;title\u0007c\rd\u202ee\tf")).isEqualTo("abc d e\tf");
    }

    @Test
    void keepsTheColoursOfATaskWhereThereAreColours() {
        String line = "\u001b[31mred\u001b[0m\u001b[1Aup";
        assertThat(new Style(true).output(line))
                .startsWith("\u001b[31mred")
                .contains("up")
                .doesNotContain("[1A");
        assertThat(new Style(false).output(line)).isEqualTo("redup");
    }

    @Test
    void paintsOnlyWhereThereAreColours() {
        assertThat(new Style(false).bad("x")).isEqualTo("x");
        assertThat(new Style(true).bad("x")).isEqualTo("\u001b[31mx\u001b[0m");
    }
}
