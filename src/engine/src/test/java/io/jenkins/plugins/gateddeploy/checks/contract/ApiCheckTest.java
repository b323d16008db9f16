package io.jenkins.plugins.gateddeploy.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gateddeploy.checks.Files;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiCheckTest {
    private static final String PETS = """
            openapi: 3.0.3
            info: { title: Pets, version: "1" }
            paths:
              /pets/{id}:
                get:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                    - { name: limit, in: query, schema: { type: integer } }
                  responses:
                    '200':
                      description: A pet
                      content:
                        application/json:
                          schema: { $ref: '#/components/schemas/Pet' }
              /pets:
                post:
                  requestBody:
                    content:
                      application/json:
                        schema: { $ref: '#/components/schemas/NewPet' }
                  responses:
                    201: { description: Made }
            components:
              schemas:
                Pet:
                  type: object
                  required: [name, parent]
                  properties:
                    name: { type: string }
                    kind: { type: string, enum: [cat, dog] }
                    parent: { $ref: '#/components/schemas/Pet' }
                NewPet:
                  type: object
                  properties:
                    name: { type: string }
                    tag: { type: string }
            """;

    @Test
    void saysWhatBreaksWhereAndWhatToDo() throws Exception {
        String now = PETS.replace("        kind: { type: string, enum: [cat, dog] }\n", "")
                .replace("NewPet:\n      type: object", "NewPet:\n      required: [tag]\n      type: object")
                .replace("in: query, schema", "in: query, required: true, schema");

        assertThat(lines(compare(PETS, now)))
                .containsExactlyInAnyOrder(
                        "api.yaml:8: GET /pets/{id}, query parameter limit: it is now required. Make it optional, and do without"
                                + " it when old clients do not send it. [api.incompatible]",
                        "api.yaml:26: GET /pets/{id}, response 200: `kind` is no longer there (part of Pet, wherever that is"
                                + " used). Keep it until no client uses it any more, and offer what replaces it beside it."
                                + " [api.incompatible]",
                        "api.yaml:36: POST /pets, request body: `tag` is now required (part of NewPet, wherever that is used)."
                                + " Make it optional, and do without it when old clients do not send it."
                                + " [api.incompatible]");
    }

    @Test
    void warnsOfWhatMostReadersBear() throws Exception {
        List<Problem> problems = compare(PETS, PETS.replace("[cat, dog]", "[cat, dog, bird]"));

        assertThat(lines(problems)).singleElement().asString().contains("`kind` may now be \"bird\"");
        assertThat(problems).allMatch(problem -> problem.severity().name().equals("WARNING"));
    }

    @Test
    void hasNothingToSayOfTheFirstVersion() throws Exception {
        assertThat(check(List.of(), file("v2", PETS)).find()).isEmpty();
        assertThat(check(List.of(GivenFiles.of("v1")), file("v2", PETS)).find()).isEmpty();
    }

    @Test
    void readsTheFirstVersionNevertheless() {
        assertThatThrownBy(() -> check(List.of(), file("v2", "openapi: [")).find())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("api.yaml")
                .hasMessageContaining("is not YAML");
    }

    @Test
    void comparesWithEveryVersionThatIsCurrentSomewhere() throws Exception {
        String older = PETS.replace("tag: { type: string }", "tag: { type: string }\n        age: { type: integer }")
                .replace("kind:", "sort:");

        assertThat(lines(check(List.of(file("v1", PETS), file("v0", older)), file("v2", PETS))
                        .find()))
                .anyMatch(line -> line.contains("`sort` is no longer there"));
    }

    @Test
    void findsThatTheDocumentIsGone() throws Exception {
        assertThat(lines(check(List.of(file("v1", PETS)), GivenFiles.of("v2")).find()))
                .singleElement()
                .asString()
                .contains("which v1 has, is no longer there")
                .endsWith("[api.incompatible]");
    }

    @Test
    void cannotBeCarriedOutWithoutTheDocument() {
        assertThatThrownBy(() ->
                        check(List.of(GivenFiles.of("v1")), GivenFiles.of("v2")).find())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no file api.yaml in v2");
    }

    @Test
    void cannotBeCarriedOutWhenOneVersionIsNoApi() {
        assertThatThrownBy(() -> compare("a: 1", PETS)).hasMessageContaining("is neither an OpenAPI document");
        assertThatThrownBy(() -> compare(PETS, "swagger: '2.0'\npaths: {}"))
                .hasMessageContaining("api.yaml of v2 is Swagger 2 or older");
        assertThatThrownBy(() -> compare(PETS, "functions: []")).hasMessageContaining("is of another kind in v1");
    }

    @Test
    void followsReferencesIntoOtherFilesOfTheVersion() throws Exception {
        String split = PETS.replace("'#/components/schemas/Pet' }\n  /pets:", "'schemas/pet.yaml#/Pet' }\n  /pets:");
        String pet = "Pet: { type: object, properties: { name: { type: string }, kind: { type: string } } }";
        GivenFiles old = GivenFiles.of("v1", "docs/api.yaml", split, "docs/schemas/pet.yaml", pet);
        GivenFiles now =
                GivenFiles.of("v2", "docs/api.yaml", split, "docs/schemas/pet.yaml", pet.replace("name:", "called:"));

        assertThat(lines(new ApiCheck("docs/api.yaml", now, () -> List.of(old)).find()))
                .singleElement()
                .asString()
                .startsWith("docs/schemas/pet.yaml:1: GET /pets/{id}, response 200: `name` is no longer there");
    }

    @Test
    void saysWhichReferencesLeadNowhereAndNeverAsksANetwork() throws Exception {
        String broken = PETS.replace("'#/components/schemas/Pet' }\n  /pets:", "'#/components/schemas/Dog' }\n  /pets:")
                .replace(
                        "parent: { $ref: '#/components/schemas/Pet' }",
                        "parent: { $ref: 'https://127.0.0.1:1/x.yaml' }")
                .replace("#/components/schemas/NewPet", "../../../etc/passwd");

        assertThat(lines(compare(PETS, broken)))
                .filteredOn(line -> line.endsWith("[check.failed]"))
                .anyMatch(line -> line.contains("\"#/components/schemas/Dog\" in v2 leads nowhere"))
                .anyMatch(line -> line.contains("\"../../../etc/passwd\" in v2 leads nowhere"));
    }

    @Test
    void comesToAnEndWithReferencesInCircles() throws Exception {
        String circle = """
                openapi: 3.1.0
                paths: { /a: { get: { responses: { '200': { $ref: '#/components/responses/A' } } } } }
                components:
                  responses: { A: { $ref: '#/components/responses/B' }, B: { $ref: '#/components/responses/A' } }
                """;
        String schemas = """
                openapi: 3.1.0
                paths: { /a: { get: { responses: { '200': { content: { a/b: { schema: { $ref: '#/$defs/A' } } } } } } } }
                $defs:
                  A: { allOf: [{ $ref: '#/$defs/B' }, { $ref: '#/$defs/A' }], properties: { a: { $ref: '#/$defs/A' } } }
                  B: { anyOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }, { type: string }] }
                """;

        assertThat(lines(compare(circle, circle + " ")))
                .allMatch(line -> line.endsWith("leads nowhere, so what it stands"
                        + " for cannot be compared. Mend it; references lead into the same file, or into another of the same"
                        + " commit. [check.failed]"));
        assertThat(compare(schemas, schemas + " ")).isEmpty();
    }

    @Test
    void understandsAnchorsAliasesAndMergeKeys() throws Exception {
        String aliased = """
                openapi: 3.0.0
                x-text: &text { type: string, maxLength: 5 }
                paths:
                  /a:
                    post:
                      requestBody:
                        content:
                          a/b: { schema: { type: object, properties: { one: *text, two: { <<: *text, maxLength: 9 } } } }
                """;
        String written = """
                openapi: 3.0.0
                paths:
                  /a:
                    post:
                      requestBody:
                        content:
                          a/b:
                            schema:
                              type: object
                              properties: { one: { type: string, maxLength: 5 }, two: { type: string, maxLength: 9 } }
                """;

        assertThat(compare(aliased, written)).isEmpty();
        assertThat(compare(written, aliased)).isEmpty();
        assertThat(lines(compare(aliased, written.replace("9", "8"))))
                .singleElement()
                .asString()
                .contains("`two`");
    }

    @Test
    void saysWhereADocumentIsWrong() {
        assertThatThrownBy(() -> compare(PETS, PETS.replace("  /pets:", "  /pets/{id}:")))
                .hasMessageContaining("api.yaml:15: ")
                .hasMessageContaining("has the key \"/pets/{id}\" twice");
        assertThatThrownBy(() -> compare(PETS, PETS + "\n---\na: 1")).hasMessageContaining("more than one document");
        assertThatThrownBy(() -> compare(PETS, "a: *b")).hasMessageContaining("alias *b");
        assertThatThrownBy(() -> compare(PETS, "")).hasMessageContaining("is empty");
    }

    @Test
    void comparesWhatTheApplicationSendsTheOtherWayRound() throws Exception {
        String hook = """
                openapi: 3.1.0
                webhooks:
                  paid:
                    post:
                      requestBody:
                        content:
                          application/json:
                            schema: { type: object, required: [id], properties: { id: { type: string } } }
                """;

        assertThat(lines(compare(hook, hook.replace("{ id: { type: string } }", "{ id: { type: integer } }"))))
                .singleElement()
                .asString()
                .contains("webhook POST paid, request body: `id` may now be an integer");
        assertThat(compare(hook, hook.replace("id: { type: string }", "id: { type: string, maxLength: 5 }")))
                .isEmpty();
    }

    @Test
    void listsAHundredOfThousandsAndCountsTheRest() throws Exception {
        StringBuilder many = new StringBuilder("openapi: 3.0.0\npaths:\n");
        for (int i = 0; i < 3000; i++) {
            many.append("  /p").append(i).append(": { get: { responses: {} } }\n");
        }

        assertThat(lines(compare(many.toString(), "openapi: 3.0.0\npaths: {}")))
                .hasSize(101)
                .last()
                .asString()
                .contains("2900 more changes break old clients");
    }

    private static ApiCheck check(List<Files> current, Files coming) {
        return new ApiCheck("api.yaml", coming, () -> current);
    }

    private static List<Problem> compare(String before, String after) throws Exception {
        return check(List.of(file("v1", before)), file("v2", after)).find();
    }

    private static GivenFiles file(String version, String text) {
        return GivenFiles.of(version, "api.yaml", text);
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::oneLine).toList();
    }
}
