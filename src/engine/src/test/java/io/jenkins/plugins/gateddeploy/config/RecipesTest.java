package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {

    static List<String> names() {
        return Recipes.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void isReadByTheSameRulesAsDeployToml(String name) throws Exception {
        Findings findings = new Findings();
        Recipes.read(name, findings);
        findings.throwAny();

        Configuration live = Written.live("recipe = \"" + name + "\"");
        assertThat(live.tasks().isEmpty()).isEqualTo(name.equals("static"));
    }

    @Test
    void listsEveryFileThatThereIs() throws IOException, URISyntaxException {
        Path folder = Path.of(Recipes.class.getResource("recipes").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Recipes.NAMES.stream().map(n -> n + ".toml").toList());
        }
    }

    @Test
    void migratesOnceAndCanTakeItBack() throws Exception {
        for (String name : List.of("laravel", "rails")) {
            assertThat(Written.live("recipe = \"" + name + "\"").tasks())
                    .filteredOn(task -> task.name().equals("migrate"))
                    .singleElement()
                    .matches(task -> task.once() && task.undo().isPresent() && !task.idempotent());
        }
    }
}
