package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Schema, draft 7 and 2020-12. */
class JsonSchemaTest {
    static final String CUSTOMER = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "Customer",
              "type": "object",
              "required": ["id", "name"],
              "properties": {
                "id": { "type": "integer", "minimum": 1 },
                "name": { "type": "string", "maxLength": 80 },
                "tier": { "enum": ["free", "pro"] },
                "address": { "$ref": "#/$defs/address" },
                "contacts": {
                  "type": "array",
                  "items": { "anyOf": [{ "$ref": "#/$defs/email" }, { "$ref": "#/$defs/phone" }] }
                },
                "parent": { "$ref": "#" },
                "plan": { "allOf": [{ "$ref": "#/$defs/base" }, { "properties": { "months": { "type": "integer" } } }] }
              },
              "$defs": {
                "address": {
                  "type": "object",
                  "properties": { "city": { "type": "string" }, "zip": { "type": ["string", "null"] } },
                  "required": ["city"]
                },
                "email": { "type": "object", "properties": { "email": { "type": "string" } }, "required": ["email"] },
                "phone": { "type": "object", "properties": { "number": { "type": "string" } } },
                "base": { "type": "object", "properties": { "price": { "type": "number" } } }
              }
            }
            """;

    private static List<String> problems(String from, String to) {
        assertThat(CUSTOMER).contains(from);
        return Deployments.ofDocument(CUSTOMER, CUSTOMER.replace(from, to)).stream()
                .map(Problem::oneLine)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"tier\": { \"enum\": [\"free\", \"pro\"] },||field model.tier would go|schema.data-loss",
                "\"zip\": { \"type\": [\"string\", \"null\"] } }|\"x\": {} }|field address.zip would go|schema.data-loss",
                "[\"id\", \"name\"]|[\"id\", \"name\", \"tier\"]|model.tier was optional and becomes required|schema.unsafe",
                "[\"id\", \"name\"]|[\"id\", \"name\", \"new\"]|model.new is new and required|schema.unsafe",
                "[\"string\", \"null\"]|\"string\"|address.zip allowed \"null\" or \"string\" and now|schema.unsafe",
                "[\"free\", \"pro\"]|[\"free\"]|model.tier allowed one of \"free\", \"pro\" and now|schema.unsafe",
                "\"minimum\": 1|\"minimum\": 2|model.id allowed \"integer\" (minimum 1) and now|schema.unsafe",
                "\"maxLength\": 80|\"maxLength\": 80, \"pattern\": \"^x\"|model.name allowed|schema.unsafe",
                "\"type\": \"integer\", \"minimum\": 1|\"type\": \"string\"|model.id was \"integer\" (minimum 1) and becomes|schema.unsafe",
                ", { \"$ref\": \"#/$defs/phone\" }]|]|model.contacts allowed|schema.unsafe",
                "\"months\": { \"type\": \"integer\" }|\"years\": { \"type\": \"integer\" }|field model.plan.months would go|schema.data-loss",
                "\"price\": { \"type\": \"number\" }|\"price\": { \"type\": \"string\" }|model.plan.price was \"number\"|schema.unsafe",
                "\"title\": \"Customer\",|\"additionalProperties\": false,|under names that are no fields|schema.unsafe",
            })
    void finds(String from, String to, String part, String id) {
        assertThat(problems(from, to == null ? "" : to))
                .singleElement()
                .asString()
                .contains(part)
                .endsWith("[" + id + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Customer\"|\"Buyer\"",
                "[\"id\", \"name\"]|[\"name\", \"id\"]",
                "[\"id\", \"name\"]|[\"name\"]",
                "[\"free\", \"pro\"]|[\"pro\", \"free\", \"team\"]",
                "\"type\": \"integer\", \"minimum\": 1|\"minimum\": 1.0, \"type\": \"integer\"",
                "\"type\": \"integer\", \"minimum\": 1|\"type\": \"number\"",
                "\"maxLength\": 80|\"description\": \"Full name\"",
                "\"tier\":|\"note\": { \"type\": \"string\" }, \"tier\":",
                "{ \"$ref\": \"#\" }|{ \"allOf\": [{ \"$ref\": \"#\" }], \"description\": \"above\" }",
                "\"required\": [\"city\"]|\"required\": []",
                "#/$defs/address|#/%24defs/address",
                "{ \"enum\": [\"free\", \"pro\"] }|{ \"type\": \"string\" }",
                "{ \"type\": [\"string\", \"null\"] }|{ \"oneOf\": [{ \"type\": \"null\" }, { \"type\": \"string\" }] }",
            })
    void doesNotMind(String from, String to) {
        assertThat(problems(from, to)).isEmpty();
    }

    @Test
    void takesEachDefinitionForAModelWhereTheRootSaysNothing() {
        String both = "{\"definitions\": {\"a\": {\"type\": \"object\", \"properties\": {\"x\": {\"type\":"
                + " \"string\"}}}, \"b\": {\"type\": \"object\"}}}";
        String one = both.replace(", \"b\": {\"type\": \"object\"}", "");

        assertThat(Deployments.ofDocument(both, one))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("all data of model b would go"));
        assertThat(Deployments.ofDocument(one, both)).isEmpty();
    }

    @Test
    void passesOverWhatStandsBesideAReferenceInDraftSeven() {
        String before =
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\", \"properties\":"
                        + " {\"a\": {\"$ref\": \"#/definitions/s\"}}, \"definitions\": {\"s\": {\"type\": \"string\"}}}";

        assertThat(Deployments.ofDocument(
                        before, before.replace("#/definitions/s\"", "#/definitions/s\", \"maxLength\": 3")))
                .isEmpty();
        String newer = before.replace("draft-07/schema#", "draft/2020-12/schema");
        assertThat(Deployments.ofDocument(
                        newer, newer.replace("#/definitions/s\"", "#/definitions/s\", \"maxLength\": 3")))
                .hasSize(1);
    }

    @Test
    void endsOnSchemasThatReferToThemselves() {
        String loop =
                "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}, \"c\": {\"allOf\":"
                        + " [{\"$ref\": \"#/$defs/c\"}], \"properties\": {\"d\": {\"allOf\": [{\"$ref\": \"#/$defs/c\"}],"
                        + " \"minProperties\": 1}}}}}";

        assertThat(Deployments.ofDocument(loop, loop)).isEmpty();
    }

    @Test
    void comparesKeywordsThatItDoesNotUnderstandAsTheyAreWritten() {
        String before = "{\"type\": \"object\", \"if\": {\"required\": [\"a\", \"b\"]}, \"then\": {\"required\":"
                + " [\"c\"]}}";

        assertThat(Deployments.ofDocument(before, before.replace(" ", "  "))).isEmpty();
        assertThat(Deployments.ofDocument(before, before.replace("\"c\"", "\"d\"")))
                .singleElement()
                .satisfies(p -> assertThat(p.id()).isEqualTo("schema.unsafe"));
    }

    @Test
    void refusesReferencesThatLeadNowhere() {
        assertThat(problems("#/$defs/address", "#/$defs/adress"))
                .singleElement()
                .asString()
                .startsWith("model.json:10:")
                .contains("$ref \"#/$defs/adress\" leads nowhere")
                .endsWith("[check.failed]");
    }
}
