package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page about deploy.toml and the schema for editors say what the code says. */
class DocumentationTest {
    private static final Path DOCS = Path.of("../../docs");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|(?:[^|\n]*\\|){3}$", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("^```toml\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static String page;
    private static JsonNode schema;

    @BeforeAll
    static void readDocs() throws IOException {
        page = Files.readString(DOCS.resolve("deploy-toml.md"));
        schema = new ObjectMapper()
                .readTree(DOCS.resolve("deploy-toml.schema.json").toFile());
    }

    @Test
    void pageHasARowForEveryKeyAndForNoOther() {
        String below = "environments.*.";
        Set<String> known = knownKeys();
        Set<String> needed = known.stream()
                .filter(key -> !key.startsWith(below) || !known.contains(key.substring(below.length())))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> rows = ROW.matcher(page)
                .results()
                .map(row -> row.group(1).replaceAll("<[a-z]+>", "*"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows).isEqualTo(needed);
    }

    @Test
    void schemaHasEveryKeyAndNoOther() {
        Set<String> keys = new TreeSet<>();
        collect(schema, "", keys);

        assertThat(keys).isEqualTo(knownKeys());
    }

    @Test
    void schemaAllowsNoUnknownKeys() {
        assertThat(schema.findParents("properties"))
                .isNotEmpty()
                .allMatch(node -> node.path("additionalProperties").isBoolean()
                        && !node.path("additionalProperties").booleanValue());
    }

    @Test
    void schemaOffersEveryRecipe() {
        for (JsonNode recipe : schema.findValues("recipe")) {
            assertThat(recipe.path("enum")).extracting(JsonNode::textValue).containsExactlyElementsOf(Recipes.NAMES);
        }
    }

    @Test
    void everyExampleOfThePageIsAGoodFile() throws Exception {
        var examples = EXAMPLE.matcher(page).results().map(m -> m.group(1)).toList();

        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            boolean whole = example.contains("app =");
            DeployFile.parse(
                    "an example", whole ? example : "app = \"x\"\n" + example + "\n[release]\npath = \"/srv/x\"");
        }
    }

    @Test
    void pageShowsEveryTaskOfEveryRecipe() {
        for (String recipe : Recipes.NAMES) {
            assertThat(page).contains("### `" + recipe + "`");
            Node.Table table = Recipes.read(recipe, new Findings());
            String part = page.substring(page.indexOf("### `" + recipe + "`"));
            for (Map.Entry<String, Node> task :
                    table.child("tasks").map(Node::children).orElse(Map.of()).entrySet()) {
                String run = task.getValue().child("run").flatMap(Node::text).orElseThrow();
                assertThat(part).contains("`" + task.getKey() + "`").contains(run.replace("|", "\\|"));
            }
        }
    }

    private static Set<String> knownKeys() {
        return DeployFileReader.FILE.keys().collect(Collectors.toCollection(TreeSet::new));
    }

    private static void collect(JsonNode node, String prefix, Set<String> keys) {
        JsonNode resolved = node;
        if (node.has("$ref")) {
            resolved = schema.at(node.path("$ref").textValue().substring(1));
        }
        resolved.path("properties").properties().forEach(property -> {
            keys.add(prefix + property.getKey());
            collect(property.getValue(), prefix + property.getKey() + ".", keys);
        });
        if (resolved.path("additionalProperties").isObject()) {
            keys.add(prefix + "*");
            collect(resolved.path("additionalProperties"), prefix + "*.", keys);
        }
        resolved.path("oneOf").forEach(option -> collect(option, prefix, keys));
        if (resolved.has("items")) {
            collect(resolved.path("items"), prefix, keys);
        }
    }
}
