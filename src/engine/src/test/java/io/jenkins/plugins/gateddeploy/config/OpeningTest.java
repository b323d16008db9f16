package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows and freezes as deploy.toml and forms have them. */
class OpeningTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Hours THURSDAYS =
            new Hours(EnumSet.of(DayOfWeek.THURSDAY), LocalTime.of(22, 0), LocalTime.of(2, 0), BERLIN);
    private static final Freeze CHRISTMAS =
            new Freeze(LocalDate.of(2026, 12, 20), LocalDate.of(2027, 1, 3), "Christmas", BERLIN);

    @Test
    void isReadFromTheTopAndReplacedBelowAnEnvironment() throws Exception {
        String file = Written.SMALLEST + """
                windows = [{ days = "thu", from = "22:00", until = "02:00", zone = "Europe/Berlin" }]
                freezes = [{ from = "2026-12-20", until = "2027-01-03", reason = "Christmas", zone = "Europe/Berlin" }]
                outside = "wait"
                """ + Written.ENVIRONMENT + """

                [environments.staging]
                targets = ["web-2"]
                windows = []
                freezes = [{ from = "2026-05-01", until = "2026-05-01" }]
                outside = "refuse"
                """;
        DeployFile read = DeployFile.parse("deploy.toml", file);

        assertThat(read.configuration("live").opening())
                .isEqualTo(new Opening(List.of(THURSDAYS), List.of(CHRISTMAS), Outside.WAIT));
        assertThat(read.configuration("staging").opening())
                .isEqualTo(new Opening(
                        List.of(),
                        List.of(new Freeze(LocalDate.of(2026, 5, 1), LocalDate.of(2026, 5, 1), "", ZoneOffset.UTC)),
                        Outside.REFUSE));
        assertThat(Written.live("").opening().isAlways()).isTrue();
    }

    @Test
    void comesBackFromItsJson() throws Exception {
        Configuration configuration = Written.live("""
                windows = [{ days = "thu", from = "22:00", until = "02:00", zone = "Europe/Berlin" }]
                freezes = [{ from = "2026-12-20", until = "2027-01-03", reason = "Christmas", zone = "Europe/Berlin" }]
                """);

        String json = CanonicalJson.write(configuration.opening());

        assertThat(CanonicalJson.read(json, Opening.class)).isEqualTo(configuration.opening());
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(Written.problemsOf("windows = [{ from = \"09:00\", until = \"09:00\", zone = \"UTC\" }]"))
                .singleElement()
                .asString()
                .contains("windows[0].until", "from \"00:00\" until \"24:00\"", "is 09:00 too");
        assertThat(Written.problemsOf("windows = [{ days = \"mon-thy\", from = \"9:00\", until = \"16:00\" }]"))
                .hasSize(3);
        assertThat(Written.problemsOf("freezes = [{ from = \"2026-12-20\", until = \"2026-12-19\" }]"))
                .singleElement()
                .asString()
                .contains("freezes[0].until", "not before from (2026-12-20)", "is 2026-12-19");
        assertThat(Written.problemsOf("freezes = [{ from = \"2026-02-30\", until = \"+12026-12-19\" }]"))
                .hasSize(2);
        assertThat(Written.problemsOf("outside = \"waits\""))
                .singleElement()
                .asString()
                .contains("did you mean \"wait\"?");
    }

    @Test
    void isReadFromLinesOfAForm() {
        assertThat(OpeningText.window(" thu 22:00-02:00 Europe/Berlin ")).isEqualTo(THURSDAYS);
        assertThat(OpeningText.window("mon,wed-fri 09:00 until 24:00 UTC").days())
                .containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
        assertThat(OpeningText.window("09:00-16:00 UTC").days()).isEqualTo(Set.of(DayOfWeek.values()));
        assertThat(OpeningText.freeze("2026-12-20 until 2027-01-03 Europe/Berlin: Christmas"))
                .isEqualTo(CHRISTMAS);
        assertThat(OpeningText.freeze("2026-12-20 until 2027-01-03").zone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void saysWhichLineOfAFormIsNone() {
        for (String line : List.of("", "mon", "mon 09:00", "mon 09:00-09:00 UTC", "mon 25:00-26:00 UTC", "mon 9-5 X")) {
            assertThatThrownBy(() -> OpeningText.window(line)).as(line).isInstanceOf(IllegalArgumentException.class);
        }
        for (String line : List.of("", "2026-12-20", "2026-12-20 until 2026-12-19", "2026-12-20 until 2026-13-01 X")) {
            assertThatThrownBy(() -> OpeningText.freeze(line)).as(line).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> OpeningText.window("mon 09:00-16:00 Berlin"))
                .hasMessageContaining("mon 09:00-16:00 Berlin")
                .hasMessageContaining("is \"Berlin\", which is none");
    }
}
