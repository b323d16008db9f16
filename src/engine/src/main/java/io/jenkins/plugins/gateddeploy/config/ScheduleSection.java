package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code schedule}: calls that are waiting for the application. */
final class ScheduleSection {
    private static final Key<String> RUN = Key.required("run", Scalars.COMMAND);

    static final Section<ScheduledCalls> SECTION = Section.of(
            "a table such as { run = \"bin/scheduled --json\" }", List.of(RUN), v -> new ScheduledCalls(v.get(RUN)));

    private ScheduleSection() {}
}
