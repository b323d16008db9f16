package io.jenkins.plugins.gateddeploy.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that were made to do harm: always a problem with a message, never anything else. */
class HostileDocumentsTest {
    private static final String GOOD =
            "{\"openapi\":\"3.0.0\",\"paths\":{\"/a\":{\"get\":{\"parameters\":[{\"name\":\"b\","
                    + "\"in\":\"query\",\"schema\":{\"oneOf\":[{\"type\":\"string\"},{\"$ref\":\"#/x\"}]}}],\"responses\":{\"200\":"
                    + "{\"content\":{\"a/b\":{\"schema\":{\"allOf\":[{\"$ref\":\"#/x\"}]}}}}}}}},\"x\":{\"type\":\"object\",\"properties\""
                    + ":{\"a\":{\"$ref\":\"#/x\"},\"b\":{\"enum\":[1,2]}},\"required\":[\"a\"]}}";

    private static final Duration SOON = Duration.ofSeconds(60);

    @Property(tries = 300)
    void answersToAnyBytes(@ForAll byte[] bytes) {
        either(bytes, "api.json");
        either(bytes, "api.yaml");
        either(bytes, "functions");
    }

    @Property(tries = 300)
    void answersToDamagedDocuments(@ForAll("damaged") String text) {
        either(text.getBytes(StandardCharsets.UTF_8), "api.json");
        either(text.getBytes(StandardCharsets.UTF_8), "api.yaml");
    }

