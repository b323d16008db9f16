package io.jenkins.plugins.gateddeploy.checks.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list of models, as Backand and Gadget have it. */
class ModelsTest {
    static final String SHOP = """
            [
              {
                "name": "users",
                "storageKey": "k-users",
                "fields": {
                  "email": { "type": "string", "required": true, "maxLength": 100, "storageKey": "k-email" },
                  "age": { "type": "integer", "storageKey": "k-age" },
                  "orders": { "collection": "orders", "via": "buyer" }
                }
              },
              {
                "name": "orders",
                "fields": {
                  "total": { "type": "float", "required": true },
                  "status": { "type": "string", "enum": ["open", "paid"] },
                  "buyer": { "object": "users" },
                  "address": { "type": "object", "fields": { "city": "string", "zip": { "type": "string" } } }
                }
              }
            ]
            """;

    private static List<String> problems(String from, String to) {
        return Deployments.ofDocument(SHOP, changed(from, to)).stream()
                .map(Problem::oneLine)
                .toList();
    }

    static String changed(String from, String to) {
        assertThat(SHOP).contains(from);
        return SHOP.replace(from, to);
    }

    @Test
    void findsNothingWhenNothingChanges() {
        assertThat(Deployments.ofDocument(SHOP, SHOP)).isEmpty();
    }

    @Test
    void namesTheDataThatGoesWithAField() {
        assertThat(problems("\"age\": { \"type\": \"integer\", \"storageKey\": \"k-age\" },", ""))
                .containsExactly("model.json:2: Field users.age is deleted. Compared with v1, what is stored in field"
                        + " users.age would go. Make the field optional first and remove it when nobody needs its data."
                        + " The task backup makes a copy of the data before. [schema.data-loss]");
    }

    @Test
    void namesTheDataThatGoesWithAModel() {
        String users = SHOP.substring(SHOP.indexOf("{\n    \"name\": \"orders"), SHOP.lastIndexOf(']'));
        assertThat(Deployments.ofDocument(SHOP, "[" + users + "]"))
                .singleElement()
                .satisfies(p -> assertThat(p.id()).isEqualTo("schema.data-loss"))
                .satisfies(p -> assertThat(p.message()).contains("all data of model users would go"));
    }

    @Test
    void findsAFieldThatWasDeletedAndAddedAgainUnderItsName() {
        assertThat(problems("k-age", "k-age-2"))
                .singleElement()
                .asString()
                .startsWith("model.json:7: Field users.age has the storage key \"k-age-2\" now:")
                .contains("under the key \"k-age\" would go")
                .endsWith("[schema.data-loss]");
    }

    @Test
    void findsAStorageKeyThatWasRemovedFromAModel() {
        assertThat(problems("\"storageKey\": \"k-users\",", ""))
                .singleElement()
                .asString()
                .contains("Model users has the storage key \"users\" now")
                .endsWith("[schema.data-loss]");
    }

    @Test
    void takesARenamedFieldWithItsStorageKeyForTheSame() {
        assertThat(problems("\"age\": {", "\"years\": {")).isEmpty();
    }

    @Test
    void losesNoDataWithAViewOfOtherData() {
        assertThat(problems(",\n      \"orders\": { \"collection\": \"orders\", \"via\": \"buyer\" }", ""))
                .isEmpty();
    }

    @Test
    void allowsNewModelsAndNewOptionalFields() {
        assertThat(problems("\"total\":", "\"note\": { \"type\": \"text\" }, \"total\":"))
                .isEmpty();
        assertThat(problems(
                        "\"total\":",
                        "\"paid\": { \"type\": \"boolean\", \"required\": true, \"default\": false }, \"total\":"))
                .isEmpty();
        assertThat(problems(
                        "[\n  {",
                        "[ { \"name\": \"tags\", \"fields\": { \"a\": { \"type\": \"string\", \"required\":"
                                + " true } } },\n  {"))
                .isEmpty();
    }

    @Test
    void allowsRequiredToBecomeOptionalAndTypesToWiden() {
        assertThat(problems("\"float\", \"required\": true", "\"float\", \"required\": false"))
                .isEmpty();
        assertThat(problems("\"type\": \"integer\"", "\"type\": \"float\"")).isEmpty();
        assertThat(problems("\"type\": \"integer\"", "\"type\": [\"integer\", \"string\"]"))
                .isEmpty();
        assertThat(problems("[\"open\", \"paid\"]", "[\"paid\", \"open\", \"sent\"]"))
                .isEmpty();
        assertThat(problems("\"maxLength\": 100", "\"maxLength\": 200")).isEmpty();
    }

