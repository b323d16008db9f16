package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.Task.Phase;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code [environments.<name>]}, with all that it takes over from the top of the file and from the recipe. */
final class EnvironmentSection {
    static final Key<String> RECIPE = Key.optional("recipe", Recipes.NAME);
    static final Key<List<Task>> TASKS = Key.withDefault("tasks", TaskSection.TASKS, List.of());
    static final Key<List<Target>> TARGETS = Key.required("targets", TargetShapes.LIST);

    private static final Key<SourceSettings> SOURCE = Key.section("source", SourceSection.SECTION);
    private static final Key<ReleaseSettings> RELEASE = Key.section("release", ReleaseSection.SECTION);
    private static final Key<Map<String, Variable>> VARIABLES =
            Key.withDefault("variables", VariableShapes.MAP, Map.of());
    private static final Key<Health> HEALTH = Key.optional("health", HealthSection.SECTION);
    private static final Key<String> CREDENTIALS = Key.optional("credentials", Scalars.CREDENTIAL);
    private static final Key<String> BRANCH = Key.optional("branch", Scalars.line("a branch's name"));
    private static final Key<OnFailure> ON_FAILURE =
            Key.withDefault("on_failure", Scalars.choice(OnFailure.class), OnFailure.ROLLBACK);
    private static final Key<Approval> APPROVAL = Key.optional("approval", ApprovalSection.SECTION);
    private static final Key<Targets.Settings> SSH = Key.section("ssh", SshSection.SECTION);

    private static final Key<Boolean> RESTORE_VARIABLES = Key.withDefault("restore_variables", Scalars.BOOLEAN, false);
    private static final Key<Duration> CONFIRM_FOR = Key.optional("confirm_for", Scalars.DURATION_TEXT);

    private static final Key<Requirements> REQUIRES = Key.section("requires", RequiresSection.SECTION);
    private static final Key<ConfigFile> CONFIG = Key.optional("config", ConfigFileSection.SECTION);
    private static final Key<SecretRules> SECRETS = Key.section("secrets", SecretsSection.SECTION);
    private static final Key<DataSchema> SCHEMA = Key.optional("schema", SchemaSection.SECTION);
    private static final Key<List<Api>> API = Key.withDefault("api", ApiSection.LIST, List.of());
    private static final Key<ScheduledCalls> SCHEDULE = Key.optional("schedule", ScheduleSection.SECTION);
    private static final Key<DevelopmentRules> DEVELOPMENT = Key.section("development", DevelopmentSection.SECTION);
    private static final Key<ProblemRules> PROBLEMS = Key.section("problems", ProblemsSection.SECTION);

    private static final Key<DeployOn> DEPLOY_ON = Key.optional("deploy_on", DeployOnSection.SECTION);
    private static final Key<Boolean> QUEUE =
            Key.withDefault("queue", Scalars.choice(Map.of("all", false, "latest-only", true)), false);
    private static final Key<Duration> QUEUE_TIMEOUT = Key.optional("queue_timeout", Scalars.DURATION_TEXT);

    /** The keys that hold for every environment when they are written at the top of the file. */
    static final List<Key<?>> SHARED_KEYS = sharedKeys();

    static final Section<Values> SECTION = Section.of("an environment's table", allKeys(), values -> values)
            .with(EnvironmentSection::rejectLinksWithPrepareTasks)
            .with(EnvironmentSection::rejectUnknownTasksOfSchema)
            .with(EnvironmentSection::rejectWatchingWithoutHealth)
            .withHint("app", "It belongs at the top of the file.");

    private EnvironmentSection() {}

    static Configuration configuration(String app, String environment, Values v) {
        return new Configuration(
                app,
                environment,
                v.get(SOURCE),
                v.get(RELEASE),
                new TreeMap<>(v.get(VARIABLES)),
                tasks(v),
                v.find(HEALTH),
                v.get(TARGETS),
                v.find(CREDENTIALS),
                v.find(BRANCH),
                v.get(ON_FAILURE),
                v.get(SSH),
                v.find(APPROVAL),
                new CheckSettings(
                        v.get(REQUIRES),
                        v.find(CONFIG),
                        v.get(SECRETS),
                        v.find(SCHEMA),
                        v.get(API),
                        v.find(SCHEDULE),
                        v.get(DEVELOPMENT),
                        v.get(PROBLEMS)),
                new Configuration.NotBuilt(NotBuiltSections.written(v)),
                new WaysBack(v.get(RESTORE_VARIABLES), v.find(CONFIRM_FOR)),
                OpeningKeys.opening(v));
    }