    @Property(tries = 300)
    void answersToSomethingLikeADocument(@ForAll("alike") String text) {
        either(
                ("{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":{\"get\":" + text + "}}}").getBytes(StandardCharsets.UTF_8),
                "api.json");
        either(("{\"functions\":[" + text + "]}").getBytes(StandardCharsets.UTF_8), "api.json");
    }

    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, GOOD.length() - 1);
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                "\"",
                ":",
                ",",
                "null",
                "1e999999999",
                "-",
                "&a ",
                "*a",
                "!!java.net.URL ",
                "\t",
                "\n",
                "#",
                "%",
                "\u0000",
                "\uD800",
                "<<: ",
                "\"$ref\":\"#/x\",",
                "\"allOf\":[{\"$ref\":\"#/x\"}],",
                "---\n");
        return Combinators.combine(places, places, pieces)
                .as((from, to, piece) ->
                        GOOD.substring(0, Math.min(from, to)) + piece + GOOD.substring(Math.max(from, to)));
    }

    /** JSON with the words of OpenAPI in places where they do not belong. */
    @Provide
    Arbitrary<String> alike() {
        Arbitrary<String> words = Arbitraries.of(
                "type",
                "properties",
                "required",
                "items",
                "allOf",
                "oneOf",
                "anyOf",
                "$ref",
                "enum",
                "nullable",
                "parameters",
                "schema",
                "responses",
                "200",
                "content",
                "a/b",
                "requestBody",
                "security",
                "name",
                "in",
                "args",
                "value",
                "additionalProperties",
                "maximum",
                "format",
                "callbacks",
                "headers",
                "fieldType",
                "discriminator",
                "mapping");
        Arbitrary<String> leaves = Arbitraries.of(
                "\"string\"",
                "\"object\"",
                "\"#/paths/~1a/get\"",
                "\"union\"",
                "1",
                "1e99999",
                "true",
                "false",
                "null",
                "[]",
                "{}",
                "\"\"");
        Arbitrary<String> deeper = leaves;
        for (int level = 0; level < 6; level++) {
            Arbitrary<String> below = deeper;
            Arbitrary<String> lists = below.list().ofMaxSize(2).map(items -> "[" + String.join(",", items) + "]");
            Arbitrary<String> tables = Combinators.combine(words.set().ofSize(2), below, below)
                    .as((keys, a, b) -> "{\"" + String.join("\":" + a + ",\"", keys) + "\":" + b + "}");
            deeper = Arbitraries.oneOf(leaves, lists, tables, tables);
        }
        return deeper;
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[{\"allOf\":"})
    void refusesWhatIsTooDeep(String step) {
        refuses(step.repeat(200_000), "api.json");
        refuses(step.repeat(200_000), "api.yaml");
        refuses("a:\n  ".repeat(3) + "- ".repeat(100_000), "api.yaml");
    }

    @Test
    void refusesWhatIsTooLarge() {
        refuses("[" + "0,".repeat(17 * 1024 * 1024) + "0]", "api.json");
        refuses("[" + "0,".repeat(5_000_000) + "0]", "api.json");
        refuses("\"" + "a".repeat(33 * 1024 * 1024) + "\"", "api.json");
    }

    @Test
    void makesNoObjectsOfTags() {
        refuses(
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://127.0.0.1:1/']]]]",
                "api.yaml");
    }

    @Test
    void isNotBlownUpByAliases() {
        StringBuilder bomb = new StringBuilder(
                "openapi: 3.0.0\npaths: { /a: { get: { responses: {} } } }\nl0: &l0 { type: string }\n");
        for (int i = 1; i < 60; i++) {
            String below = "*l" + (i - 1);
            bomb.append("l").append(i).append(": &l").append(i);
            bomb.append(" { allOf: [")
                    .append(below)
                    .append(", ")
                    .append(below)
                    .append("], anyOf: [")
                    .append(below)
                    .append(", ");
            bomb.append(below)
                    .append("], properties: { a: ")
                    .append(below)
                    .append(", b: ")
                    .append(below)
                    .append(" } }\n");
        }
        String before = bomb.toString()
                .replace("responses: {}", "responses: { '200': { content: { a/b: { schema: { $ref: '#/l59' } } } } }");

        assertThat(timed(before, before + "#\n")).isNotBlank();
        assertThat(timed(before, before.replace("type: string", "type: integer")))
                .isNotBlank();
    }

    @Test
    void isNotHeldUpByChoices() {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            groups.append("{ anyOf: [{ required: [a")
                    .append(i)
                    .append("] }, { required: [b")
                    .append(i)
                    .append("] }] }, ");
        }
        String api =
                "openapi: 3.0.0\npaths: { /a: { post: { requestBody: { content: { a/b: { schema: { allOf: [%s] } } } } } } }\n";
        String many = String.format(api, groups);
        String more = String.format(api, groups + "{ anyOf: [{ required: [c] }, { required: [d] }] }");

        assertThat(timed(many, many + "#\n")).isEqualTo("found []");
        assertThat(timed(many, more)).isNotBlank();
        assertThat(timed(more, many)).isEqualTo("found []");
    }

    @Test
    void isNotHeldUpByNumbers() {
        String number =
                "openapi: 3.0.0\npaths: { /a: { post: { parameters: [{ name: a, in: query, schema: { type: number,"
                        + " multipleOf: 3, maximum: 1e999999999, minimum: -1e-999999999 } }] } } }\n";

        assertThat(timed(number, number.replace("multipleOf: 3", "multipleOf: 1e-999999999")))
                .isNotNull();
        assertThat(timed(number.replace("multipleOf: 3", "multipleOf: 1e999999999"), number))
                .isNotNull();
        assertThat(timed(number, number.replace("999", "99999999999999"))).isNotNull();
    }

    /** {@return what was found, or why nothing could be} */
    private static String timed(String before, String after) {
        String[] answer = new String[1];
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                SOON,
                () -> answer[0] = compare(
                        before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8), "api.yaml"));
        return answer[0];
    }

    private static void refuses(String text, String file) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> check(bytes, bytes, file).find())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file)
                .message()
                .hasSizeLessThan(1000);
    }

    /** Both as the old version and as the new one. */
    private static void either(byte[] bytes, String file) {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        assertThat(compare(bytes, good, file)).isNotBlank();
        assertThat(compare(good, bytes, file)).isNotBlank();
        assertThat(compare(
                        bytes,
                        (new String(bytes, StandardCharsets.ISO_8859_1) + " ").getBytes(StandardCharsets.ISO_8859_1),
                        file))
                .isNotBlank();
    }

    private static String compare(byte[] before, byte[] after, String file) {
        try {
            return "found " + check(before, after, file).find();
        } catch (ProblemException e) {
            assertThat(e.problems()).allMatch(problem -> !problem.message().isBlank());
            return e.getMessage();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ApiCheck check(byte[] before, byte[] after, String file) {
        return new ApiCheck(
                file,
                GivenFiles.of("v2", file, after),
                () -> before == after ? List.of() : List.of(GivenFiles.of("v1", file, before)));
    }
}