    @Test
    void refusesANewRequiredFieldWithTheStepsThatMakeItSafe() {
        assertThat(problems("\"total\":", "\"paid\": { \"type\": \"boolean\", \"required\": true },\n \"total\":"))
                .containsExactly("model.json:14: Field orders.paid is new and required, but what is stored already does"
                        + " not have it. Compared with v1. First deploy it as optional (or with a default) and fill it in"
                        + " everywhere; then make it required in a second deployment. [schema.unsafe]");
    }

    @Test
    void refusesWhatTheStoredDataMayNotFit() {
        assertThat(problems("\"type\": \"integer\"", "\"type\": \"integer\", \"required\": true"))
                .singleElement()
                .asString()
                .contains("was optional and becomes required");
        assertThat(problems("\"type\": \"integer\"", "\"type\": \"boolean\""))
                .singleElement()
                .asString()
                .contains("Field users.age was \"integer\" and becomes \"boolean\"");
        assertThat(problems("\"type\": \"float\"", "\"type\": \"integer\""))
                .singleElement()
                .asString()
                .contains("allowed \"number\" and now allows only \"integer\"");
        assertThat(problems("[\"open\", \"paid\"]", "[\"open\"]"))
                .singleElement()
                .asString()
                .contains("now allows only one of \"open\"");
        assertThat(problems("\"maxLength\": 100", "\"maxLength\": 50"))
                .singleElement()
                .asString()
                .contains("now allows only \"string\" (maxLength 50)");
        assertThat(problems("\"object\": \"users\"", "\"object\": \"orders\""))
                .singleElement()
                .asString()
                .contains("orders.buyer");
    }

    @Test
    void looksIntoObjectsWithinObjects() {
        assertThat(problems("\"city\": \"string\", ", ""))
                .singleElement()
                .asString()
                .contains("what is stored in field orders.address.city would go");
    }

    @Test
    void comparesWithEveryVersionThatIsCurrent() {
        var source = new io.jenkins.plugins.gateddeploy.config.DataSchema.Document(
                Deployments.MODEL, java.util.Optional.empty());
        var one = InMemory.of("v1", java.util.Map.of(Deployments.MODEL, SHOP));
        var other = InMemory.of("v2", java.util.Map.of(Deployments.MODEL, changed("k-age", "k-2")));
        var third = InMemory.of("v0", java.util.Map.of(Deployments.MODEL, SHOP));

        assertThat(Deployments.find(source, List.of(one, other, third), one))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("Compared with v2,"));
        assertThat(Deployments.find(source, List.of(one, other, third), other))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("Compared with v1 and v0,"));
    }

    @Test
    void hasNothingToLoseBeforeTheFirstDeployment() {
        var source = new io.jenkins.plugins.gateddeploy.config.DataSchema.Document(
                Deployments.MODEL, java.util.Optional.empty());

        assertThat(Deployments.find(source, List.of(), InMemory.of("v1", java.util.Map.of(Deployments.MODEL, SHOP))))
                .isEmpty();
        assertThat(Deployments.find(source, List.of(), InMemory.of("v1", java.util.Map.of())))
                .singleElement()
                .satisfies(p -> assertThat(p.id()).isEqualTo("check.failed"))
                .satisfies(p -> assertThat(p.message()).contains("missing, empty, or of no known format"));
    }

    @Test
    void warnsWhenTheCurrentVersionHasNoSchema() {
        var source = new io.jenkins.plugins.gateddeploy.config.DataSchema.Document(
                Deployments.MODEL, java.util.Optional.empty());

        assertThat(Deployments.find(
                        source,
                        InMemory.of("v1", java.util.Map.of("readme", "")),
                        InMemory.of("v2", java.util.Map.of(Deployments.MODEL, SHOP))))
                .singleElement()
                .satisfies(p ->
                        assertThat(p.severity()).isEqualTo(io.jenkins.plugins.gateddeploy.problem.Severity.WARNING))
                .satisfies(p -> assertThat(p.message()).contains("v1, which is current, has no model.json"));
    }

    @Test
    void saysWhereADocumentCannotBeRead() {
        assertThat(problems("\"name\": \"users\",", ""))
                .containsExactly("model.json:2: The data's schema model.json of v2 cannot be read: expected a text as"
                        + " name, but it is missing. Correct the file, or schema in deploy.toml. [check.failed]");
        assertThat(problems("\"integer\"", "\"integer\" x"))
                .singleElement()
                .asString()
                .startsWith("model.json:7:")
                .contains("it is no JSON");
        assertThat(problems("\"age\": {", "\"email\": {"))
                .singleElement()
                .asString()
                .startsWith("model.json:7:")
                .contains("a key is written twice");
        assertThat(problems("k-age", "k-email"))
                .singleElement()
                .asString()
                .contains("the storage key \"k-email\" is used twice");
    }
}
