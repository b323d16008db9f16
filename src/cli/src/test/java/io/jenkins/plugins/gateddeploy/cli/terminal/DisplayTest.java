package io.jenkins.plugins.gateddeploy.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A deployment while it runs. */
class DisplayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static List<Target> targets(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Target("u", "web-" + i, 22, Set.of(), List.of()))
                .toList();
    }

    private Display display(Screen screen, List<Target> targets) {
        return new Display(new PrintStream(out, true, StandardCharsets.UTF_8), screen, targets);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTheLogAloneWhereNobodyLooks() {
        try (Display display = display(Screen.none(), targets(2))) {
            display.phase("switch", targets(2));
            display.line(new LogLine(Instant.EPOCH, "web-2", "done"));
            display.line(new LogLine(Instant.EPOCH, "", "all done"));
        }
        assertThat(printed().lines()).containsExactly("web-2 | done", "all done");
    }

    @Test
    void keepsALineForEachTargetBelowTheLogAndTakesItAwayAtTheEnd() {
        try (Display display = display(new Screen(true, false, 80), targets(2))) {
            display.phase("switch", targets(2));
            display.target(targets(2).get(1), "health");
            display.line(new LogLine(Instant.EPOCH, "", "a line"));
        }
        assertThat(printed()).contains("  web-1  switch\n  web-2  health\n", "\u001b[2A\r\u001b[Ja line\n");
        assertThat(printed()).endsWith("\u001b[2A\r\u001b[J");
    }

    @Test
    void countsTargetsThatAreTooManyToList() {
        try (Display display = display(new Screen(true, false, 80), targets(50))) {
            display.phase("switch", targets(50));
        }
        assertThat(printed()).contains("  50 targets  switch\n").doesNotContain("web-1");
    }
}
