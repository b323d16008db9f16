package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one deploy.toml: recipe, top of the file and environment are merged, in this order, and then bound. */
final class DeployFileReader {
    /** Every environment is checked with all that it takes over, so that their number multiplies the work. */
    private static final int MOST_ENVIRONMENTS = 100;

    private static final Key<String> APP = Key.required("app", Scalars.NAME_TEXT);
    private static final Shape<Map<String, Values>> ENVIRONMENT_MAP = new MapOf<>(
            "a table [environments.<name>] for each environment", Scalars.NAME_TEXT, EnvironmentSection.SECTION);
    private static final Key<Map<String, Values>> ENVIRONMENTS = Key.required("environments", ENVIRONMENT_MAP);

    static final Section<Values> FILE = Section.of("a deploy.toml", fileKeys(), values -> values)
            .withHint("targets", "It belongs below [environments.<name>].");

    private static final Set<String> SHARED_NAMES =
            EnvironmentSection.SHARED_KEYS.stream().map(Key::name).collect(Collectors.toUnmodifiableSet());

    private final String fileName;
    private final Findings findings = new Findings();
    private final Roles roles = new Roles();
    private final Map<String, Node.Table> recipes = new HashMap<>();

    DeployFileReader(String fileName) {
        this.fileName = fileName;
    }

    DeployFile read(String text) throws ProblemException {
        Optional<Node.Table> document = Document.parse(fileName, text, findings);
        findings.throwAny();
        Node.Table file = document.orElseThrow();
        FILE.check(file, findings);
        if (findings.full()) {
            findings.throwAny();
        }
        Optional<String> app = app(file);
        Map<String, Configuration> configurations = new LinkedHashMap<>();
        Map<String, QueueRules> queues = new HashMap<>();
        environments(file).forEach((name, node) -> {
            if (findings.full()) {
                return;
            }
            Node.Table environment = merged(file, node);
            roles.add(environment);
            EnvironmentSection.SECTION.read(environment, findings).ifPresent(values -> {
                configurations.put(name, EnvironmentSection.configuration(app.orElse(""), name, values));
                queues.put(name, EnvironmentSection.queue(values));
            });
        });
        roles.report(findings);
        findings.throwAny();
        return new DeployFile(fileName, app.orElseThrow(), configurations, queues);
    }

    private Optional<String> app(Node.Table file) {
        Node node = file.entries().get(APP.name());
        return node == null
                ? APP.absence().value(file, APP, findings)
                : APP.shape().read(node, findings);
    }

    /** {@return the tables of the environments; what is no table has been reported by the check of the whole file} */
    private Map<String, Node.Table> environments(Node.Table file) {
        Map<String, Node.Table> tables = new LinkedHashMap<>();
        Node node = file.entries().get(ENVIRONMENTS.name());
        if (node instanceof Node.Table all) {
            all.entries().forEach((name, environment) -> {
                if (environment instanceof Node.Table table) {
                    tables.put(name, table);
                }
            });
        }
        if (node == null || (node instanceof Node.Table all && all.entries().isEmpty())) {
            findings.missing(
                    file.place(), ENVIRONMENTS.name(), ENVIRONMENTS.shape().expected());
        }
        if (tables.size() > MOST_ENVIRONMENTS) {
            findings.add(
                    "config.limit",
                    node.place(),
                    "has " + tables.size() + " tables; at most " + MOST_ENVIRONMENTS + " environments are read.",
                    "");
            return Map.of();
        }
        return tables;
    }

    private Node.Table merged(Node.Table file, Node.Table environment) {
        Map<String, Node> top = new LinkedHashMap<>(file.entries());
        top.keySet().retainAll(SHARED_NAMES);
        Node.Table recipe = recipe(file, environment);
        Node.Table common = merge(recipe, new Node.Table(environment.place(), top));
        return merge(common, environment);
    }

    private Node.Table merge(Node.Table below, Node.Table above) {
        RemovedTasks.check(tasks(below), tasks(above), findings);
        return (Node.Table) EnvironmentSection.SECTION.merge(below, above);
    }

    private Node.Table recipe(Node.Table file, Node.Table environment) {
        String key = EnvironmentSection.RECIPE.name();
        Node named = environment.entries().getOrDefault(key, file.entries().get(key));
        Optional<String> name = named == null
                ? Optional.empty()
                : EnvironmentSection.RECIPE.shape().read(named, findings);
        return name.map(n -> recipes.computeIfAbsent(n, r -> Recipes.read(r, findings)))
                .orElseGet(() -> Node.Table.empty(environment.place()));
    }

    private static Map<String, Node> tasks(Node.Table layer) {
        return layer.child(EnvironmentSection.TASKS.name()).map(Node::children).orElse(Map.of());
    }

    private static List<Key<?>> fileKeys() {
        List<Key<?>> keys = new ArrayList<>(List.of(APP, ENVIRONMENTS));
        keys.addAll(EnvironmentSection.SHARED_KEYS);
        return keys;
    }
}
