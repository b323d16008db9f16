package io.jenkins.plugins.gateddeploy.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ready-made tasks, shared paths and health checks, each a file of the same format as deploy.toml. */
final class Recipes {
    static final List<String> NAMES =
            List.of("static", "node", "laravel", "composer", "python", "rails", "jvm-service");

    static final Shape<String> NAME = Scalars.choice(
            new TreeMap<>(NAMES.stream().collect(Collectors.toMap(Function.identity(), Function.identity()))));

    private Recipes() {}

    /** {@return what a recipe brings} */
    static Node.Table read(String name, Findings findings) {
        Optional<Node.Table> recipe = Document.parse("recipes/" + name + ".toml", text(name), findings);
        Node.Table table = recipe.orElseGet(() -> Node.Table.empty(Place.file(name)));
        EnvironmentSection.SECTION.check(table, findings);
        return table;
    }

    private static String text(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream("recipes/" + name + ".toml")) {
            if (in == null) {
                throw new IllegalStateException("The recipe " + name + " is not packed with the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the recipe " + name, e);
        }
    }
}