    static Optional<DeployOn> deployOn(Values v) {
        return v.find(DEPLOY_ON);
    }

    static QueueRules queue(Values v) {
        return new QueueRules(v.get(QUEUE), v.find(QUEUE_TIMEOUT));
    }

    private static List<Task> tasks(Values v) {
        List<Task> tasks = v.get(TASKS);
        return v.find(SCHEMA)
                .filter(schema -> !saysAfter(v, schema.backup()))
                .map(schema -> BackupFirst.of(tasks, schema))
                .orElse(tasks);
    }

    /** Where somebody says what it follows, it does; the check of the schema says what is wrong with that. */
    private static boolean saysAfter(Values v, String task) {
        return v.written(TASKS)
                .flatMap(all -> all.child(task))
                .flatMap(node -> node.child(TaskSection.AFTER.name()))
                .isPresent();
    }

    private static List<Key<?>> sharedKeys() {
        List<Key<?>> keys = new ArrayList<>(List.of(
                RECIPE,
                SOURCE,
                RELEASE,
                VARIABLES,
                TASKS,
                HEALTH,
                CREDENTIALS,
                BRANCH,
                ON_FAILURE,
                SSH,
                APPROVAL,
                REQUIRES,
                CONFIG,
                SECRETS,
                SCHEMA,
                API,
                SCHEDULE,
                DEVELOPMENT,
                PROBLEMS));
        keys.add(DEPLOY_ON);
        keys.addAll(List.of(RESTORE_VARIABLES, CONFIRM_FOR, QUEUE, QUEUE_TIMEOUT));
        keys.addAll(NotBuiltSections.KEYS);
        keys.addAll(OpeningKeys.KEYS);
        return List.copyOf(keys);
    }

    private static List<Key<?>> allKeys() {
        List<Key<?>> keys = new ArrayList<>(SHARED_KEYS);
        keys.add(TARGETS);
        return keys;
    }

    /** Looks at what is written, so that it is found also when the sections have other flaws. */
    private static void rejectLinksWithPrepareTasks(Values values, Node.Table table, Findings findings) {
        Optional<Node> reuse = table.child(RELEASE.name()).flatMap(r -> r.child(ReleaseSection.REUSE.name()));
        if (reuse.flatMap(Node::text).filter("link"::equals).isEmpty()) {
            return;
        }
        List<String> prepare =
                OrderedTasks.items(table.child(TASKS.name()).orElse(Node.Table.empty(table.place()))).stream()
                        .filter(task -> task.phase() == Phase.PREPARE)
                        .map(TaskOrder.Item::name)
                        .toList();
        if (!prepare.isEmpty()) {
            findings.value(
                    reuse.get(),
                    "\"copy\" with tasks at = \"prepare\" (here " + Findings.list(prepare) + ")",
                    "is \"link\": such a task could write through a link into the running release");
        }
    }

    private static void rejectWatchingWithoutHealth(Values values, Node.Table table, Findings findings) {
        if (table.child(HEALTH.name()).isEmpty()) {
            values.written(CONFIRM_FOR)
                    .ifPresent(node -> findings.add(
                            "config.missing",
                            node.place(),
                            "asks to watch the health check, but there is none.",
                            "Add a section \"health\", or leave out confirm_for."));
        }
    }

    /** The names that nobody wrote need not be there; one that somebody wrote is meant. */
    private static void rejectUnknownTasksOfSchema(Values values, Node.Table table, Findings findings) {
        List<String> tasks =
                OrderedTasks.items(table.child(TASKS.name()).orElse(Node.Table.empty(table.place()))).stream()
                        .map(TaskOrder.Item::name)
                        .toList();
        for (Key<String> key : List.of(SchemaSection.BACKUP, SchemaSection.MIGRATE)) {
            table.child(SCHEMA.name())
                    .flatMap(schema -> schema.child(key.name()))
                    .filter(name -> name.text().filter(n -> !tasks.contains(n)).isPresent())
                    .ifPresent(name -> findings.add(
                            "config.reference",
                            name.place(),
                            "names " + Quoted.quote(name.text().orElseThrow()) + ", but there is no such task.",
                            tasks.isEmpty() ? "" : "Tasks here: " + Findings.list(tasks) + "."));
        }
    }
}
