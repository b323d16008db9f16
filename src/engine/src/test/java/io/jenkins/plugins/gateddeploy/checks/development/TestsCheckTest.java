package io.jenkins.plugins.gateddeploy.checks.development;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestsCheckTest {
    private static final String PASSED = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="shop.CartTest" time="0.2" tests="3" errors="0" skipped="1" failures="0">
              <properties><property name="java.version" value="17"/></properties>
              <testcase name="adds" classname="shop.CartTest" time="0.1"><system-out><![CDATA[<failure>]]></system-out></testcase>
              <testcase name="skips" classname="shop.CartTest"><skipped message="later"/></testcase>
              <testcase name="flaky" classname="shop.CartTest"><flakyFailure message="once">at x</flakyFailure></testcase>
            </testsuite>
            """;

    private static final String FAILED = PASSED.replace(
                    "</testsuite>",
                    "<testcase name=\"pays\" classname=\"shop.CartTest\"><failure message=\"expected 1&#10;but"
                            + " was 2\" type=\"x\">at y</failure></testcase></testsuite>")
            .replace("failures=\"0\"", "failures=\"1\"");

    @Test
    void hasNothingToSayWhenAllPassed() throws Exception {
        assertThat(find(
                        "a/TEST-1.xml",
                        PASSED,
                        "a/TEST-2.xml",
                        "<testsuites>" + PASSED.substring(39) + "</testsuites>"))
                .isEmpty();
    }

    @Test
    void namesTestsThatFailed() throws Exception {
        assertThat(find("a/TEST-1.xml", PASSED, "a/TEST-2.xml", FAILED))
                .containsExactly("a/TEST-2.xml: The test failed: shop.CartTest.pays: expected 1 but was 2. Mend it."
                        + " [problem.tests]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<testsuite><testcase name=\"a\"><error/></testcase></testsuite>|The test failed: a.",
                "<testsuites><testsuite name=\"s\"><error message=\"no browser\"/></testsuite></testsuites>|s: no browser",
                "<testsuite name=\"s\" tests=\"3\" errors=\"2\"/>|s: its report counts 2 without naming them",
                "<testsuites failures=\"1\"><testsuite tests=\"1\"><testcase name=\"a\"/></testsuite></testsuites>|counts 1 without",
                "<testsuites><testsuite><testsuite><testcase name=\"deep\"><failure/></testcase></testsuite></testsuite></testsuites>|deep",
                "<testsuite><testcase name=\"a\"><failure/><failure/><rerunFailure/></testcase></testsuite>|The test failed: a.",
            })
    void readsWhatOtherToolsWrite(String report, String message) throws Exception {
        assertThat(find("a.xml", report)).singleElement().asString().contains(message);
    }

    @Test
    void countsAFailureOfANestedSuiteOnce() throws Exception {
        String nested =
                "<testsuites failures=\"1\"><testsuite failures=\"1\"><testcase name=\"a\"><failure/></testcase>"
                        + "</testsuite></testsuites>";

        assertThat(find("a.xml", nested)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<testsuite><testcase name='a'/>",
                "<html/>",
                "<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite><testcase name='a'/></testsuite>",
                "<!DOCTYPE t [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><testsuite name='&b;'><testcase name='a'/></testsuite>",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite><testcase name='a'>&x;</testcase></testsuite>",
                "<testsuite><testcase name='&undefined;'/></testsuite>",
                "<?xml version='1.0' encoding='no-such'?><testsuite/>",
            })
    void saysWhenAReportCannotBeRead(String report) throws Exception {
        assertThat(find("a/bad.xml", report, "a/good.xml", PASSED))
                .singleElement()
                .asString()
                .startsWith("a/bad.xml: The test report cannot be read: it")
                .doesNotContain("root:")
                .endsWith("[problem.tests]");
    }

    @Test
    void keepsWhatACutOffReportSaidBefore() throws Exception {
        assertThat(find("a.xml", FAILED.replace("</testsuite>", "")))
                .anyMatch(line -> line.contains("cannot be read"))
                .anyMatch(line -> line.contains("shop.CartTest.pays"));
    }

    @Test
    void refusesWhatIsTooDeep() throws Exception {
        assertThat(find("a.xml", "<testsuite>".repeat(100_000)))
                .anyMatch(line -> line.contains("deeper than 500 elements"));
    }

    @Test
    void findsThatAPatternMatchesNothing() throws Exception {
        List<Problem> problems =
                new TestsCheck(List.of("a", "missing/**"), GivenDevelopment.with("a.xml", PASSED)).find();

        assertThat(problems)
                .extracting(Problem::oneLine)
                .singleElement()
                .asString()
                .contains("No test report matches missing/**.");
    }

    @Test
    void findsThatNoTestRan() throws Exception {
        assertThat(find("a.xml", "<testsuite tests='0'/>"))
                .singleElement()
                .asString()
                .contains("have no tests in them");
    }

    @Test
    void readsThousandsOfFilesAndNamesTheFirstFailures() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 5000; i++) {
            files.put(
                    "r/TEST-" + i + ".xml",
                    (i % 2 == 0 ? PASSED : FAILED).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(new TestsCheck(List.of("r"), new GivenDevelopment(Optional.empty(), files, Optional.empty())).find())
                .hasSize(21)
                .first()
                .extracting(Problem::message)
                .isEqualTo("2500 of 17500 tests failed; the first 20 are shown.");
    }

    @Property(tries = 300)
    void answersToAnyBytes(@ForAll byte[] bytes, @ForAll @IntRange(max = 900) int at) throws Exception {
        byte[] damaged = FAILED.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int from = Math.min(at, damaged.length);
        System.arraycopy(bytes, 0, damaged, from, Math.min(bytes.length, damaged.length - from));
        for (byte[] report : List.of(bytes, damaged)) {
            GivenDevelopment development =
                    new GivenDevelopment(Optional.empty(), Map.of("a.xml", report), Optional.empty());

            assertThat(new TestsCheck(List.of("a"), development).find()).isNotEmpty();
        }
    }

    private static List<String> find(String... pathsAndTexts) throws Exception {
        GivenDevelopment development = GivenDevelopment.with(pathsAndTexts);
        return new TestsCheck(List.of("a"), development)
                .find().stream().map(Problem::oneLine).toList();
    }
}
