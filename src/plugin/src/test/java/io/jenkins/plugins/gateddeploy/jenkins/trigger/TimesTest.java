package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks in Berlin go forward on 2030-03-31 at 02:00 (01:00 UTC), and back on 2030-10-27 at 03:00 (01:00 UTC). */
class TimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "daily at 02:00 | 2030-05-01T01:59:59Z | 2030-05-01T02:00:00Z 2030-05-02T02:00:00Z",
                "daily at 02:00 | 2030-05-01T02:00:00Z | 2030-05-02T02:00:00Z 2030-05-03T02:00:00Z",
                "Daily at 2:00 in Asia/Tokyo | 2030-05-01T00:00:00Z | 2030-05-01T17:00:00Z 2030-05-02T17:00:00Z",
                "weekly on sun at 02:00 | 2030-05-01T00:00:00Z | 2030-05-05T02:00:00Z 2030-05-12T02:00:00Z",
                "weekly on Mon, thursday at 18:30 | 2030-05-01T00:00:00Z | 2030-05-02T18:30:00Z 2030-05-06T18:30:00Z",
                "daily at 00:30 in Pacific/Kiritimati | 2030-05-01T10:29:00Z | 2030-05-01T10:30:00Z 2030-05-02T10:30:00Z",
            })
    void findsTheNextTimes(String lines, Instant after, String expected) {
        assertThat(next(lines, after, 2)).containsExactly(expected.split(" "));
    }

    @Test
    void takesTheLastDayOfAMonthThatIsShorter() {
        assertThat(next("monthly on 31 at 12:00", "2030-01-31T12:00:00Z", 4))
                .containsExactly(
                        "2030-02-28T12:00:00Z", "2030-03-31T12:00:00Z", "2030-04-30T12:00:00Z", "2030-05-31T12:00:00Z");
        assertThat(next("monthly on 30 at 12:00", "2032-02-01T00:00:00Z", 2))
                .containsExactly("2032-02-29T12:00:00Z", "2032-03-30T12:00:00Z");
        assertThat(next("monthly on last at 12:00", "2030-02-01T00:00:00Z", 2))
                .containsExactly("2030-02-28T12:00:00Z", "2030-03-31T12:00:00Z");
    }

    @Test
    void comesOnceOnADayWhoseClocksLeaveTheTimeOut() {
        // 02:30 does not exist on March 31; it is 03:30 in summer time then.
        assertThat(next("daily at 02:30 in Europe/Berlin", "2030-03-30T00:00:00Z", 3))
                .containsExactly("2030-03-30T01:30:00Z", "2030-03-31T01:30:00Z", "2030-04-01T00:30:00Z");
    }

    @Test
    void comesOnceOnADayWhoseClocksRepeatTheTime() {
        // 02:30 is at 00:30 and at 01:30 UTC on October 27.
        assertThat(next("daily at 02:30 in Europe/Berlin", "2030-10-26T12:00:00Z", 2))
                .containsExactly("2030-10-27T00:30:00Z", "2030-10-28T01:30:00Z");
    }

    @Test
    void keepsTheTimeOfDayOfEachZone() {
        assertThat(next("daily at 06:00 in Europe/Berlin, America/New_York", "2030-05-01T00:00:00Z", 3))
                .containsExactly("2030-05-01T04:00:00Z", "2030-05-01T10:00:00Z", "2030-05-02T04:00:00Z");
        // America's clocks have gone forward by then, Europe's have not.
        assertThat(next("daily at 06:00 in Europe/Berlin, America/New_York", "2030-03-20T00:00:00Z", 2))
                .containsExactly("2030-03-20T05:00:00Z", "2030-03-20T10:00:00Z");
    }

    @Test
    void readsCronAsJenkinsDoes() {
        assertThat(next("0 3 * * 1-5", "2030-05-03T12:00:00Z", 2))
                .containsExactly("2030-05-06T03:00:00Z", "2030-05-07T03:00:00Z");
        assertThat(next("TZ=Asia/Tokyo\n0 3 1 * *", "2030-05-03T12:00:00Z", 1)).containsExactly("2030-05-31T18:00:00Z");
        assertThat(Times.parse("H 3 * * *", ZoneOffset.UTC, "shop").coming(Instant.parse("2030-05-01T00:00:00Z"), 1))
                .isEqualTo(Times.parse("H 3 * * *", ZoneOffset.UTC, "shop")
                        .coming(Instant.parse("2030-05-01T00:00:00Z"), 1));
    }

    @Test
    void cronLeavesOutATimeThatDoesNotExistAndTakesTheSecondOfTwo() {
        assertThat(next("TZ=Europe/Berlin\n30 2 * * *", "2030-03-30T00:00:00Z", 2))
                .containsExactly("2030-03-30T01:30:00Z", "2030-04-01T00:30:00Z");
        assertThat(next("TZ=Europe/Berlin\n30 2 * * *", "2030-10-26T12:00:00Z", 2))
                .containsExactly("2030-10-27T01:30:00Z", "2030-10-28T01:30:00Z");
    }

    @Test
    void takesTheEarliestOfSeveralLinesAndNoneTwice() {
        String lines = "# releases\ndaily at 05:00\n\n0 4 * * *\r\ndaily at 04:00";

        assertThat(next(lines, "2030-05-01T00:00:00Z", 3))
                .containsExactly("2030-05-01T04:00:00Z", "2030-05-01T05:00:00Z", "2030-05-02T04:00:00Z");
    }

    @Test
    void findsTheLastTimeOfAnInterval() {
        Times times = Times.parse("daily at 02:00", ZoneOffset.UTC, "shop");
        Instant due = Instant.parse("2030-05-03T02:00:00Z");

        assertThat(times.last(Instant.parse("2030-05-01T00:00:00Z"), due)).contains(due);
        assertThat(times.last(due, due.plusSeconds(3600))).isEmpty();
        assertThat(times.last(due.minusSeconds(1), due.minusMillis(1))).isEmpty();
    }

    @Test
    void saysWhatNeverComes() {
        assertThat(next("0 0 31 2 *", "2030-05-01T00:00:00Z", 5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "daily",
                "daily at 24:00",
                "daily at 2",
                "daily on mon at 02:00",
                "weekly at 02:00",
                "weekly on someday at 02:00",
                "weekly on m at 02:00",
                "monthly on 0 at 02:00",
                "monthly on 32 at 02:00",
                "daily at 02:00 in Europe/Atlantis",
                "daily at 02:00 in europe/berlin",
                "TZ=Nowhere",
                "sometimes",
                "61 * * * *"
            })
    void namesTheLineThatIsWrong(String line) {
        assertThatThrownBy(() -> Times.parse(line, ZoneOffset.UTC, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + line + "\": ");
    }

    @Test
    void usesTheZoneOfJenkinsWhereNoneIsNamed() {
        assertThat(Times.parse("daily at 02:00", ZoneId.of("Asia/Tokyo"), "shop")
                        .coming(Instant.parse("2030-05-01T00:00:00Z"), 1))
                .singleElement()
                .hasToString("2030-05-02T02:00+09:00[Asia/Tokyo]");
    }

    private static List<String> next(String lines, String after, int many) {
        return next(lines, Instant.parse(after), many);
    }

    private static List<String> next(String lines, Instant after, int many) {
        return Times.parse(lines, ZoneOffset.UTC, "shop").coming(after, many).stream()
                .map(time -> time.toInstant().toString())
                .toList();
    }
}
