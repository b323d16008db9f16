package io.jenkins.plugins.gateddeploy.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.fixture.StandingClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenTest {
    @TempDir
    private Path directory;

    private final StandingClock clock = new StandingClock(Instant.parse("2030-05-01T12:00:00Z"));

    @Test
    void knowsAgainWhatWasThere() {
        Seen seen = seen(100);

        assertThat(seen.isNew(List.of("a", "b"))).isTrue();
        assertThat(seen.isNew(List.of("c", "b"))).isFalse();
        assertThat(seen.isNew(List.of("c"))).isTrue();
    }

    @Test
    void remembersThroughARestart() throws Exception {
        seen(100).isNew(List.of("a"));
        Files.writeString(directory.resolve("webhook/seen"), "damaged\nx y\n", java.nio.file.StandardOpenOption.APPEND);

        assertThat(seen(100).isNew(List.of("a"))).isFalse();
    }

    @Test
    void remembersWhatComesAfterALineThatWasNotWrittenToItsEnd() throws Exception {
        seen(100).isNew(List.of("a"));
        Files.writeString(directory.resolve("webhook/seen"), "18998", java.nio.file.StandardOpenOption.APPEND);

        assertThat(seen(100).isNew(List.of("b"))).isTrue();

        assertThat(seen(100).isNew(List.of("b"))).isFalse();
        assertThat(seen(100).isNew(List.of("a"))).isFalse();
    }

    @Test
    void forgetsAfterItsTime() {
        Seen seen = seen(100);
        seen.isNew(List.of("a"));

        clock.move(Duration.ofDays(30).plusSeconds(1));

        assertThat(seen.isNew(List.of("a"))).isTrue();
    }

    @Test
    void staysSmallHoweverManyCome() throws Exception {
        Seen seen = seen(10);
        for (int i = 0; i < 1000; i++) {
            seen.isNew(List.of("mark " + i));
        }

        assertThat(Files.readAllLines(directory.resolve("webhook/seen"))).hasSizeLessThan(25);
        assertThat(seen.isNew(List.of("mark 999"))).isFalse();
        assertThat(seen(10).isNew(List.of("mark 999"))).isFalse();
    }

    @Test
    void takesAgainWhatNothingCouldBeDoneWith() {
        Seen seen = seen(100);
        seen.isNew(List.of("a"));
        seen.isNew(List.of("b"));

        seen.forget(List.of("a"));

        assertThat(seen(100).isNew(List.of("b"))).isFalse();
        assertThat(seen(100).isNew(List.of("a"))).isTrue();
    }

    @Test
    void rateCountsEachByItselfAndAnewAfterAWhile() {
        Rate rate = new Rate(clock, 2, Duration.ofMinutes(1));

        assertThat(List.of(rate.isExceeded("a"), rate.isExceeded("a"), rate.isExceeded("a"), rate.isExceeded("b")))
                .containsExactly(false, false, true, false);
        clock.move(Duration.ofSeconds(60));
        assertThat(rate.isExceeded("a")).isFalse();
    }

    @Test
    void rateDoesNotGrowWithNamesThatSomebodyInvents() {
        Rate rate = new Rate(clock, 2, Duration.ofMinutes(1));
        for (int i = 0; i < 2_000; i++) {
            rate.isExceeded("invented " + i);
        }

        assertThat(rate.isExceeded("one more")).isTrue();
        assertThat(rate.isExceeded("invented 1")).isFalse();
    }

    private Seen seen(int most) {
        return new Seen(directory.resolve("webhook/seen"), clock, Duration.ofDays(30), most);
    }
}
