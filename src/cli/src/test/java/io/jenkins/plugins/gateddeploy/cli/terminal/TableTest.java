package io.jenkins.plugins.gateddeploy.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a table is laid out. */
class TableTest {
    private static List<String> printed(int width) {
        Table table = new Table(1, "N", "SUBJECT", "BY");
        table.row("1", "A rather long subject of a commit", "ada");
        table.row("22", "Übergrößenträger", "bob");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, StandardCharsets.UTF_8), new Screen(false, false, width));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void linesUpItsColumns() {
        assertThat(printed(Integer.MAX_VALUE))
                .containsExactly(
                        "N   SUBJECT                            BY",
                        "1   A rather long subject of a commit  ada",
                        "22  Übergrößenträger                   bob");
    }

    @Test
    void cutsTheOneColumnThatMayBeCut() {
        assertThat(printed(30)).allMatch(line -> line.length() <= 30).contains("1   A rather long subjec…  ada");
    }
}
