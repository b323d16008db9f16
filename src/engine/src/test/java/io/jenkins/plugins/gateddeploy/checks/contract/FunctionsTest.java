package io.jenkins.plugins.gateddeploy.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests as {@code convex function-spec} prints them, each with one change. */
class FunctionsTest {
    private static final String FUNCTIONS = """
            {
              "url": "https://happy-otter-1.convex.cloud",
              "functions": [
                {
                  "identifier": "messages.js:send",
                  "functionType": "Mutation",
                  "visibility": { "kind": "public" },
                  "args": {
                    "type": "object",
                    "value": {
                      "body": { "fieldType": { "type": "string" }, "optional": false },
                      "channel": { "fieldType": { "type": "id", "tableName": "channels" }, "optional": false },
                      "urgent": { "fieldType": { "type": "boolean" }, "optional": true },
                      "kind": { "fieldType": { "type": "union", "value": [
                        { "type": "literal", "value": "text" }, { "type": "literal", "value": "image" } ] }, "optional": false },
                      "tags": { "fieldType": { "type": "array", "value": { "type": "string" } }, "optional": true },
                      "meta": { "fieldType": { "type": "object", "value": {
                        "size": { "fieldType": { "type": "number" }, "optional": true } } }, "optional": true },
                      "headers": { "fieldType": { "type": "record", "keys": { "type": "string" },
                        "values": { "fieldType": { "type": "string" }, "optional": false } }, "optional": true }
                    }
                  },
                  "returns": { "type": "object", "value": {
                    "id": { "fieldType": { "type": "id", "tableName": "messages" }, "optional": false },
                    "count": { "fieldType": { "type": "number" }, "optional": false } } }
                },
                {
                  "identifier": "crons.js:clean",
                  "functionType": "Action",
                  "visibility": { "kind": "internal" },
                  "args": { "type": "any" },
                  "returns": null
                },
                { "functionType": "HttpAction", "method": "GET", "path": "/feed" }
              ]
            }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"messages.js:send\"|\"messages.js:post\"|messages:send is no longer there",
                "\"public\"|\"internal\"|can no longer be called by clients",
                "\"Mutation\"|\"Action\"|is now of the kind action, before mutation",
                "\"body\":|\"text\":|no longer takes the argument body",
                "\"body\":|\"text\":|has the new argument text, which is required",
                "\"boolean\" }, \"optional\": true|\"boolean\" }, \"optional\": false|now requires the argument urgent",
                "{ \"type\": \"string\" }, \"optional\": false }, \"channel\"|{ \"type\": \"number\" }, \"optional\": false }, \"channel\"|takes less for the argument body: number, before string",
                "\"channels\"|\"rooms\"|takes less for the argument channel",
                ", { \"type\": \"literal\", \"value\": \"image\" }||takes less for the argument kind",
                "\"array\", \"value\": { \"type\": \"string\" }|\"array\", \"value\": { \"type\": \"boolean\" }|takes less for the argument tags",
                "\"size\":|\"bytes\":|no longer takes the argument meta.size",
                "\"values\": { \"fieldType\": { \"type\": \"string\" }|\"values\": { \"fieldType\": { \"type\": \"number\" }|takes less for the argument headers",
                "\"count\": {|\"total\": {|may now return an object that old clients do not know",
                "\"count\": { \"fieldType\": { \"type\": \"number\" }, \"optional\": false|\"count\": { \"fieldType\": { \"type\": \"number\" }, \"optional\": true|may now return",
                "\"GET\"|\"POST\"|GET /feed is no longer there",
            })
    void findsWhatBreaksClients(String part, String other, String message) throws Exception {
        String one = FUNCTIONS.replaceAll("\\s+", " ");
        assertThat(one).contains(part);

        assertThat(compare(one, one.replace(part, other == null ? "" : other)))
                .isNotEmpty()
                .allMatch(line -> line.matches("functions.json(:1)?: The function .*"))
                .allMatch(line -> line.endsWith("[api.incompatible]"))
                .anyMatch(line -> line.contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "happy-otter|sad-otter",
                "\"crons.js:clean\"|\"crons.js:tidy\"",
                "\"body\":|\"subject\": { \"fieldType\": { \"type\": \"string\" }, \"optional\": true }, \"body\":",
                "\"id\", \"tableName\": \"channels\" }, \"optional\": false|\"id\", \"tableName\": \"channels\" }, \"optional\": true",
                "{ \"type\": \"boolean\" }|{ \"type\": \"any\" }",
                "{ \"type\": \"boolean\" }|{ \"type\": \"union\", \"value\": [{ \"type\": \"null\" }, { \"type\": \"boolean\" }] }",
                "[ { \"type\": \"literal\", \"value\": \"text\" },|[ { \"type\": \"string\" },",
                "\"count\": {|\"more\": { \"fieldType\": { \"type\": \"string\" }, \"optional\": false }, \"count\": {",
                "{ \"functionType\": \"HttpAction\"|{ \"identifier\": \"new:one\", \"args\": { \"type\": \"any\" } }, { \"functionType\": \"HttpAction\"",
            })
    void bearsWhatDoesNot(String part, String other) throws Exception {
        String one = FUNCTIONS.replaceAll("\\s+", " ");
        assertThat(one).contains(part);

        assertThat(compare(one, one.replace(part, other))).isEmpty();
        assertThat(compare(FUNCTIONS, one.replace(part, other))).isEmpty();
    }

    @Test
    void readsShortManifestsWrittenByHand() throws Exception {
        String old = """
                { "functions": [ { "name": "mail:send", "arguments": [
                  { "name": "to", "type": "string" }, { "name": "type", "type": "string", "optional": true } ] } ] }""";
        String now = """
                functions:
                  mail:send:
                    arguments: { to: string, type: { type: string, optional: true }, copy: { type: boolean, optional: true } }
                """;

        assertThat(lines(check("functions", old, now).find())).isEmpty();
        assertThat(lines(check("functions", old, now.replace("to: string", "to: number"))
                        .find()))
                .singleElement()
                .asString()
                .contains("mail:send takes less for the argument to: number, before string");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"functions\": [{}] }|has a function without a \"name\"",
                "{ \"functions\": [{ \"name\": \"a\" }, { \"name\": \"a\" }] }|has the function a twice",
                "{ \"functions\": [{ \"name\": \"a\", \"args\": [{ \"type\": \"string\" }] }] }|has an argument without a \"name\"",
                "{ \"functions\": [{ \"name\": \"a\", \"returns\": { \"x\": 1 } }] }|has a type that does not say which",
                "{ \"functions\": [{ \"name\": \"a\", \"returns\": { \"type\": \"literal\" } }] }|has a literal without",
            })
    void saysWhatIsWrongWithAManifest(String manifest, String message) {
        assertThatThrownBy(() -> compare(FUNCTIONS, manifest)).hasMessageContaining(message);
    }

    private static List<String> compare(String before, String after) throws Exception {
        return lines(check("functions.json", before, after).find());
    }

    private static ApiCheck check(String file, String before, String after) {
        return new ApiCheck(file, GivenFiles.of("v2", file, after), () -> List.of(GivenFiles.of("v1", file, before)));
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::oneLine).toList();
    }
}
