package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.Task.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code [tasks]}: what runs on the targets, each written as a command line, as a table, or as {@code false}. */
final class TaskSection {
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(30);

    private static final String EXPECTED = "a command line, a table with run, or false";

    private static final Key<String> RUN = Key.required("run", Scalars.COMMAND);
    static final Key<Phase> AT = Key.withDefault("at", Scalars.choice(Phase.class), Phase.PREPARE);
    private static final Key<Boolean> ONCE = Key.withDefault("once", Scalars.BOOLEAN, false);
    static final Key<List<String>> ON =
            Key.withDefault("on", ListOf.some("a list of roles such as [\"worker\"]", Scalars.NAME_TEXT), List.of());
    static final Key<String> AFTER = Key.optional("after", Scalars.NAME_TEXT);
    private static final Key<String> UNDO = Key.optional("undo", Scalars.COMMAND);
    private static final Key<Boolean> UNDO_ON_FAILURE = Key.withDefault("undo_on_failure", Scalars.BOOLEAN, false);
    private static final Key<Boolean> IDEMPOTENT = Key.withDefault("idempotent", Scalars.BOOLEAN, false);
    private static final Key<Duration> TIMEOUT = Key.withDefault("timeout", Scalars.DURATION_TEXT, USUAL_TIMEOUT);

    private static final Shape<Task> SHORT = Scalars.command(EXPECTED)
            .map(command -> new Task(
                    "", command, Phase.PREPARE, false, Set.of(), Optional.empty(), false, false, USUAL_TIMEOUT));

    private static final Section<Task> LONG = Section.of(
                    "a table with run",
                    List.of(RUN, AT, ONCE, ON, AFTER, UNDO, UNDO_ON_FAILURE, IDEMPOTENT, TIMEOUT),
                    TaskSection::task)
            .with(TaskSection::requireUndo);

    /** The tasks in the order in which they run. */
    static final Shape<List<Task>> TASKS =
            new OrderedTasks(new MapOf<>("a table of tasks", Scalars.NAME_TEXT, ByForm.table(EXPECTED, SHORT, LONG)));

    private TaskSection() {}

    /** {@return a task that has no name yet} */
    private static Task task(Values v) {
        return new Task(
                "",
                v.get(RUN),
                v.get(AT),
                v.get(ONCE),
                Set.copyOf(v.get(ON)),
                v.find(UNDO),
                v.get(UNDO_ON_FAILURE),
                v.get(IDEMPOTENT),
                v.get(TIMEOUT));
    }

    private static void requireUndo(Values values, Node.Table table, Findings findings) {
        if (values.find(UNDO_ON_FAILURE).orElse(false) && values.written(UNDO).isEmpty()) {
            findings.missing(table.place(), UNDO.name(), "the command that undo_on_failure = true is to run");
        }
    }
}
