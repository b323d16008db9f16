package io.jenkins.plugins.gateddeploy.checks.development;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Analysis;
import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Level;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisCheckTest {
    private static final String SARIF = """
            { "version": "2.1.0", "runs": [ {
              "results": [
                { "ruleId": "S1", "ruleIndex": 0, "message": { "text": "Null is read" }, "codeFlows": [ { "level": "error" } ],
                  "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "src/A.java" }, "region": { "startLine": 7 } } } ] },
                { "ruleId": "S2", "level": "warning", "message": { "text": "Long line" } },
                { "ruleId": "S3/sub", "message": { "text": "By its rule" } },
                { "ruleId": "S1", "level": "error", "message": { "text": "Borne" }, "suppressions": [ { "kind": "inSource" } ] },
                { "ruleId": "S1", "level": "error", "message": { "text": "Gone" }, "baselineState": "absent" },
                { "ruleId": "S1", "kind": "pass", "message": { "text": "Kept" } }
              ],
              "tool": { "driver": { "name": "x", "rules": [
                { "id": "S1", "defaultConfiguration": { "level": "error" } }, { "id": "S2" },
                { "id": "S3", "defaultConfiguration": { "level": "note" } } ] } }
            } ] }""";

    private static final String CHECKSTYLE = """
            <?xml version="1.0"?>
            <checkstyle version="10.0">
              <file name="src/B.java">
                <error line="3" column="5" severity="error" message="Missing braces" source="checks.Braces"/>
                <error line="9" severity="warning" message="Magic" source="checks.Magic"/>
                <error line="9" severity="info" message="Trailing" source="checks.Space"/>
                <error line="9" severity="ignore" message="Nothing" source="checks.None"/>
              </file>
            </checkstyle>
            """;

    @ParameterizedTest
    @CsvSource({"ERROR,1", "WARNING,2", "NOTE,3"})
    void countsFindingsFromALevelOn(Level level, int count) throws Exception {
        assertThat(find(level, 0, "a.sarif", SARIF)).hasSize(count + 1);
        assertThat(find(level, count, "a.sarif", SARIF)).isEmpty();
        assertThat(find(level, count - 1, "a.sarif", SARIF)).hasSize(count + 1);
        assertThat(find(level, 0, "a.xml", CHECKSTYLE)).hasSize(count + 1);
        assertThat(find(level, 2 * count, "a.sarif", SARIF, "a.xml", CHECKSTYLE))
                .isEmpty();
    }

    @Test
    void showsTheFirstFindingsWithTheirPlaces() throws Exception {
        assertThat(find(Level.ERROR, 0, "a.sarif", SARIF, "a.xml", CHECKSTYLE))
                .containsExactly(
                        "Static analysis has 2 findings of the level error or above, and 0 are borne. Mend them, or raise"
                                + " development.static.most in deploy.toml. [problem.static]",
                        "src/A.java:7: Null is read (S1) Mend it. [problem.static]",
                        "src/B.java:3: Missing braces (checks.Braces) Mend it. [problem.static]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejected", "underReview"})
    void countsWhatIsNotYetSuppressed(String status) throws Exception {
        String open = SARIF.replace("\"kind\": \"inSource\"", "\"kind\": \"external\", \"status\": \"" + status + "\"");

        assertThat(find(Level.ERROR, 0, "a.sarif", open)).anyMatch(line -> line.contains("Borne"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{ \"runs\": [] }",
                "{ \"runs\": 1 }",
                "{ \"runs\": [ { \"results\": [] }, { \"tool\": {} } ] }",
                "{ \"runs\": [ { \"results\": null } ] }",
                "{ \"runs\": [ { \"results\": [ {",
                "{ \"runs\": [] } x",
                "<checkstyle><file>",
                "<pmd/>",
                "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><checkstyle/>",
            })
    void saysWhenAReportCannotBeRead(String report) throws Exception {
        assertThat(find(Level.ERROR, 0, "a.bad", report))
                .singleElement()
                .asString()
                .startsWith("a.bad: The report of static analysis cannot be read: ")
                .endsWith("[problem.static]");
    }

    @Test
    void refusesWhatIsTooDeep() throws Exception {
        String deep = "{ \"runs\": [ { \"results\": [ { \"x\": " + "[".repeat(100_000);

        assertThat(find(Level.ERROR, 0, "a.sarif", deep))
                .singleElement()
                .asString()
                .contains("not JSON to its end");
    }

    @Test
    void findsThatAPatternMatchesNothing() throws Exception {
        Analysis rules = new Analysis(List.of("missing/*.sarif"), 5, Level.ERROR);

        assertThat(new AnalysisCheck(rules, GivenDevelopment.with()).find())
                .extracting(Problem::oneLine)
                .singleElement()
                .asString()
                .contains("No report of static analysis matches missing/*.sarif.");
    }

    @Test
    void namesTwentyOfManyAndCountsAll() throws Exception {
        String many = "<checkstyle><file name='x'>" + "<error severity='error' message='m'/>".repeat(30_000)
                + "</file></checkstyle>";

        assertThat(find(Level.ERROR, 0, "a.xml", many))
                .hasSize(21)
                .first()
                .asString()
                .contains("30000 findings")
                .contains("the first 20 are shown");
    }

    @Property(tries = 300)
    void answersToAnyBytes(@ForAll byte[] bytes, @ForAll @IntRange(max = 1200) int at) throws Exception {
        byte[] damaged = SARIF.getBytes(StandardCharsets.UTF_8);
        int from = Math.min(at, damaged.length);
        System.arraycopy(bytes, 0, damaged, from, Math.min(bytes.length, damaged.length - from));
        for (byte[] report : List.of(bytes, damaged)) {
            GivenDevelopment development =
                    new GivenDevelopment(Optional.empty(), Map.of("a", report), Optional.empty());

            assertThat(new AnalysisCheck(new Analysis(List.of("a"), 0, Level.NOTE), development).find())
                    .isNotEmpty();
        }
    }

    private static List<String> find(Level level, int most, String... pathsAndTexts) throws Exception {
        Analysis rules = new Analysis(List.of("a"), most, level);
        return new AnalysisCheck(rules, GivenDevelopment.with(pathsAndTexts))
                .find().stream().map(Problem::oneLine).toList();
    }
}
