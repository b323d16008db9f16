package io.jenkins.plugins.gateddeploy.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code schedule}: calls that are waiting for the application. */
final class ScheduleSection {
    private static final Key<String> RUN = Key.optional("run", Scalars.COMMAND);
    private static final Key<List<String>> ON =
            Key.withDefault("on", ListOf.some("a list of roles such as [\"worker\"]", Scalars.NAME_TEXT), List.of());
    private static final Key<String> FILE = Key.optional("file", PathShapes.FILE);
    private static final Key<String> FUNCTIONS = Key.required("functions", PathShapes.FILE);

    static final Section<ScheduledCalls> SECTION = Section.of(
                    "a table such as { run = \"bin/scheduled --json\", functions = \"functions.json\" }",
                    List.of(RUN, ON, FILE, FUNCTIONS),
                    v -> new ScheduledCalls(v.find(RUN), v.find(FILE), v.get(ON), v.get(FUNCTIONS)))
            .with(new Alternatives(Map.of(RUN.name(), Set.of(ON.name()), FILE.name(), Set.of())));

    private ScheduleSection() {}
}
